import { clockTime, dateOf } from '../dom/time.js';
import { dayInWords } from '../events/when.js';
import { plural, t } from '../i18n/i18n.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * How long it is until a moment, in words that stay true for a while.
 * @param {number} ms
 */
export function inWords(ms) {
  if (ms < MINUTE) return t('webinar.inLessThanMinute');
  // What is told as 15 minutes is 14 and a bit: whole minutes that begin.
  const minutes = Math.ceil(ms / MINUTE);
  if (minutes < 60) return plural('webinar.inMinutes', minutes);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest === 0 || hours >= 6 ? plural('webinar.inHours', hours) : t('webinar.inHoursAndMinutes', { hours: plural('webinar.hours', hours), minutes: plural('webinar.minutes', rest) });
}

/**
 * When a room opens, seen from now: as a countdown on the last day, as a date before.
 * @param {string} opens
 * @param {number} now
 */
export function untilOpen(opens, now) {
  const left = Date.parse(opens) - now;
  if (left < 24 * HOUR) return t('webinar.opensIn', { when: inWords(left) });
  return t('webinar.opensOn', { day: dayInWords(dateOf(opens)), hour: clockTime(opens) });
}

/**
 * When the words change, or the room opens: the next look at the clock.
 * @param {string} opens
 * @param {number} now
 */
export function nextLook(opens, now) {
  const left = Date.parse(opens) - now;
  // Timers run for at most 24.8 days.
  if (left >= 24 * HOUR) return Math.min(left - 24 * HOUR + 1, 12 * HOUR);
  return left % MINUTE || MINUTE;
}
