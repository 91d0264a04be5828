import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { app } from './app.js';
import { go, place } from './router.js';
import { language, setLanguage, t } from '../i18n/i18n.js';
import { personMenu } from './person-menu.js';
import { themeMenu } from '../theme/theme-menu.js';
import '../notifications/bell.js';
import './connection-line.js';

/** The header of the Italian public service guidelines: a slim band with whose service it is, then the service itself. */
export class Header extends View {
  topics() {
    return ['me', 'place', 'networks', 'theme'];
  }

  render() {
    const signedIn = app.state.me !== undefined;
    return h('header', { class: 'it-header-wrapper' },
      h('div', { class: 'it-header-slim-wrapper' },
        h('div', { class: 'it-header-slim-wrapper-content' },
          h('span', { class: 'navbar-brand slim-owner' },
            h('span', { class: 'is-long' }, t('header.owner')), h('span', { class: 'is-short' }, t('header.ownerShort'))),
          h('div', { class: 'it-header-slim-right-zone' }, signedIn && h('m-bell', { key: 'bell' }), themeMenu(), languageMenu(), signedIn && personMenu()))),
      h('div', { class: 'it-header-center-wrapper main-band' },
        h('div', { class: 'it-header-center-content-wrapper' },
          h('div', { class: 'it-brand-wrapper' },
            h('a', { href: '/' }, mark(),
              h('span', { class: 'it-brand-text' },
                h('span', { class: 'it-brand-title' }, 'Metropoli'),
                h('span', { class: 'it-brand-tagline' }, t('header.tagline'))))),
          signedIn && h('div', { class: 'main-band-end' }, h('m-connection-line', null), searchBox()))));
  }
}

/** Cities joined in a net: the service's own mark. */
function mark() {
  return icon('it-piattaforme', 'service-mark');
}

function languageMenu() {
  const entry = (/** @type {import('../i18n/i18n').Language} */ code, /** @type {string} */ name) => (
    h('li', null, h('button', {
      type: 'button', class: 'dropdown-item list-item', lang: code, 'aria-current': language() === code ? 'true' : null,
      onclick: () => setLanguage(code),
    }, h('span', null, name))));
  return h('div', { class: 'nav-item dropdown', key: 'language' },
    h('button', { type: 'button', class: 'slim-button dropdown-toggle', id: 'language-menu', 'data-bs-toggle': 'dropdown', 'aria-expanded': 'false' },
      h('span', { class: 'visually-hidden' }, t('header.language')), h('span', null, language() === 'it' ? 'ITA' : 'ENG'),
      icon('it-expand', 'icon-xs icon-white')),
    h('div', { class: 'dropdown-menu dropdown-menu-end', 'aria-labelledby': 'language-menu' },
      h('div', { class: 'link-list-wrapper' }, h('ul', { class: 'link-list' }, entry('it', 'Italiano'), entry('en', 'English')))));
}

function searchBox() {
  const here = place();
  return h('form', {
    class: 'search-box', role: 'search', key: 'search',
    onsubmit: (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const text = String(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get('q') ?? '').trim();
      if (text !== '') go(`/search?q=${encodeURIComponent(text)}`);
    },
  },
  h('label', { class: 'visually-hidden', for: 'search-box' }, t('search.label')),
  h('input', {
    id: 'search-box', name: 'q', type: 'search', autocomplete: 'off', placeholder: t('search.placeholder'),
    value: here.screen === 'search' ? here.text : '',
  }),
  h('button', {
    type: 'button', class: 'search-keys', title: t('palette.title'), 'aria-haspopup': 'dialog', 'aria-keyshortcuts': 'Control+K',
    onclick: () => document.dispatchEvent(new Event('open-palette')),
  }, 'Ctrl K'),
  h('button', { type: 'submit', 'aria-label': t('search.submit') }, icon('it-search', 'icon-sm icon-white')));
}

customElements.define('m-header', Header);
