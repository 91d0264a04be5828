import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { t } from '../i18n/i18n.js';

/** On a narrow screen the list and what it leads to are two pages: the way back. */
export function backLink(href = '/') {
  return h('a', { class: 'back-link', href, 'aria-label': t('back') }, icon('it-arrow-left', 'icon-sm'));
}
