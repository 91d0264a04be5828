import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { THEMES, THEME_NAMES, setTheme, theme } from './theme.js';
import { t } from '../i18n/i18n.js';

/** How the page looks on this device. */
export function themeMenu() {
  return h('div', { class: 'nav-item dropdown', key: 'theme' },
    h('button', { type: 'button', class: 'slim-button dropdown-toggle', id: 'theme-menu', 'data-bs-toggle': 'dropdown', 'aria-expanded': 'false', title: t('theme.title') },
      h('span', { class: 'theme-mark', 'aria-hidden': 'true' }), h('span', { class: 'visually-hidden' }, `${t('theme.title')}: ${t(THEME_NAMES[theme()].text)}`)),
    h('div', { class: 'dropdown-menu dropdown-menu-end', 'aria-labelledby': 'theme-menu' },
      h('div', { class: 'link-list-wrapper' }, h('ul', { class: 'link-list' }, THEMES.map((one) => h('li', { key: one }, h('button', {
        type: 'button', class: 'dropdown-item list-item', 'aria-current': theme() === one ? 'true' : null, onclick: () => setTheme(one),
      }, h('span', { class: `theme-swatch is-${one}`, 'aria-hidden': 'true' }), h('span', null, t(THEME_NAMES[one].text)), theme() === one && icon('it-check', 'icon-sm'))))))));
}
