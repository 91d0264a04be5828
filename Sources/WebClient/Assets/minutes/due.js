import { dateInWords, dateOf } from '../dom/time.js';
import { plural, t } from '../i18n/i18n.js';

const SOON_DAYS = 14;

/**
 * How many days there are until a day; fewer than none once it is past.
 * @param {string} due such as `2027-01-31`
 * @param {string} [now]
 */
export function daysLeft(due, now = new Date().toISOString()) {
  return Math.round((Date.parse(`${due}T00:00:00Z`) - Date.parse(`${dateOf(now)}T00:00:00Z`)) / 86_400_000);
}

/**
 * By when something is to be done, in words.
 * @param {{ due: string, done: boolean }} task
 */
export function dueInWords({ due, done }) {
  const day = t('due.by', { day: dateInWords(due) });
  const left = daysLeft(due);
  if (done || left < 0 || left > SOON_DAYS) return day;
  return `${left === 0 ? t('due.today') : left === 1 ? t('due.tomorrow') : plural('due.in', left)} · ${day}`;
}

/**
 * For how long it has been due, in words; nothing for what is not.
 * @param {{ due: string, done: boolean }} task
 */
export function overdueInWords({ due, done }) {
  const left = daysLeft(due);
  return !done && left < 0 ? plural('due.overdue', -left) : undefined;
}
