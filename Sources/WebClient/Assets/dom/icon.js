import { h } from './h.js';

/**
 * One of Bootstrap Italia's icons, beside a text that says the same.
 * @param {string} name such as `it-search`; written out, for the build takes only the icons the sources name
 * @param {string} [classes]
 */
export function icon(name, classes = '') {
  return h('svg', { class: `icon ${classes}`, 'aria-hidden': 'true' }, h('use', { href: `${ICONS_URL}#${name}` }));
}
