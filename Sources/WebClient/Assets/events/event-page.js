import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { errorText } from '../shell/errors.js';
import { runsNetwork } from '../networks/standing.js';
import { bodiesInWords, isForMine } from '../networks/sub-bodies.js';
import { actsOf } from './event-acts.js';
import { cityNames, loadEvent } from './loading.js';
import { hereWhen, when } from './when.js';
import { clashInWords, kindName, numberInSeries, stateTag } from './words.js';
import { local, plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */

/** One event: what, when, where, with whom; and what who runs it may do. */
export class EventPage extends View {
  /** @type {'loading' | 'done' | 'failed'} */ #state = 'loading';
  /** @type {any} */ #error;
  /** @type {Map<number, string>} */ #cities = new Map();

  topics() {
    return ['events', 'networks', 'bodies', 'me'];
  }

  connected() {
    void this.#load();
    this.until(app.community.subscribe('events asked', () => void this.#load()));
    this.until(app.connection.on('update', ({ type, data }) => {
      if (type === 'notification.added' && data.event === this.number('event')) this.#markRead();
    }));
  }

  get #event() {
    return app.state.events.get(this.number('event') ?? 0);
  }

  render() {
    const event = this.#event;
    if (!event) {
      if (this.#state === 'loading') return h('div', { class: 'screen-text' }, backLink(), h('p', { class: 'state-text', role: 'status' }, t('events.loading')));
      const hidden = this.#error?.code === 'not_found' || this.#state === 'done';
      return h('div', { class: 'screen-text' }, backLink(), h('h1', { class: 'h3' }, hidden ? t('events.hidden') : t('events.one')),
        hidden ? h('p', null, t('events.hiddenText')) : h('div', { role: 'alert' }, failure(errorText(this.#error), () => void this.#load())));
    }
    const network = app.state.networks.get(event.network);
    const runs = network !== undefined && runsNetwork(network) && !network.dormant;
    return h('article', { class: 'screen-text is-wide event-page' }, backLink(network ? `/networks/${network.id}/events` : '/events'),
      h('p', { class: 'overline', key: 'over' }, [kindName(event.kind), network && local(network.name)].filter(Boolean).join(' · ')),
      h('h1', { class: 'h3', key: 'title' }, event.title),
      h('p', { class: 'event-tags', key: 'tags' }, stateTag(event), event.series && h('a', { class: 'tag is-accent series-link', key: 'series', href: `/series/${event.series.id}`, 'aria-label': t('series.toAll', { number: numberInSeries(event) ?? '' }) }, numberInSeries(event)),
        isForMine(event.addressed) && h('span', { class: 'tag is-warm', key: 'mine' }, t('addressed.mine')),
        event.partOf && h('span', { class: 'tag', key: 'part' }, event.partOf)),
      this.#notices(event, runs),
      runs && h('div', { class: 'event-acts', key: 'acts' }, actsOf(event)),
      h('div', { class: 'event-columns', key: 'columns' },
        h('div', { class: 'event-main', key: 'main' }, facts(event, this.#cities), event.state !== 'draft' && h('m-attendee-messages', { event: event.id, key: 'attendee-messages' }), this.#text(event), speakers(event), agendaOf(event), former(event),
          h('m-webinar-hands', { event: event.id, key: 'hands' }), h('m-live-polls', { event: event.id, key: 'live-polls' }), h('m-webinar-questions', { event: event.id, key: 'questions' }),
          h('m-webinar-materials', { event: event.id, key: 'materials' })),
        h('aside', { class: 'event-side', key: 'side', 'aria-label': t('events.taking') }, seats(event),
          // Where one registers, once the capability for it is loaded.
          customElements.get('m-registration') && h('m-registration', { event: event.id, key: 'registration' }),
          h('m-webinar-room', { event: event.id, key: 'room' }),
          event.state !== 'draft' && h('m-own-attendance', { event: event.id, key: 'attendance' }),
          event.state !== 'draft' && h('p', { key: 'ics' }, h('a', { class: 'btn btn-outline-primary btn-sm', href: `/events/${event.id}.ics`, download: '' },
            icon('it-calendar', 'icon-sm icon-primary'), ' ', t('events.addToCalendar'))))),
      event.state !== 'draft' && h('m-event-solutions', { event: event.id, key: 'solutions' }),
      !['draft', 'cancelled', 'postponed'].includes(event.state) && h('m-event-minutes', { event: event.id, key: 'minutes' }),
      runs && ['live', 'ended', 'minuted', 'archived'].includes(event.state) && h('m-event-attendance', { event: event.id, key: 'attendance' }));
  }

  /** @param {Event} event @param {boolean} runs */
  #notices(event, runs) {
    return [
      event.state === 'draft' && h('p', { class: 'notice-inline is-warning', key: 'draft' }, t('events.draftText')),
      event.state === 'cancelled' && h('p', { class: 'notice-inline is-danger', key: 'off' }, t('events.cancelledText', { reason: event.reason ?? '–' })),
      event.state === 'postponed' && h('p', { class: 'notice-inline is-danger', key: 'off' }, t('events.postponedText', { reason: event.reason ?? '–' })),
      event.state === 'published' && (event.formerly?.length ?? 0) > 0 && h('p', { class: 'notice-inline is-info', key: 'moved' },
        t('events.movedText', { when: when(/** @type {any} */ (event.formerly?.at(-1))) }), event.reason ? ` ${event.reason}` : ''),
      (event.clashes ?? []).length > 0 && h('div', { class: 'notice-inline is-warning', key: 'clashes' },
        h('p', null, runs ? t('events.clashes') : t('events.ownClashes')),
        h('ul', { class: 'rule-list' }, (event.clashes ?? []).map((clash, index) => h('li', { key: index }, clashInWords(clash, runs))))),
    ];
  }

  /** @param {Event} event */
  #text(event) {
    return event.html && h('div', { class: 'message-text event-text', key: 'text', html: event.html });
  }

  /** Whoever sees the page knows what was told of the event. */
  #markRead() {
    if (app.state.notifications.unread > 0) void app.command('notification.read', { event: this.number('event') }).catch(() => undefined);
  }

  async #load() {
    try {
      const { hostCity, guestCity } = await loadEvent(this.number('event') ?? 0);
      this.#state = 'done';
      this.#markRead();
      if (hostCity || guestCity) this.#cities = await cityNames().catch(() => this.#cities);
    } catch (error) {
      this.#error = error;
      this.#state = 'failed';
    }
    this.invalidate();
  }
}

/** @param {Event} event @param {Map<number, string>} cities */
function facts(event, cities) {
  const here = hereWhen(event);
  const fact = (/** @type {string} */ key, /** @type {string} */ name, /** @type {import('../dom/h').Child} */ value) => value && h('div', { key }, h('dt', null, name), h('dd', null, value));
  return h('dl', { class: 'fact-list', key: 'facts' },
    fact('when', t('events.when'), [h('span', null, when(event)), here && h('span', { class: 'cell-detail' }, t('events.here', { when: here }))]),
    fact('place', t('events.place'), event.place),
    fact('room', t('events.room'), event.room && [h('span', null, event.room.provider === 'link' ? t('events.online') : t('events.onlineIn', { provider: PROVIDERS[event.room.provider] ?? event.room.provider })),
      event.room.url && h('span', { class: 'cell-detail' }, event.room.url)]),
    fact('host', t('events.hostCity'), event.hostCity && cities.get(event.hostCity)), fact('guest', t('events.guestCity'), event.guestCity && cities.get(event.guestCity)),
    fact('addressed', t('addressed.label'), event.addressed?.length ? bodiesInWords(event.addressed, event.network) : undefined),
    fact('organisers', t('events.organisers'), (event.organisers ?? []).map(({ name }) => name).join(', ')),
    event.state === 'published' && [
      fact('opens', t('events.registrationOpens'), event.registration?.opens?.utc && event.registration.opens.utc > new Date().toISOString() && moment(event.registration.opens)),
      fact('closes', t('events.registrationCloses'), event.registration?.closes?.utc && event.registration.closes.utc !== event.start.utc && moment(event.registration.closes)),
      fact('cancelBy', t('events.registrationCancelBy'), event.registration?.cancelBy?.utc && event.registration.cancelBy.utc !== event.start.utc && moment(event.registration.cancelBy)),
    ]);
}

/** @param {Event['start']} time */
function moment(time) {
  return when({ start: time, end: time }).replace(/–[^–]*$/, '');
}

/** @type {Record<string, string>} */
const PROVIDERS = { jitsi: 'Jitsi', bigbluebutton: 'BigBlueButton' };

/** @param {Event} event */
function speakers(event) {
  return (event.speakers ?? []).length > 0 && h('section', { key: 'speakers' }, h('h2', { class: 'h5' }, t('events.speakers')),
    h('ul', { class: 'speaker-list' }, (event.speakers ?? []).map(({ person, name, title }, index) => h('li', { key: index },
      person ? h('a', { href: `/people/${person}` }, name) : h('span', null, name), title && h('span', { class: 'card-detail' }, title)))));
}

/** @param {Event} event */
function agendaOf(event) {
  return (event.agenda ?? []).length > 0 && h('section', { key: 'agenda' }, h('h2', { class: 'h5' }, t('events.programme')),
    h('ol', { class: 'programme-list' }, (event.agenda ?? []).map(({ title, at, minutes, speaker }, index) => h('li', { key: index },
      h('span', { class: 'programme-hour' }, at ?? ''), h('span', null, title,
        (speaker || minutes) && h('span', { class: 'card-detail' }, [speaker, minutes && plural('events.minutes', minutes)].filter(Boolean).join(' · ')))))));
}

/** @param {Event} event */
function former(event) {
  const times = event.formerly ?? [];
  return times.length > 1 && h('section', { key: 'former' }, h('h2', { class: 'h5' }, t('events.formerly')),
    h('ul', { class: 'rule-list' }, times.map((time, index) => h('li', { key: index }, when(time)))));
}

/** @param {Event} event */
function seats(event) {
  const { confirmed, waiting } = event.counts ?? { confirmed: 0, waiting: 0 };
  return h('div', { class: 'seats', key: 'seats' }, h('h2', { class: 'h5' }, t('events.taking')),
    h('p', { class: 'seats-line', role: 'status' }, event.capacity === undefined ? plural('events.confirmed', confirmed) : t('events.seats', { confirmed, capacity: event.capacity })),
    event.capacity !== undefined && event.capacity > 0 && h('progress', { max: event.capacity, value: Math.min(confirmed, event.capacity), 'aria-label': t('events.seatsTaken') }),
    waiting > 0 && h('p', { class: 'card-detail', key: 'waiting' }, plural('events.waiting', waiting)),
    event.approval && h('p', { class: 'card-detail', key: 'approval' }, t('events.approved')));
}

customElements.define('m-event', EventPage);
