import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { app } from './app.js';
import { errorText } from './errors.js';
import { t } from '../i18n/i18n.js';

const SHOWN_MS = 8000;

/** @typedef {{ label: string, run: () => void }} Act */

/** @type {{ id: number, text: string, act?: Act }[]} */
let notices = [];
let lastId = 0;

/**
 * Tells what went wrong with something just done.
 * @param {unknown} error
 */
export function showError(error) {
  show(errorText(error));
}

/**
 * Tells that something is done which no screen shows.
 * @param {string} text
 * @param {Act} [act] what may be done about it, such as taking it back
 */
export function showNotice(text, act) {
  show(text, act);
}

/** @param {string} text @param {Act} [act] */
function show(text, act) {
  const notice = { id: ++lastId, text, act };
  notices = [...notices.slice(-2), notice];
  app.community.touch('notices');
  window.setTimeout(() => dismiss(notice.id), SHOWN_MS);
}

/** @param {number} id */
function dismiss(id) {
  notices = notices.filter((notice) => notice.id !== id);
  app.community.touch('notices');
}

export class Notices extends View {
  topics() {
    return ['notices'];
  }

  render() {
    return h('div', { class: 'notices', role: 'alert' }, notices.map(({ id, text, act }) => (
      h('div', { class: 'notice', key: id },
        h('span', { key: 'text' }, text),
        act && h('button', { type: 'button', key: 'act', class: 'btn btn-sm btn-outline-primary notice-act', onclick: () => { dismiss(id); act.run(); } }, act.label),
        h('button', { type: 'button', key: 'close', class: 'icon-button', 'aria-label': t('notice.dismiss'), onclick: () => dismiss(id) },
          icon('it-close', 'icon-sm icon-white'))))));
  }
}

customElements.define('m-notices', Notices);
