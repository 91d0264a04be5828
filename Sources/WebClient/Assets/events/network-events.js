import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { runsNetwork } from '../networks/standing.js';
import { networkHeading, networkNotFound } from '../networks/tabs.js';
import { loadEvents } from './loading.js';
import { agenda } from './rows.js';
import { begins, isPast } from './when.js';
import { t } from '../i18n/i18n.js';

/** A network's events: what is to come, being prepared, and past. */
export class NetworkEvents extends View {
  /** @type {'loading' | 'done' | 'failed'} */ #state = 'loading';
  /** @type {unknown} */ #error;
  /** @type {string | undefined} */ #cursor;

  topics() {
    return ['networks', 'events', 'me'];
  }

  connected() {
    void this.#load();
    this.until(app.community.subscribe('events asked', () => void this.#load()));
  }

  render() {
    const network = app.state.networks.get(this.number('network') ?? 0);
    if (!network) return networkNotFound();
    const runs = runsNetwork(network);
    return h('div', { class: 'screen-text is-wide' }, networkHeading(network, 'events'),
      h('div', { class: 'event-acts', key: 'acts' },
        runs && !network.dormant && h('a', { class: 'btn btn-primary btn-sm', href: `/networks/${network.id}/events/new` }, t('events.new')),
        runs && !network.dormant && h('a', { class: 'btn btn-outline-primary btn-sm', href: `/networks/${network.id}/polls/new` }, t('events.newPoll')),
        h('a', { class: 'btn btn-outline-primary btn-sm', href: `/events?network=${network.id}` }, t('events.inCalendar'))),
      h('m-network-polls', { key: 'polls', network: network.id }),
      this.#content(network.id));
  }

  /** @param {number} network */
  #content(network) {
    const all = [...app.state.events.values()].filter((event) => event.network === network).sort((a, b) => begins(a).localeCompare(begins(b)));
    if (this.#state === 'failed') return h('div', { role: 'alert', key: 'failed' }, failure(errorText(this.#error), () => void this.#load()));
    if (this.#state === 'loading' && all.length === 0) return h('p', { class: 'state-text', role: 'status', key: 'loading' }, t('events.loading'));
    const now = new Date().toISOString();
    const drafts = all.filter(({ state }) => state === 'draft');
    const past = all.filter((event) => event.state !== 'draft' && (isPast(event) || (event.end.utc ?? `${event.end.date}T23:59:59Z`) < now));
    const coming = all.filter((event) => event.state !== 'draft' && !past.includes(event));
    return [
      drafts.length > 0 && part('drafts', t('events.drafts'), agenda(drafts, { withNetwork: false, level: 'h3' })),
      part('coming', t('events.coming'), coming.length === 0 ? h('p', { class: 'state-text' }, t('events.noneComing')) : agenda(coming, { withNetwork: false, level: 'h3' })),
      past.length > 0 && part('past', t('events.past'), agenda(past, { withNetwork: false, newest: true, level: 'h3' })),
      this.#cursor && h('button', { type: 'button', key: 'more', class: 'btn btn-outline-primary btn-sm', onclick: () => void this.#load(this.#cursor) }, t('events.loadMore')),
    ];
  }

  /** @param {string} [cursor] */
  async #load(cursor) {
    try {
      const query = { network: this.number('network'), newest: true, ...(cursor ? { cursor } : {}) };
      this.#cursor = (await loadEvents(query, 100)).cursor;
      this.#state = 'done';
    } catch (error) {
      this.#error = error;
      this.#state = 'failed';
    }
    this.invalidate();
  }
}

/** @param {string} key @param {string} title @param {import('../dom/h').Child} content */
function part(key, title, content) {
  return h('section', { key, class: 'event-part' }, h('h2', { class: 'h5' }, title), content);
}

customElements.define('m-network-events', NetworkEvents);
