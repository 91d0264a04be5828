import { app } from '../shell/app.js';
import { channelName } from '../channels/names.js';
import { nameOf } from '../people/people.js';
import { toldSentence } from './told.js';
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
 * @property {number} [event]
 * @property {string} [news] what is told of the event
 * @property {number} [document]
 * @property {number} [comment]
 * @property {number} [solution]
 * @property {number} [adoption]
 * @property {string} [told] what is told of a document, a solution or an adoption
 * @property {string} [title] what that is called
 * @property {string} [text]
 * @property {boolean} read
 */

/** @type {Record<string, { text: string }>} */
const KINDS = {
  mention: { text: 'notification.mention' }, reply: { text: 'notification.reply' }, message: { text: 'notification.message' },
  acknowledge: { text: 'notification.acknowledge' }, report: { text: 'notification.report' },
};
/** @type {Record<string, { text: string }>} what is told of an event */
const NEWS = {
  invited: { text: 'notification.news.invited' },
  requested: { text: 'notification.news.requested' },
  confirmed: { text: 'notification.news.confirmed' },
  waitlisted: { text: 'notification.news.waitlisted' },
  offered: { text: 'notification.news.offered' },
  promoted: { text: 'notification.news.promoted' },
  approved: { text: 'notification.news.approved' },
  rejected: { text: 'notification.news.rejected' },
  cancelled: { text: 'notification.news.cancelled' },
  removed: { text: 'notification.news.removed' },
  expired: { text: 'notification.news.expired' },
  lapsed: { text: 'notification.news.lapsed' },
  moved: { text: 'notification.news.moved' },
  changed: { text: 'notification.news.changed' },
  postponed: { text: 'notification.news.postponed' },
  called_off: { text: 'notification.news.calledOff' },
  reminder: { text: 'notification.news.reminder' },
  message: { text: 'notification.news.message' },
};
const OTHER = { text: 'notification.other' };

/**
 * What happened, in a sentence.
 * @param {{ kind: string, by?: number, news?: string, event?: number, told?: string, solution?: number }} notification
 */
export function sentence({ kind, by, news, event, told, solution }) {
  if (event) return t((NEWS[news ?? ''] ?? NEWS.changed).text);
  const name = by ? nameOf(by) : t('person.unknown');
  return told ? toldSentence({ kind, told, solution }, name) : t((KINDS[kind] ?? OTHER).text, { name });
}

/**
 * What there is to read of it: the beginning of a message or a comment, or what it is about.
 * @param {Notification} notification
 */
export function excerpt({ title, text, document, adoption, comment }) {
  if (adoption) return [title, text].filter(Boolean).join(' · ');
  return document && comment ? `${title}: ${text}` : title ?? text;
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

/** @param {{ channel?: number, message?: number, event?: number, document?: number, comment?: number, solution?: number, adoption?: number }} notification */
export function addressOf({ channel, message, event, document, comment, solution, adoption }) {
  if (event) return `/events/${event}`;
  if (document) return `/documents/${document}${comment ? `?comment=${comment}` : ''}`;
  if (solution) return `/solutions/${solution}`;
  if (adoption) return `/adoptions/${adoption}`;
  // A reply is shown in its thread: the timeline finds out.
  return channel ? `/channels/${channel}${message ? `?message=${message}` : ''}` : message ? `/go/${message}` : '/';
}
