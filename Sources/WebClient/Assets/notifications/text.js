import { app } from '../shell/app.js';
import { channelName } from '../channels/names.js';
import { nameOf } from '../people/people.js';
import { local, t } from '../i18n/i18n.js';

/**
 * @typedef {object} Notification
 * @property {number} id
 * @property {string} kind
 * @property {string} at
 * @property {number} [by]
 * @property {number} [network]
 * @property {number} [channel]
 * @property {number} [message]
 * @property {string} [text]
 * @property {boolean} read
 */

/** @type {Record<string, { text: string }>} */
const KINDS = {
  mention: { text: 'notification.mention' }, reply: { text: 'notification.reply' }, message: { text: 'notification.message' },
  acknowledge: { text: 'notification.acknowledge' }, report: { text: 'notification.report' },
};
const OTHER = { text: 'notification.other' };

/**
 * What happened, in a sentence.
 * @param {{ kind: string, by?: number }} notification
 */
export function sentence({ kind, by }) {
  return t((KINDS[kind] ?? OTHER).text, { name: by ? nameOf(by) : t('person.unknown') });
}

/**
 * Where it happened.
 * @param {{ channel?: number, network?: number }} notification
 */
export function placeText({ channel, network }) {
  const known = app.state.channels.get(channel ?? 0);
  const of = app.state.networks.get(known?.network ?? network ?? 0);
  return [known && known.kind !== 'direct' && channelName(known), of && known?.kind !== 'direct' && local(of.name)].filter(Boolean).join(' · ');
}

/** @param {{ channel?: number, message?: number }} notification */
export function addressOf({ channel, message }) {
  // A reply is shown in its thread: the timeline finds out.
  return channel ? `/channels/${channel}${message ? `?message=${message}` : ''}` : message ? `/go/${message}` : '/';
}
