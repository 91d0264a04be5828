import { h } from '../dom/h.js';
import { cardText } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { askForm } from '../dom/form-dialog.js';
import { Listing } from '../dom/listing.js';
import { shortTime } from '../dom/time.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { go } from '../shell/router.js';
import { networkHeading, networkNotFound } from '../networks/tabs.js';
import { pendingOf } from './pending-storage.js';
import { stateTag } from './words.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('./words').DocumentFacts} DocumentFacts */
/** @typedef {import('../wire/protocol').Network} Network */

const SEARCH_AFTER_MS = 250;
const PAGE = 50;

/** A network's documents: found by words, the archived ones on demand, and a new one. */
export class NetworkDocuments extends View {
  #text = '';
  #archived = false;
  #timer = 0;
  /** @type {Set<number>} */ #unsent = new Set();
  /** @type {Listing<DocumentFacts>} */
  #list = new Listing(() => this.invalidate(), async (cursor) => {
    const answer = await app.query('document.list', {
      network: this.number('network'), limit: PAGE, ...(this.#text.trim() ? { text: this.#text.trim() } : {}), ...(this.#archived ? { state: 'archived' } : {}), ...(cursor ? { cursor } : {}),
    });
    return { rows: answer.documents, cursor: answer.cursor };
  });

  topics() {
    return ['networks', 'people'];
  }

  connected() {
    void this.#list.load();
    this.until(app.community.subscribe('documents', () => void this.#list.load()));
    void pendingOf(app.me ?? 0).then((all) => {
      this.#unsent = new Set(all.map(({ document }) => document));
      this.invalidate();
    });
  }

  disconnected() {
    window.clearTimeout(this.#timer);
  }

  render() {
    const network = app.state.networks.get(this.number('network') ?? 0);
    if (!network) return networkNotFound();
    const writes = network.role !== undefined && !network.dormant;
    return h('div', { class: 'screen-text is-wide' }, networkHeading(network, 'documents'),
      h('div', { class: 'document-filters', key: 'filters', role: 'search' },
        h('div', { class: 'field' }, h('label', { for: 'document-search' }, t('documents.search')),
          h('input', { id: 'document-search', class: 'form-control', type: 'search', autocomplete: 'off', '.value': this.#text, oninput: this.#search })),
        h('label', { class: 'check' }, h('input', { type: 'checkbox', '.checked': this.#archived, onchange: this.#toggleArchived }), t('documents.showArchived')),
        writes && h('button', { type: 'button', class: 'btn btn-primary btn-sm', onclick: () => void newDocument(network.id) }, t('documents.new'))),
      this.#list.render({
        show: (rows) => h('ul', { class: 'card-list document-list', key: 'list' }, rows.map((document) => this.#row(document))),
        empty: this.#text.trim() ? t('documents.noneFound') : this.#archived ? t('documents.noneArchived') : [
          h('p', { class: 'lead-text', key: 'lead' }, t('documents.none')), writes && h('p', { key: 'text' }, t('documents.noneText'))],
      }));
  }

  /** @param {DocumentFacts} document */
  #row(document) {
    const at = document.changedAt ?? document.at;
    return h('li', { key: document.id }, h('a', { class: 'card-link', href: `/documents/${document.id}` }, icon('it-file', 'icon-sm'),
      cardText(document.title, at && t('documents.changed', { when: shortTime(at) }))),
    this.#unsent.has(document.id) && h('span', { class: 'tag is-warm', key: 'unsent' }, t('documents.unsent')), stateTag(document));
  }

  /** @param {any} event */
  #search = ({ target }) => {
    this.#text = target.value;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#list.load(), SEARCH_AFTER_MS);
  };

  /** @param {any} event */
  #toggleArchived = ({ target }) => {
    this.#archived = target.checked;
    void this.#list.load();
  };
}

/** @param {number} network */
export async function newDocument(network) {
  /** @type {{ name: string, title: import('../wire/protocol').LocalText }[]} */
  const templates = await app.query('document.templates', { network }).then((answer) => answer.templates, () => []);
  const done = await askForm({
    title: t('documents.new'),
    fields: [
      { name: 'title', label: t('documents.title'), required: true, maxBytes: 300 },
      ...(templates.length > 0 ? [/** @type {import('../dom/form').Field} */ ({
        name: 'template', label: t('documents.template'), kind: 'select', options: [{ value: '', label: t('documents.noTemplate') }, ...templates.map(({ name, title }) => ({ value: name, label: local(title) }))],
      })] : []),
    ],
    values: { title: '', template: '' },
    action: t('documents.create'),
    submit: ({ title, template }) => app.command('document.create', { network, title: title.trim(), ...(template ? { template } : {}) }),
  });
  if (done) go(`/documents/${done.answer.id}/edit`);
}

customElements.define('m-network-documents', NetworkDocuments);
