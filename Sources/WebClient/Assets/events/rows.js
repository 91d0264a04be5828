import { h } from '../dom/h.js';
import { app } from '../shell/app.js';
import { begins, dayInWords, daysOf, hourOf, when } from './when.js';
import { kindName, numberInSeries, stateTag } from './words.js';
import { isForMine } from '../networks/sub-bodies.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */

/**
 * Events below the day on which they begin.
 * @param {Event[]} events
 * @param {{ withNetwork?: boolean, newest?: boolean, level?: string }} how
 */
export function agenda(events, { withNetwork = true, newest = false, level = 'h2' }) {
  /** @type {Map<string, Event[]>} */
  const days = new Map();
  for (const event of [...events].sort((a, b) => begins(a).localeCompare(begins(b)) * (newest ? -1 : 1))) {
    const day = daysOf(event).first;
    days.set(day, [...days.get(day) ?? [], event]);
  }
  return [...days].map(([day, ones]) => h('section', { class: 'agenda-day', key: day },
    h(level, { class: 'agenda-date' }, h('time', { datetime: day }, dayInWords(day))),
    h('ul', { class: 'agenda-list' }, ones.map((event) => h('li', { key: event.id }, row(event, withNetwork))))));
}

/** @param {Event} event @param {boolean} withNetwork */
function row(event, withNetwork) {
  const network = withNetwork && app.state.networks.get(event.network);
  const { first, last } = daysOf(event);
  return h('a', { class: `agenda-link ${['cancelled', 'postponed'].includes(event.state) ? 'is-off' : ''}`, href: `/events/${event.id}` },
    h('span', { class: 'agenda-hour' }, hourOf(event)),
    h('span', { class: 'agenda-text' },
      h('span', { class: 'agenda-title' }, event.title, ' ', stateTag(event), isForMine(event.addressed) && h('span', { class: 'tag is-warm', key: 'mine' }, t('addressed.mine'))),
      h('span', { class: 'agenda-detail' }, [kindName(event.kind), numberInSeries(event), first !== last && when(event, true), event.place, network && local(network.name)]
        .filter(Boolean).join(' · '))));
}
