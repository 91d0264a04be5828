import { h } from '../dom/h.js';
import { failure, iconButton } from '../dom/controls.js';
import { showSecret } from '../dom/secret-dialog.js';
import { confirm } from '../dom/confirm.js';
import { View } from '../dom/view.js';
import { dateOf } from '../dom/time.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { errorText } from '../shell/errors.js';
import { go } from '../shell/router.js';
import { showError, showNotice } from '../shell/notices.js';
import { loadEvents } from './loading.js';
import { addressOf, periodOf, showing } from './period.js';
import { month } from './month.js';
import { agenda } from './rows.js';
import { begins, daysOf, dayAfter, dayInWords } from './when.js';
import { local, plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */
/** @typedef {import('./period').Showing} Showing */

/** All one's events by month, by week, or one after the other. */
export class CalendarView extends View {
  static observedAttributes = ['filters'];
  /** @type {'loading' | 'done' | 'failed'} */ #state = 'loading';
  /** @type {unknown} */ #error;
  #asked = '';

  topics() {
    return ['events', 'networks', 'me'];
  }

  connected() {
    this.until(app.community.subscribe('events asked', () => void this.#load(this.#asked)));
  }

  render() {
    const filters = this.getAttribute('filters') ?? '';
    if (filters !== this.#asked || (this.#state === 'loading' && this.#asked === '')) void this.#load(filters || '?');
    const shown = showing(filters);
    const period = periodOf(shown);
    const events = this.#events(shown, period);
    return h('div', { class: 'screen-text is-wide calendar' }, backLink(),
      h('div', { class: 'calendar-head' }, h('h1', { class: 'h3' }, t('events.calendar')),
        h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', onclick: () => void this.#subscribe() }, t('events.subscribe'))),
      this.#controls(shown, period),
      h('p', { class: 'visually-hidden', role: 'status', key: 'status' }, this.#state === 'done' ? `${period.name}: ${plural('events.count', events.length)}` : ''),
      this.#content(shown, period, events));
  }

  /** @param {Showing} shown @param {import('./period').Period} period */
  #controls(shown, period) {
    const view = (/** @type {Showing['view']} */ name, /** @type {string} */ label) => h('li', { key: name },
      h('a', { href: addressOf({ ...shown, view: name }), 'aria-current': shown.view === name ? 'page' : null }, label));
    const networks = [...app.state.networks.values()].filter(({ role }) => role).sort((a, b) => local(a.name).localeCompare(local(b.name)));
    return h('div', { class: 'calendar-controls', key: 'controls' },
      h('div', { class: 'calendar-period' },
        iconButton('it-chevron-left', period.backLabel, { onclick: () => go(addressOf({ ...shown, date: period.before })) }),
        h('h2', { class: 'h5' }, period.name),
        iconButton('it-chevron-right', period.onLabel, { onclick: () => go(addressOf({ ...shown, date: period.after })) }),
        h('a', { class: 'btn btn-outline-primary btn-xs', href: addressOf({ ...shown, date: undefined }) }, t('events.today'))),
      h('nav', { class: 'view-switch', 'aria-label': t('events.views') }, h('ul', null,
        view('month', t('events.month')), view('week', t('events.week')), view('agenda', t('events.agenda')))),
      h('div', { class: 'calendar-network' }, h('label', { class: 'visually-hidden', for: 'calendar-network' }, t('events.network')),
        h('select', { id: 'calendar-network', class: 'form-control', onchange: (/** @type {Event & any} */ event) => (
          go(addressOf({ ...shown, network: Number(event.currentTarget.value) || undefined }))) },
        h('option', { value: '', '.selected': !shown.network }, t('events.allNetworks')),
        networks.map(({ id, name }) => h('option', { key: id, value: String(id), '.selected': shown.network === id }, local(name))))));
  }

  /** @param {Showing} shown @param {import('./period').Period} period @param {Event[]} events */
  #content(shown, period, events) {
    if (this.#state === 'failed') return h('div', { role: 'alert', key: 'failed' }, failure(errorText(this.#error), () => void this.#load(this.#asked)));
    if (this.#state === 'loading' && events.length === 0) return h('p', { class: 'state-text', key: 'loading' }, t('events.loading'));
    const list = events.length === 0
      ? h('p', { class: 'state-text', key: 'none' }, t('events.none'))
      : h('div', { key: 'list', class: 'agenda' }, agenda(events, { withNetwork: !shown.network, level: 'h3' }));
    if (shown.view === 'month') return [month(shown, period, events), h('div', { class: 'below-month', key: 'below' }, list)];
    return shown.view === 'week' ? week(period, events, !shown.network) : list;
  }

  /** @param {Showing} shown @param {import('./period').Period} period */
  #events(shown, period) {
    return [...app.state.events.values()].filter((event) => {
      const { first, last } = daysOf(event);
      return last >= period.from && first <= period.to && (!shown.network || event.network === shown.network);
    }).sort((a, b) => begins(a).localeCompare(begins(b)));
  }

  /** @param {string} filters */
  async #load(filters) {
    this.#asked = filters === '?' ? this.getAttribute('filters') ?? '' : filters;
    this.#state = 'loading';
    const asked = this.#asked;
    const shown = showing(asked);
    const { from, to } = periodOf(shown);
    try {
      // Days are where the community is: a day more on each side holds every zone's.
      await loadEvents({ from: dayAfter(from, -1), to: dayAfter(to, 1), ...(shown.network ? { network: shown.network } : {}) });
      if (asked !== this.#asked) return;
      this.#state = 'done';
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#error = error;
      this.#state = 'failed';
    }
    this.invalidate();
  }

  /** The secret address that other programs read. */
  async #subscribe() {
    try {
      const { url } = await app.command('calendar.feed', {});
      await showSecret({ title: t('events.feedTitle'), text: t('events.feedText'), label: t('events.feedLabel'), secret: new URL(url, location.origin).href });
      if (!await confirm({ title: t('events.feedKeepTitle'), text: t('events.feedKeepText'), action: t('events.feedRevoke') })) return;
      await app.command('calendar.revoke', {});
      showNotice(t('events.feedRevoked'));
    } catch (error) {
      showError(error);
    }
  }
}

/**
 * Seven days, the empty ones too.
 * @param {import('./period').Period} period
 * @param {Event[]} events
 * @param {boolean} withNetwork
 */
function week(period, events, withNetwork) {
  const today = dateOf(new Date().toISOString());
  return h('div', { class: 'week', key: 'week' }, Array.from({ length: 7 }, (_, index) => dayAfter(period.from, index)).map((day) => {
    const ones = events.filter((event) => daysOf(event).first <= day && daysOf(event).last >= day);
    return h('div', { class: `week-day ${day === today ? 'is-today' : ''}`, key: day },
      ones.length === 0
        ? [h('h3', { class: 'agenda-date' }, dayInWords(day)), h('p', { class: 'state-text' }, t('events.free'))]
        : agenda(ones.map((event) => (daysOf(event).first === day ? event : { ...event, start: { date: day }, end: { date: day } })), { withNetwork, level: 'h3' }));
  }));
}

customElements.define('m-calendar', CalendarView);
