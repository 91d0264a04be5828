import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { app } from './app.js';
import { backLink } from './back-link.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../dom/h').Child} Child */

/** @type {Map<string, 'loading' | 'loaded' | 'failed'>} */
const parts = new Map();
/** @type {Promise<unknown> | undefined} */
let style;

/**
 * A screen whose script and styles come when it is first opened.
 * @param {string} part
 * @param {() => Promise<unknown>} load
 * @param {() => Child} show
 * @param {boolean} [within] of a screen that is there already
 * @returns {Child}
 */
export function later(part, load, show, within = false) {
  const state = parts.get(part);
  if (state === 'loaded') return show();
  const again = () => {
    parts.set(part, 'loading');
    Promise.all([load(), loadStyle()]).then(() => parts.set(part, 'loaded'), () => parts.set(part, 'failed'))
      .finally(() => app.community.touch('place'));
  };
  if (!state) again();
  return h('div', { class: within ? null : 'screen-text', key: `later ${part}` }, !within && backLink(), state === 'failed'
    ? failure(t('later.failed'), again)
    : h('p', { class: 'state-text', role: 'status' }, t('later.loading')));
}

function loadStyle() {
  style ??= new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = LATER_STYLE_URL;
    link.onload = resolve;
    link.onerror = () => {
      style = undefined;
      link.remove();
      reject(new TypeError('the styles did not come'));
    };
    document.head.append(link);
  });
  return style;
}
