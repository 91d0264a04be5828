import { h } from '../dom/h.js';
import { fullTime } from '../dom/time.js';
import { t } from '../i18n/i18n.js';

/** @typedef {{ id: number, at: string, lastUse: string, expires: string, address?: string, client?: string, current: boolean }} Session */

/**
 * The one in use first, then those used last.
 * @param {Session[]} sessions
 */
export function inOrder(sessions) {
  return [...sessions].sort((a, b) => Number(b.current) - Number(a.current) || b.lastUse.localeCompare(a.lastUse));
}

/**
 * Where somebody is signed in; the session in use has no button.
 * @param {Session[]} sessions
 * @param {(session: Session) => void} end
 */
export function sessionList(sessions, end) {
  return h('ul', { class: 'device-list', key: 'sessions' }, sessions.map((session) => h('li', { key: session.id },
    h('div', null,
      h('strong', null, nameOf(session)),
      session.current && session.client && h('span', { key: 'current' }, t('devices.current')),
      h('span', { key: 'since' }, t('devices.since', { when: fullTime(session.at) })),
      h('span', { key: 'use' }, [t('devices.lastUse', { when: fullTime(session.lastUse) }), session.address].filter(Boolean).join(' · '))),
    !session.current && h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', onclick: () => end(session) },
      t('devices.end'), h('span', { class: 'visually-hidden' }, ` ${nameOf(session)}, ${fullTime(session.at)}`)))));
}

/** @param {Session} session */
export function nameOf({ client, current }) {
  return client ?? (current ? t('devices.current') : t('devices.other'));
}
