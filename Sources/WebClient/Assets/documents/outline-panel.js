import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { t } from '../i18n/i18n.js';

/** @typedef {{ level: number, text: string, go: () => void }} Entry */

/** A document's headings, each of which leads to its part. */
export class OutlinePanel extends View {
  /** @type {import('./document-editor').DocumentEditor | null} */ #editor = null;
  /** @type {Element | undefined} */ page;
  /** @type {any} */ session;
  #timer = 0;

  /** @param {unknown} _facts the text is another one now */
  set facts(_facts) {
    if (this.isConnected) this.invalidate();
  }

  /** @param {import('./document-editor').DocumentEditor | null} editor */
  set editor(editor) {
    this.#editor = editor;
    if (this.isConnected) this.invalidate();
  }

  connected() {
    // What is read is drawn in the same moment, maybe after this.
    this.invalidate();
    const stop = this.session?.on('changed', () => {
      if (this.#timer === 0) this.#timer = window.setTimeout(() => { this.#timer = 0; this.invalidate(); }, 500);
    });
    if (stop) this.until(stop);
  }

  disconnected() {
    window.clearTimeout(this.#timer);
  }

  render() {
    const entries = this.#editor ? this.#written(this.#editor) : this.#read();
    if (entries.length === 0) return h('p', { class: 'state-text' }, t('documents.noHeadings'));
    const top = Math.min(...entries.map(({ level }) => level));
    return h('ol', { class: 'outline-list' }, entries.map(({ level, text, go }, index) => h('li', { key: index, class: `outline-${Math.min(3, level - top)}` },
      h('button', { type: 'button', onclick: go }, text))));
  }

  /** @param {import('./document-editor').DocumentEditor} editor @returns {Entry[]} */
  #written(editor) {
    return editor.headings.map(({ level, text, at }) => ({ level, text, go: () => editor.goTo(at) }));
  }

  /** @returns {Entry[]} */
  #read() {
    const headings = /** @type {HTMLElement[]} */ ([...this.page?.querySelectorAll('.document-text :is(h1, h2, h3, h4, h5, h6)') ?? []]);
    return headings.map((heading) => ({
      level: Number(heading.tagName[1]), text: heading.textContent ?? '',
      go: () => {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
        heading.scrollIntoView({ block: 'start' });
      },
    }));
  }
}

customElements.define('m-document-outline', OutlinePanel);
