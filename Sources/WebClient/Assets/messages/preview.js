import { h } from '../dom/h.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { t } from '../i18n/i18n.js';

/** How a text will look, as the server renders it. */
export class Preview {
  open = false;
  /** @type {{ html?: string, problem?: string }} */
  #shown = {};
  /** @type {() => void} */ #changed;

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  close() {
    this.open = false;
    this.#changed();
  }

  /** @param {string} text */
  async show(text) {
    this.open = true;
    this.#shown = {};
    this.#changed();
    try {
      const { html } = text.trim() === '' ? { html: '' } : await app.query('message.preview', { text });
      this.#shown = { html };
    } catch (error) {
      this.#shown = { problem: errorText(error) };
    }
    this.#changed();
  }

  view() {
    const { html, problem } = this.#shown;
    return h('div', { class: 'composer-preview', key: 'preview', role: 'region', 'aria-label': t('composer.preview'), tabindex: '0' },
      problem ? h('p', { class: 'field-problem', role: 'alert' }, problem)
        : html === undefined ? h('p', { class: 'state-text', role: 'status' }, t('composer.previewing'))
          : html === '' ? h('p', { class: 'state-text' }, t('composer.previewEmpty')) : h('div', { class: 'message-text', html }));
  }
}
