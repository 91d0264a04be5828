import { h } from '../dom/h.js';
import { dateOf } from '../dom/time.js';
import { addressOf } from './period.js';
import { daysOf, dayAfter, dayInWords, hourOf } from './when.js';
import { stateTag } from './words.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */

const MOST = 3;

/**
 * A month as a table: a row for each week, a cell for each day.
 * @param {import('./period').Showing} shown
 * @param {import('./period').Period} period
 * @param {Event[]} events
 */
export function month(shown, period, events) {
  const today = dateOf(new Date().toISOString());
  /** @type {string[]} */
  const days = [];
  for (let day = period.from; day <= period.to; day = dayAfter(day, 1)) days.push(day);
  const weeks = Array.from({ length: days.length / 7 }, (_, index) => days.slice(index * 7, index * 7 + 7));
  return h('table', { class: 'month', key: `month ${period.from}` },
    h('caption', { class: 'visually-hidden' }, t('events.monthCaption', { month: period.name })),
    h('thead', null, h('tr', null, days.slice(0, 7).map((day) => h('th', { scope: 'col', key: day },
      h('span', { 'aria-hidden': 'true' }, dayInWords(day, { weekday: 'short' })), h('span', { class: 'visually-hidden' }, dayInWords(day, { weekday: 'long' })))))),
    h('tbody', null, weeks.map((week) => h('tr', { key: week[0] }, week.map((day) => {
      const ones = events.filter((event) => daysOf(event).first <= day && daysOf(event).last >= day);
      const look = [day.slice(0, 7) === period.month ? '' : 'is-other', day === today ? 'is-today' : ''].join(' ');
      return h('td', { key: day, class: look, 'aria-current': day === today ? 'date' : null }, cell(shown, day, ones));
    })))));
}

/** @param {import('./period').Showing} shown @param {string} day @param {Event[]} events */
function cell(shown, day, events) {
  const date = h('time', { class: 'month-day', datetime: day },
    h('span', { 'aria-hidden': 'true' }, String(Number(day.slice(8)))), h('span', { class: 'visually-hidden' }, dayInWords(day, { day: 'numeric', month: 'long' })));
  if (events.length === 0) return date;
  const toDay = addressOf({ ...shown, view: 'week', date: day });
  return [
    date,
    h('a', { class: 'month-count', href: toDay, key: 'count' }, String(events.length), h('span', { class: 'visually-hidden' }, ` ${plural('events.onDay', events.length)}`)),
    h('ul', { class: 'month-events', key: 'events' },
      events.slice(0, MOST).map((event) => h('li', { key: event.id }, h('a', { class: ['cancelled', 'postponed'].includes(event.state) ? 'is-off' : event.state === 'draft' ? 'is-draft' : '', href: `/events/${event.id}` },
        event.start.date ? '' : h('span', { class: 'month-hour' }, hourOf(event), ' '), event.title, event.state === 'published' ? '' : h('span', { class: 'visually-hidden' }, ' ', stateTag(event))))),
      events.length > MOST && h('li', { key: 'more' }, h('a', { class: 'is-more', href: toDay }, plural('events.more', events.length - MOST)))),
  ];
}
