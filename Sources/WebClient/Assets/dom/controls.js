import { h } from './h.js';
import { icon } from './icon.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./h').VNode} VNode */

/**
 * A button that is only a picture to who sees it, and only words to who does not.
 * @param {string} picture
 * @param {string} label
 * @param {Record<string, any>} props
 */
export function iconButton(picture, label, props) {
  return h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, ...props }, icon(picture, 'icon-sm'));
}

/** What opens the menu beside it; inside a scrolling box the menu must not be cut off. */
export const OPENS_MENU = {
  'data-bs-toggle': 'dropdown', 'aria-expanded': 'false', 'data-bs-popper-config': '{"strategy":"fixed"}',
};

/**
 * What could not be had, and a way to try again.
 * @param {string} text
 * @param {() => void} again
 */
export function failure(text, again) {
  return h('p', { class: 'state-text' }, text, ' ',
    h('button', { type: 'button', class: 'link-button', onclick: again }, t('state.retry')));
}

/**
 * A name with a detail below it, in a card.
 * @param {string} title
 * @param {string | undefined} [detail]
 */
export function cardText(title, detail) {
  return h('span', null, h('span', { class: 'card-title' }, title), detail && h('span', { class: 'card-detail' }, detail));
}
