import { h } from '../dom/h.js';
import { cardText, failure } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { shortTime } from '../dom/time.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { pendingOf } from './pending-storage.js';
import { t } from '../i18n/i18n.js';

const SHOWN = 3;

/** What was written last in a network, on its home. */
export class RecentDocuments extends View {
  /** @type {{ id: number, title: string, changedAt?: string }[] | 'loading' | 'failed'} */ #documents = 'loading';

  connected() {
    void this.#load();
    this.until(app.community.subscribe('documents', () => void this.#load()));
  }

  render() {
    const network = this.number('network');
    if (this.#documents === 'failed') return failure(t('recentDocuments.failed'), () => void this.#load());
    if (this.#documents === 'loading') return h('p', { class: 'state-text', role: 'status' }, t('list.loading'));
    return [
      this.#documents.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('recentDocuments.none'))
        : h('ul', { class: 'card-list', key: 'list' }, this.#documents.map((document) => h('li', { key: document.id },
          h('a', { class: 'card-link', href: `/documents/${document.id}` }, icon('it-file', 'icon-sm'),
            cardText(document.title, document.changedAt && t('recentDocuments.changed', { when: shortTime(document.changedAt) })))))),
      h('p', { key: 'all', class: 'all-events' }, h('a', { href: `/networks/${network}/documents` }, t('recentDocuments.all'))),
    ];
  }

  async #load() {
    try {
      this.#documents = (await app.query('document.list', { network: this.number('network'), limit: SHOWN })).documents;
    } catch {
      this.#documents = 'failed';
    }
    this.invalidate();
  }
}

/** Documents that an earlier page left before everything was sent: nobody should have to remember them. */
export class UnsentDocuments extends View {
  /** @type {import('./pending-storage').Pending[]} */ #pending = [];

  connected() {
    void pendingOf(app.me ?? 0).then((all) => {
      this.#pending = all.filter((one, index) => all.findIndex(({ document }) => document === one.document) === index);
      this.invalidate();
    });
  }

  render() {
    return this.#pending.length > 0 && h('section', null, h('h2', { class: 'h5' }, t('unsentDocuments.title')),
      h('ul', { class: 'card-list' }, this.#pending.map(({ document, title }) => h('li', { key: document },
        h('a', { class: 'card-link', href: `/documents/${document}/edit` }, icon('it-warning-circle', 'icon-sm'), cardText(title, t('unsentDocuments.text')))))));
  }
}

customElements.define('m-recent-documents', RecentDocuments);
customElements.define('m-unsent-documents', UnsentDocuments);
