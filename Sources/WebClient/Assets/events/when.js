import { dateOf, zoneName } from '../dom/time.js';
import { language, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */

/** @param {Intl.DateTimeFormatOptions} options @param {string} zone */
function format(options, zone) {
  return new Intl.DateTimeFormat(language() === 'it' ? 'it-IT' : 'en-GB', { ...options, timeZone: zone });
}

/** @type {Intl.DateTimeFormatOptions} */
const LONG = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };
/** @type {Intl.DateTimeFormatOptions} */
const SHORT = { weekday: 'short', day: 'numeric', month: 'short' };
/** @type {Intl.DateTimeFormatOptions} */
const CLOCK = { hour: '2-digit', minute: '2-digit' };

/**
 * The moment at which an event begins, for sorting.
 * @param {Event} event
 */
export function begins(event) {
  return event.start.utc ?? `${event.start.date}T00:00:00.000Z`;
}

/**
 * Its first and last day where the reader is.
 * @param {Event} event
 */
export function daysOf(event) {
  if (event.start.date) return { first: event.start.date, last: event.end.date ?? event.start.date };
  const first = dateOf(/** @type {string} */ (event.start.utc));
  // What ends at midnight does not reach into the next day.
  const last = dateOf(new Date(Date.parse(/** @type {string} */ (event.end.utc)) - 1).toISOString());
  return { first, last };
}

/** @param {string} date @param {number} days */
export function dayAfter(date, days) {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * A day in words.
 * @param {string} date
 * @param {Intl.DateTimeFormatOptions} [options]
 */
export function dayInWords(date, options = LONG) {
  return format(options, 'UTC').format(new Date(`${date}T12:00:00Z`));
}

/**
 * The hour at which it begins where the reader is, or that it lasts all day.
 * @param {Event} event
 */
export function hourOf(event) {
  return event.start.utc ? format(CLOCK, zoneName()).format(new Date(event.start.utc)) : t('when.allDay');
}

/**
 * When an event takes place, by the clock where it takes place.
 * @param {Pick<Event, 'start' | 'end'>} event
 * @param {boolean} [isShort]
 */
export function when({ start, end }, isShort = false) {
  const options = isShort ? SHORT : LONG;
  if (start.date) {
    if (!end.date || end.date === start.date) return dayInWords(start.date, options);
    return t('when.fromTo', { from: dayInWords(start.date, options), to: dayInWords(end.date, options) });
  }
  const [zone, from, to] = [start.zone ?? zoneName(), new Date(start.utc ?? ''), new Date(end.utc ?? '')];
  const day = (/** @type {Date} */ at) => format(options, zone).format(at);
  const hour = (/** @type {Date} */ at) => format(CLOCK, zone).format(at);
  const words = day(from) === day(to)
    ? `${day(from)}, ${hour(from)}–${hour(to)}`
    : t('when.fromTo', { from: `${day(from)}, ${hour(from)}`, to: `${day(to)}, ${hour(to)}` });
  return sameClock(start, zone) ? words : `${words} (${zone.replaceAll('_', ' ')})`;
}

/**
 * The same time where the reader is, when the clocks differ.
 * @param {Event} event
 */
export function hereWhen({ start, end }) {
  const zone = start.zone ?? zoneName();
  if (!start.utc || !end.utc || sameClock(start, zone)) return undefined;
  return `${format(LONG, zoneName()).format(new Date(start.utc))}, ${format(CLOCK, zoneName()).format(new Date(start.utc))}–${format(CLOCK, zoneName()).format(new Date(end.utc))}`;
}

/** @param {Event['start']} start @param {string} zone */
function sameClock(start, zone) {
  const at = new Date(start.utc ?? '');
  return format({ ...SHORT, ...CLOCK }, zone).format(at) === format({ ...SHORT, ...CLOCK }, zoneName()).format(at);
}

/**
 * Whether it is over or does not take place.
 * @param {Event} event
 */
export function isPast(event) {
  return ['ended', 'minuted', 'archived', 'cancelled'].includes(event.state);
}
