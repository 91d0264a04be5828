import { h } from '../dom/h.js';
import { announce } from '../dom/announcer.js';
import { failure } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { nextLook, untilOpen } from './countdown.js';
import { learnTime, loadWebinar, serverNow, touchWebinar, webinarOf } from './facts.js';
import { askRoom } from './room-settings.js';
import { clockTime } from '../dom/time.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./facts').Webinar} Webinar */

/** The way into an event's room: a button that opens when the room does, and says until then when that is. */
export class WebinarRoom extends View {
  /** @type {unknown} */ #error;
  /** @type {unknown} */ #refused;
  #busy = false;
  #asked = '';
  #timer = 0;
  #wasOpen = false;
  /** @type {string | undefined} */ #link;

  topics() {
    return ['events', 'networks'];
  }

  connected() {
    this.until(app.connection.on('update', ({ type, data }) => {
      if (type.startsWith('registration.') && data.event === this.number('event') && data.person === app.me) void this.#load();
    }));
  }

  disconnected() {
    window.clearTimeout(this.#timer);
  }

  get #facts() {
    return webinarOf(this.number('event') ?? 0);
  }

  get #event() {
    return app.state.events.get(this.number('event') ?? 0);
  }

  render() {
    const event = this.#event;
    if (!event) return null;
    // Another revision may have another room or another time.
    const asked = `${event.id} ${event.revision}`;
    if (asked !== this.#asked) {
      this.#asked = asked;
      void this.#load();
    }
    const facts = this.#facts;
    const runs = facts?.part === 'facilitator';
    if (this.#error) return h('div', { class: 'webinar-room', role: 'alert' }, failure(errorText(this.#error), () => void this.#load()));
    if (!facts || ['draft', 'cancelled', 'postponed'].includes(event.state) || (!facts.provider && !runs)) {
      return runs && event.state === 'draft' && h('div', { class: 'webinar-room' }, this.#head(), this.#settings(event));
    }
    return h('section', { class: 'webinar-room', 'aria-labelledby': 'webinar-title' }, this.#head(),
      facts.provider ? this.#way(facts) : h('p', null, t('webinar.noRoom')),
      runs && this.#settings(event));
  }

  #head() {
    return h('h2', { class: 'h5', id: 'webinar-title' }, t('webinar.title'));
  }

  /** @param {Webinar} facts */
  #way(facts) {
    const now = serverNow();
    const [opens, closes] = [Date.parse(facts.opens ?? ''), Date.parse(facts.closes ?? '')];
    if (now >= closes) return h('p', { key: 'closed' }, t('webinar.closed'));
    this.#lookAgain(now, facts);
    if (!facts.part) return h('p', { key: 'other' }, t('webinar.forSeated'));
    // What cannot be opened is said below, to who can change it.
    if (facts.ready === false) return null;
    const open = now >= opens;
    if (open && !this.#wasOpen && this.#timer) announce(t('webinar.nowOpen'));
    this.#wasOpen = open;
    return [
      // It can be reached by keyboard before it opens, and then says when that is.
      h('button', {
        type: 'button', class: 'btn btn-primary webinar-join', key: 'join', 'aria-disabled': open && !this.#busy ? null : 'true', 'aria-describedby': 'webinar-when',
        onclick: () => void this.#join(open),
      }, icon('it-video', open ? 'icon-sm icon-white' : 'icon-sm'), ' ', this.#busy ? t('webinar.opening') : t('webinar.join')),
      h('p', { class: 'card-detail', id: 'webinar-when', key: 'when' }, open ? t('webinar.openUntil', { hour: clockTime(facts.closes ?? '') }) : untilOpen(facts.opens ?? '', now)),
      this.#link && h('p', { key: 'link' }, h('a', { href: this.#link, target: '_blank', rel: 'noopener noreferrer' }, t('webinar.openHere'))),
      this.#refused && h('p', { class: 'notice-inline is-danger', role: 'alert', key: 'refused' }, this.#why(this.#refused)),
      open && h('p', { class: 'card-detail', key: 'own' }, t('webinar.ownLink')),
    ];
  }

  /** @param {import('../wire/protocol').Event} event */
  #settings(event) {
    const network = app.state.networks.get(event.network);
    if (network?.dormant || ['ended', 'minuted', 'archived'].includes(event.state)) return null;
    const provider = this.#facts?.provider;
    return h('div', { class: 'webinar-settings', key: 'settings' },
      provider && this.#facts?.ready === false && h('p', { class: 'notice-inline is-warning' }, t('webinar.notReady', { provider: PROVIDERS[provider] ?? provider })),
      h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: () => void askRoom(event) }, provider ? t('webinar.changeRoom') : t('webinar.chooseRoom')));
  }

  /** @param {number} now @param {Webinar} facts */
  #lookAgain(now, facts) {
    window.clearTimeout(this.#timer);
    const opens = Date.parse(facts.opens ?? '');
    const wait = now < opens ? nextLook(facts.opens ?? '', now) : Math.min(Date.parse(facts.closes ?? '') - now, 12 * 3_600_000);
    this.#timer = window.setTimeout(() => {
      this.invalidate();
      touchWebinar(facts.event);
    }, wait + 20);
  }

  /** @param {boolean} open */
  async #join(open) {
    if (!open || this.#busy) return;
    this.#busy = true;
    this.#refused = undefined;
    // Opened by the click itself, else the browser takes it for an advertisement.
    const tab = window.open('', '_blank');
    this.draw();
    try {
      const { url } = await app.command('webinar.join', { event: this.number('event') });
      if (tab) {
        tab.opener = null;
        tab.location.replace(url);
      } else {
        this.#link = url;
      }
    } catch (error) {
      tab?.close();
      this.#refuse(error);
    }
    this.#busy = false;
    this.draw();
  }

  /** @param {any} error */
  #refuse(error) {
    const wait = error?.refusal?.retryAfterMs;
    // Our clock is ahead of the server's: the countdown follows the server.
    if (error?.code === 'too_early' && wait) learnTime(Date.parse(this.#facts?.opens ?? '') - wait);
    else this.#refused = error;
    if (['closed', 'conflict', 'forbidden'].includes(error?.code)) void this.#load();
  }

  /** @param {any} error */
  #why(error) {
    if (error?.code === 'unavailable') return error?.retryable ? t('webinar.roomAway') : t('webinar.notReadyShort');
    if (error?.code === 'closed') return t('webinar.closed');
    return errorText(error);
  }

  async #load() {
    try {
      await loadWebinar(this.number('event') ?? 0);
      this.#error = undefined;
    } catch (error) {
      this.#error = error;
    }
    this.invalidate();
  }
}

/** @type {Record<string, string>} */
const PROVIDERS = { jitsi: 'Jitsi', bigbluebutton: 'BigBlueButton' };

customElements.define('m-webinar-room', WebinarRoom);
