import { icon } from '../dom/icon.js';
import { go } from '../shell/router.js';
import { signOut } from '../session/session.js';
import { markAllRead } from '../channels/mark-all-read.js';
import { THEMES, THEME_NAMES, setTheme } from '../theme/theme.js';
import { setLanguage, t } from '../i18n/i18n.js';

/** @typedef {import('./entries').Entry} Entry */

/**
 * What the palette does rather than leads to; the words are what people may call it.
 * @returns {Entry[]}
 */
export function commands() {
  return [
    command('home', 'it-pa', t('palette.home'), 'home inizio start', () => go('/')),
    command('read', 'it-check', t('palette.markAllRead'), 'letto tutto read all', () => markAllRead()),
    command('it', 'it-exchange-circle', t('palette.italian'), 'lingua language italiano italian', () => setLanguage('it')),
    command('en', 'it-exchange-circle', t('palette.english'), 'lingua language inglese english', () => setLanguage('en')),
    ...THEMES.map((one) => command(`theme ${one}`, 'it-password-visible', t('theme.command', { name: t(THEME_NAMES[one].text) }), 'tema aspetto theme look scuro chiaro contrasto', () => setTheme(one))),
    command('out', 'it-logout', t('header.signOut'), 'logout uscire sign out', () => signOut()),
  ];
}

/** @type {(key: string, picture: string, name: string, words: string, act: () => unknown) => Entry} */
function command(key, picture, name, words, act) {
  return { key: `command ${key}`, name, words, picture: icon(picture, 'icon-sm'), act };
}
