import { dateOf } from '../dom/time.js';
import { dayAfter, dayInWords } from './when.js';
import { t } from '../i18n/i18n.js';

/**
 * What of the calendar is looked at; the address says it.
 * @typedef {{ view: 'month' | 'week' | 'agenda', date?: string, network?: number }} Showing
 * @typedef {{ from: string, to: string, name: string, before: string, after: string, backLabel: string, onLabel: string, month: string }} Period
 */

const AGENDA_DAYS = 90;

/** @param {string} filters @returns {Showing} */
export function showing(filters) {
  const asked = new URLSearchParams(filters);
  const view = asked.get('view');
  const date = asked.get('date') ?? '';
  return {
    view: view === 'week' || view === 'agenda' ? view : 'month',
    date: /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date)) ? date : undefined,
    network: Number(asked.get('network')) || undefined,
  };
}

/** @param {Showing} shown */
export function addressOf({ view, date, network }) {
  const asked = new URLSearchParams({ ...(view === 'month' ? {} : { view }), ...(date ? { date } : {}), ...(network ? { network: String(network) } : {}) });
  return `${asked}` !== '' ? `/events?${asked}` : '/events';
}

/**
 * Monday of a day's week.
 * @param {string} date
 */
function monday(date) {
  return dayAfter(date, -((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7));
}

/** @param {string} date @param {number} months */
function firstOf(date, months) {
  const [year, month] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/**
 * The days that are shown, and where one goes from there.
 * @param {Showing} shown
 * @returns {Period}
 */
export function periodOf(shown) {
  const date = shown.date ?? dateOf(new Date().toISOString());
  if (shown.view === 'week') {
    const from = monday(date);
    const to = dayAfter(from, 6);
    return {
      from, to, before: dayAfter(from, -7), after: dayAfter(from, 7), backLabel: t('events.weekBefore'), onLabel: t('events.weekAfter'), month: date.slice(0, 7),
      name: t('when.fromTo', { from: dayInWords(from, { day: 'numeric', month: 'short' }), to: dayInWords(to, { day: 'numeric', month: 'short', year: 'numeric' }) }),
    };
  }
  if (shown.view === 'agenda') {
    const to = dayAfter(date, AGENDA_DAYS);
    return {
      from: date, to, before: dayAfter(date, -AGENDA_DAYS - 1), after: dayAfter(to, 1), backLabel: t('events.earlier'), onLabel: t('events.later'), month: date.slice(0, 7),
      name: t('events.fromDay', { day: dayInWords(date, { day: 'numeric', month: 'long', year: 'numeric' }) }),
    };
  }
  const first = firstOf(date, 0);
  const last = dayAfter(firstOf(date, 1), -1);
  return {
    from: monday(first), to: dayAfter(monday(last), 6), before: firstOf(date, -1), after: firstOf(date, 1), backLabel: t('events.monthBefore'), onLabel: t('events.monthAfter'),
    name: dayInWords(first, { month: 'long', year: 'numeric' }), month: date.slice(0, 7),
  };
}
