import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { confirm } from '../dom/confirm.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { showError, showNotice } from '../shell/notices.js';
import { comparison } from './comparison.js';
import { t } from '../i18n/i18n.js';

/** @type {Record<import('./co-editing').Trouble, { text: string }>} */
const REASONS = {
  closed: { text: 'documents.recovery.closed' }, differs: { text: 'documents.recovery.differs' }, refused: { text: 'documents.recovery.refused' },
  forgotten: { text: 'documents.recovery.forgotten' },
};

/** One's own text, when it cannot go on by itself: nothing of it is lost, and the person decides. */
export class Recovery extends View {
  /** @type {import('./document-session').DocumentSession | undefined} */ session;
  /** @type {{ text: string, revision: number } | undefined} */ #theirs;
  #problem = '';
  #busy = false;

  connected() {
    void this.#load();
  }

  async #load() {
    try {
      const { text, revision } = await app.query('document.read', { document: this.session?.document });
      this.#theirs = { text, revision };
    } catch {
      this.#theirs = undefined;
    }
    this.invalidate();
  }

  render() {
    const editing = this.session?.editing;
    if (!editing?.trouble) return null;
    const mine = editing.text;
    const theirs = this.#theirs;
    return h('section', { class: 'recovery', 'aria-labelledby': 'recovery-title' },
      h('div', { role: 'alert', key: 'why', class: 'notice-inline is-danger' },
        h('h2', { class: 'h5', id: 'recovery-title' }, t('documents.recovery.title')), h('p', null, t(REASONS[editing.trouble].text)),
        editing.trouble === 'refused' && h('p', null, errorText({ code: editing.refusal }))),
      this.#problem && h('p', { class: 'field-problem', role: 'alert', key: 'problem' }, this.#problem),
      h('div', { class: 'section-acts', key: 'acts' },
        theirs && editing.trouble !== 'closed' && h('button', { type: 'button', class: 'btn btn-primary btn-sm', disabled: this.#busy, onclick: () => void this.#merge() }, t('documents.recovery.merge')),
        h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: () => void this.#copy(mine) }, t('documents.recovery.copy')),
        h('a', { class: 'btn btn-outline-primary btn-sm', download: `${this.session?.title || 'documento'}.md`, href: `data:text/markdown;charset=utf-8,${encodeURIComponent(mine)}` }, t('documents.recovery.download')),
        h('button', { type: 'button', class: 'btn btn-outline-secondary btn-sm', onclick: () => void this.#discard() }, t('documents.recovery.discard'))),
      h('label', { for: 'recovery-text', key: 'label' }, t('documents.recovery.mine')),
      h('textarea', { id: 'recovery-text', key: 'text', class: 'form-control recovery-text', readonly: true, rows: 12, '.value': mine }),
      theirs && h('div', { key: 'compare' }, h('h3', { class: 'h6' }, t('documents.recovery.difference')), comparison(theirs.text, mine)));
  }

  /** @param {string} text */
  async #copy(text) {
    await navigator.clipboard.writeText(text).then(() => showNotice(t('documents.recovery.copied')), () => {
      /** @type {HTMLTextAreaElement | null} */ (this.querySelector('#recovery-text'))?.select();
    });
  }

  /** The whole text, merged by the server with what it has now: what both changed it does not decide. */
  async #merge() {
    const { session } = this;
    if (!session) return;
    this.#busy = true;
    this.draw();
    try {
      await app.command('document.save', { document: session.document, base: session.editing.revision, text: session.editing.text });
      showNotice(t('documents.recovery.merged'));
      await this.#end();
    } catch (/** @type {any} */ error) {
      this.#problem = error?.code === 'conflict' ? t('documents.recovery.conflict') : errorText(error);
      await this.#load();
    }
    this.#busy = false;
    this.invalidate();
  }

  async #discard() {
    if (!await confirm({ title: t('documents.recovery.discardTitle'), text: t('documents.recovery.discardText'), action: t('documents.recovery.discard') })) return;
    await this.#end().catch(showError);
  }

  async #end() {
    await this.session?.discard();
    this.dispatchEvent(new CustomEvent('recovered'));
  }
}

customElements.define('m-document-recovery', Recovery);
