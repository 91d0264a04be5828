import { h } from '../dom/h.js';
import { labelled } from '../dom/ask.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { showError, showNotice } from '../shell/notices.js';
import { loadOwnFacts, ownFacts } from '../people/me.js';
import { THEMES, THEME_NAMES, setTheme, theme } from '../theme/theme.js';
import { language, setLanguage, t } from '../i18n/i18n.js';

/** The language and time zone of one's account, and how the page looks on this device. */
export class Preferences extends View {
  #busy = false;

  topics() {
    return ['me', 'theme'];
  }

  render() {
    const facts = ownFacts();
    const zone = facts?.person.zone ?? 'Europe/Rome';
    return h('section', { class: 'settings' }, h('h2', { class: 'h5' }, t('preferences.title')),
      h('form', { onsubmit: this.#save },
        labelled('preference-language', t('preferences.language'), h('select', { id: 'preference-language', name: 'language', class: 'form-control' },
          h('option', { key: 'it', value: 'it', '.selected': language() === 'it' }, 'Italiano'), h('option', { key: 'en', value: 'en', '.selected': language() === 'en' }, 'English'))),
        labelled('preference-zone', t('preferences.zone'), h('select', { id: 'preference-zone', name: 'zone', class: 'form-control', 'aria-describedby': 'preference-zone-hint' },
          zones(zone).map((one) => h('option', { key: one, value: one, '.selected': one === zone }, one.replace('_', ' ')))), t('preferences.zoneHint')),
        h('button', { type: 'submit', class: 'btn btn-primary btn-sm', disabled: this.#busy || !facts }, t('message.save'))),
      h('fieldset', { class: 'choices', key: 'theme' }, h('legend', null, t('theme.title')), h('p', { class: 'field-hint' }, t('preferences.themeHint')),
        THEMES.map((one) => h('div', { class: 'choice', key: one },
          h('input', { type: 'radio', name: 'theme', id: `theme-${one}`, value: one, '.checked': theme() === one, onchange: () => setTheme(one) }),
          h('label', { for: `theme-${one}` }, t(THEME_NAMES[one].text))))));
  }

  /** @param {SubmitEvent} event */
  #save = async (event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const [chosen, zone] = [form.get('language') === 'en' ? 'en' : 'it', String(form.get('zone'))];
    this.#busy = true;
    this.invalidate();
    try {
      await app.command('person.change', { language: chosen, zone });
      setLanguage(/** @type {import('../i18n/i18n').Language} */ (chosen));
      await loadOwnFacts();
      showNotice(t('preferences.saved'));
    } catch (error) {
      showError(error);
    }
    this.#busy = false;
    this.invalidate();
  };
}

/**
 * Europe's, and one's own wherever it is.
 * @param {string} own
 */
function zones(own) {
  const all = /** @type {any} */ (Intl).supportedValuesOf?.('timeZone') ?? ['Europe/Rome'];
  return [...new Set([own, ...all.filter((/** @type {string} */ zone) => zone.startsWith('Europe/'))])].sort();
}

customElements.define('m-preferences', Preferences);
