import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { confirm } from '../dom/confirm.js';
import { tell } from '../dom/ask.js';
import { Listing } from '../dom/listing.js';
import { shortTime } from '../dom/time.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { showError, showNotice } from '../shell/notices.js';
import { comparison } from './comparison.js';
import { writer } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').DocumentFacts} DocumentFacts */
/** @typedef {{ revision: number, by?: number, at: string, summary: string, kind: string }} Revision */
/** @typedef {{ version: number, by?: number, at: string, revision: number }} Version */
/** @typedef {{ key: string, name: string, of: { revision?: number, version?: number } }} Moment */

const PAGE = 30;

/** What a document was: its published versions and its history; any two of them compared, an earlier one restored. */
export class VersionsPanel extends View {
  /** @type {import('./document-session').DocumentSession | undefined} */ session;
  /** @type {DocumentFacts | undefined} */ #facts;
  /** @type {Listing<Revision>} */
  #history = new Listing(() => this.invalidate(), async (cursor) => {
    const { revisions, versions, more } = await app.query('document.history', { document: this.#facts?.id, limit: PAGE, ...(cursor ? { before: cursor } : {}) });
    this.#versions = cursor ? [...this.#versions, ...versions] : versions;
    return { rows: revisions, cursor: more ? revisions.at(-1)?.revision : undefined };
  });
  /** @type {Version[]} */ #versions = [];
  #first = '';
  #second = 'now';

  topics() {
    return ['people'];
  }

  /** @param {DocumentFacts | undefined} facts */
  set facts(facts) {
    const news = facts?.revision !== this.#facts?.revision || facts?.version !== this.#facts?.version;
    this.#facts = facts;
    if (this.isConnected && news) this.#load();
  }

  connected() {
    this.#load();
  }

  #load() {
    if (!this.#facts) return;
    void this.#history.load();
  }

  render() {
    if (!this.#facts) return null;
    const moments = this.#moments();
    const first = moments.some(({ key }) => key === this.#first) ? this.#first : this.#usual;
    return [
      moments.length > 1 && h('form', { class: 'compare-form', key: 'compare', onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); void this.#compare(first, this.#second); } },
        this.#choice('compare-first', t('documents.compare'), first, moments, (key) => { this.#first = key; }),
        this.#choice('compare-second', t('documents.compareWith'), this.#second, moments, (key) => { this.#second = key; }),
        h('button', { type: 'submit', class: 'btn btn-primary btn-sm' }, t('documents.showDifferences'))),
      this.#versions.length > 0 && h('section', { key: 'versions' }, h('h3', { class: 'h6' }, t('documents.publishedVersions')),
        h('ol', { class: 'version-list' }, this.#versions.map((version) => h('li', { key: version.version },
          h('button', { type: 'button', onclick: () => void this.#compare(`v${version.version}`, 'now') }, h('strong', null, t('documents.version', { n: version.version })),
            h('span', { class: 'card-detail' }, `${writer(version.by)}, ${shortTime(version.at)}`)))))),
      h('section', { key: 'history' }, h('h3', { class: 'h6' }, t('documents.history')), this.#history.render({
        count: false,
        show: (rows) => h('ol', { class: 'version-list', key: 'list' }, rows.map((one) => h('li', { key: one.revision },
          h('button', { type: 'button', onclick: () => void this.#compare(`r${one.revision}`, 'now') }, h('span', null, shortTime(one.at)),
            h('span', { class: 'card-detail' }, [writer(one.by), kindName(one.kind), amount(one.summary)].filter(Boolean).join(' · ')))))),
        empty: t('documents.noHistory'),
      })),
    ];
  }

  /** What one probably compares with: the newest version, else the text before the last change. */
  get #usual() {
    const [version] = this.#versions;
    if (version) return `v${version.version}`;
    const before = this.#history.rows.find(({ revision }) => revision !== this.#facts?.revision);
    return before ? `r${before.revision}` : 'now';
  }

  /** @returns {Moment[]} */
  #moments() {
    return [
      { key: 'now', name: t('documents.now'), of: {} },
      ...this.#versions.map((one) => ({ key: `v${one.version}`, name: t('documents.version', { n: one.version }), of: { version: one.version } })),
      ...this.#history.rows.map((one) => ({ key: `r${one.revision}`, name: `${shortTime(one.at)}, ${writer(one.by)}`, of: { revision: one.revision } })),
    ];
  }

  /** @type {(id: string, label: string, value: string, moments: Moment[], choose: (key: string) => void) => any} */
  #choice(id, label, value, moments, choose) {
    return h('div', { class: 'field', key: id }, h('label', { for: id }, label),
      h('select', { id, class: 'form-control', onchange: (/** @type {any} */ { target }) => choose(target.value) },
        moments.map(({ key, name }) => h('option', { key, value: key, '.selected': key === value }, name))));
  }

  /** @param {string} first @param {string} second */
  async #compare(first, second) {
    const facts = this.#facts;
    const moments = this.#moments();
    const [one, other] = [first, second].map((key) => moments.find((moment) => moment.key === key));
    if (!facts || !one || !other) return;
    const title = t('documents.comparing', { first: one.name, second: other.name });
    const show = tell(title, h('p', { class: 'state-text', role: 'status' }, t('documents.loading')));
    document.querySelector('dialog[open]:last-of-type')?.classList.add('wide-dialog');
    /** @returns {Promise<void>} */
    const ask = () => Promise.all([one, other].map(({ of }) => app.query('document.read', { document: facts.id, ...of }))).then(([before, after]) => show([
      comparison(before.text, after.text),
      this.hasAttribute('writes') && one.key !== 'now' && h('p', { class: 'restore-act', key: 'restore' },
        h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: () => void this.#restore(one) }, t('documents.restore', { name: one.name }))),
    ]), (error) => show(failure(errorText(error), () => void ask())));
    await ask();
  }

  /**
   * As a change like any other: what was there before stays in the history.
   * @param {Moment} moment
   */
  async #restore(moment) {
    const facts = this.#facts;
    if (!facts || !await confirm({ title: t('documents.restoreTitle'), text: t('documents.restoreText', { name: moment.name }), action: t('documents.restoreAct') })) return;
    try {
      const { revision } = await app.query('document.read', { document: facts.id });
      await app.command('document.restore', { document: facts.id, base: revision, ...moment.of });
      /** @type {HTMLDialogElement | null} */ (document.querySelector('dialog.wide-dialog'))?.close();
      showNotice(t('documents.restored'));
    } catch (error) {
      showError(error);
    }
  }
}

/** @type {Record<string, { text: string }>} */
const KINDS = {
  created: { text: 'documents.kind.created' }, saved: { text: 'documents.kind.saved' }, restored: { text: 'documents.kind.restored' }, accepted: { text: 'documents.kind.accepted' },
};

/** @param {string} kind */
function kindName(kind) {
  return KINDS[kind] && t(KINDS[kind].text);
}

/**
 * How much was added and taken away, with the sign that is read as minus.
 * @param {string} summary
 */
function amount(summary) {
  return summary.replaceAll('-', '−');
}

customElements.define('m-document-versions', VersionsPanel);
