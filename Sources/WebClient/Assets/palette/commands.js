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
    command('it-pa', 'home', t('palette.home'), 'home inizio start', () => go('/')),
    command('it-inbox', 'notifications', t('palette.notifications'), 'notifiche notifications novità', () => go('/notifications')),
    command('it-calendar', 'calendar', t('navigation.calendar'), 'calendario incontri eventi calendar events', () => go('/events')),
    command('it-check-circle', 'tasks', t('tasks.link'), 'compiti da fare attività tasks to do', () => go('/tasks')),
    command('it-box', 'solutions', t('palette.solutions'), 'soluzioni catalogo kit adozioni trasferimento solutions catalogue adoptions', () => go('/solutions')),
    command('it-settings', 'me', t('palette.me'), 'profilo preferenze impostazioni settings profile password', () => go('/me')),
    command('it-check', 'read', t('palette.markAllRead'), 'letto tutto read all', () => markAllRead()),
    command('it-exchange-circle', 'it', t('palette.italian'), 'lingua language italiano italian', () => setLanguage('it')),
    command('it-exchange-circle', 'en', t('palette.english'), 'lingua language inglese english', () => setLanguage('en')),
    ...THEMES.map((one) => command('it-password-visible', `theme ${one}`, t('theme.command', { name: t(THEME_NAMES[one].text) }), 'tema aspetto theme look scuro chiaro contrasto', () => setTheme(one))),
    command('it-logout', 'out', t('header.signOut'), 'logout uscire sign out', () => signOut()),
  ];
}

/** @type {(picture: string, key: string, name: string, words: string, act: () => unknown) => Entry} */
function command(picture, key, name, words, act) {
  return { key: `command ${key}`, name, words, picture: icon(picture, 'icon-sm'), act };
}
