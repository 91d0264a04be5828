import { language, t } from '../i18n/i18n.js';

// The community works on Italian time, wherever a device says it is; unless a person lives by another.
let zone = 'Europe/Rome';

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {Intl.DateTimeFormatOptions} options */
function format(options) {
  const key = language() + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language() === 'it' ? 'it-IT' : 'en-GB', { ...options, timeZone: zone });
  formats.set(key, known);
  return known;
}

/**
 * The zone that a person has chosen for the account.
 * @param {string} chosen
 */
export function setZone(chosen) {
  if (chosen === zone || chosen === '') return;
  zone = chosen;
  formats.clear();
  days.clear();
}

/** The zone that the reader lives by. */
export function zoneName() {
  return zone;
}

/** @param {string} at */
export function clockTime(at) {
  return format({ hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

/** @param {string} at */
export function fullTime(at) {
  return format({ dateStyle: 'full', timeStyle: 'short' }).format(new Date(at));
}

/** @param {string} at */
export function shortDate(at) {
  return format({ day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));
}

/**
 * The date of a moment, as a date field has it.
 * @param {string} at
 */
export function dateOf(at) {
  const parts = Object.fromEntries(format({ year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/**
 * A local time as it was given, such as `2026-12-01T10:00`: no zone changes it.
 * @param {string} local
 */
export function localTime(local) {
  return new Intl.DateTimeFormat(language() === 'it' ? 'it-IT' : 'en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(`${local.slice(0, 16)}:00Z`));
}

/**
 * When a date begins.
 * @param {string} date such as `2026-10-05`
 */
export function midnight(date) {
  const there = Date.parse(`${date}T00:00:00Z`);
  // The first moment of that date, whatever the zone: none is more than 14 hours away.
  for (let quarter = -56; quarter <= 56; quarter += 1) {
    const at = new Date(there + quarter * 900_000).toISOString();
    if (dateOf(at) === date) return at;
  }
  return `${date}T00:00:00.000Z`;
}

/** @type {Map<string, string>} */
const days = new Map();

/**
 * Two moments of the same day have the same key.
 * @param {string} at
 */
export function dayKey(at) {
  // No zone is less than a quarter of an hour off: within a minute the day is the same.
  const hour = at.slice(0, 16);
  const day = days.get(hour) ?? format({ year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(at));
  days.set(hour, day);
  return day;
}

/** @param {string} at @param {Date} [now] */
export function dayName(at, now = new Date()) {
  const key = dayKey(at);
  if (key === dayKey(now.toISOString())) return t('day.today');
  if (key === dayKey(new Date(now.getTime() - 86_400_000).toISOString())) return t('day.yesterday');
  const sameYear = at.slice(0, 4) === now.toISOString().slice(0, 4);
  return format({ weekday: 'long', day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(new Date(at));
}

/**
 * A date, or a moment's date.
 * @param {string} text such as `2026-11-22`
 */
export function dateInWords(text) {
  return shortDate(text.length === 10 ? `${text}T12:00:00Z` : text);
}

/** @param {string} at */
export function shortTime(at) {
  return format({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

/** @param {string} at */
export function secondsTime(at) {
  return format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(at));
}
