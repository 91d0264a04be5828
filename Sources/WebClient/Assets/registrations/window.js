import { midnight, zoneName } from '../dom/time.js';

/** @typedef {import('../wire/protocol').Event} Event */
/** @typedef {import('../wire/protocol').EventTime} EventTime */

/**
 * The moment of a time; a whole day's is its midnight.
 * @param {EventTime} time
 */
export function moment(time) {
  return time.utc ?? midnight(time.date ?? '');
}

/** @param {Event} event */
export function opens(event) {
  return event.registration?.opens && moment(event.registration.opens);
}

/** @param {Event} event */
export function closes(event) {
  return moment(event.registration?.closes ?? event.start);
}

/** @param {Event} event */
export function cancelBy(event) {
  return moment(event.registration?.cancelBy ?? event.start);
}

/**
 * A moment in words, by the clock of the reader.
 * @param {string} at
 * @param {string} language
 */
export function momentInWords(at, language) {
  return new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', {
    weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone: zoneName(),
  }).format(new Date(at));
}

/**
 * Whether one can register now, and where that leads: a seat or a request, the queue, or nowhere.
 * @param {Event} event
 * @param {string} now
 * @returns {'never' | 'early' | 'closed' | 'full' | 'queue' | 'open'}
 */
export function opening(event, now) {
  if (event.state !== 'published' && event.state !== 'live') return 'never';
  const from = opens(event);
  if (from && now < from) return 'early';
  if (now >= closes(event)) return 'closed';
  const { confirmed, waiting, offered } = event.counts ?? { confirmed: 0, waiting: 0, offered: 0 };
  const isFull = waiting > 0 || (event.capacity !== undefined && confirmed + offered >= event.capacity);
  // A request holds no seat: whether there is one shows when it is approved.
  if (!isFull || event.approval) return 'open';
  return event.waitingList === false ? 'full' : 'queue';
}

/**
 * How many have a seat or the offer of one beyond those that there are.
 * @param {Event} event
 */
export function excess(event) {
  const { confirmed, offered } = event.counts ?? { confirmed: 0, offered: 0 };
  return event.capacity === undefined ? 0 : Math.max(0, confirmed + offered - event.capacity);
}
