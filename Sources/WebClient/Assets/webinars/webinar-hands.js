import { h } from '../dom/h.js';
import { announce } from '../dom/announcer.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { isOpen, webinarOf } from './facts.js';
import { gathered } from './gathered.js';
import { t } from '../i18n/i18n.js';

/** @typedef {{ person: { id: number, name: string }, at: string, called?: string }} Hand */

/** Who wants to speak at an event, while its room is open. */
export class WebinarHands extends View {
  /** @type {Hand[]} */ #hands = [];
  #asked = false;
  #again = gathered(() => void this.#load(), 200);

  get #id() {
    return this.number('event') ?? 0;
  }

  topics() {
    return ['events', `webinar/${this.#id}`];
  }

  connected() {
    this.until(app.connection.on('update', ({ type, data }) => {
      if (!type.startsWith('hand.') || data.event !== this.#id) return;
      if (type === 'hand.called' && data.person === app.me) announce(t('hands.yourTurn'));
      this.#again.ask();
    }));
    this.until(app.community.subscribe('events asked', () => this.#again.ask()));
  }

  disconnected() {
    this.#again.stop();
  }

  render() {
    const facts = webinarOf(this.#id);
    if (!facts?.part || !isOpen(facts, app.state.events.get(this.#id))) return null;
    if (!this.#asked) {
      this.#asked = true;
      void this.#load();
    }
    const mine = this.#hands.find(({ person }) => person.id === app.me);
    const waits = mine && !mine.called;
    return h('section', { class: 'live-part', 'aria-labelledby': 'hands-title' },
      h('div', { class: 'live-head' }, h('h2', { class: 'h5', id: 'hands-title' }, t('hands.title')),
        h('button', { type: 'button', class: `btn btn-sm ${waits ? 'btn-outline-primary' : 'btn-primary'}`, 'aria-pressed': String(Boolean(waits)), onclick: () => void act(waits ? 'hand.lower' : 'hand.raise', { event: this.#id }) },
          waits ? t('hands.lower') : t('hands.raise'))),
      mine?.called && h('p', { class: 'notice-inline is-info', key: 'turn' }, t('hands.yourTurn')),
      this.#hands.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('hands.none'))
        : h('ol', { class: 'live-list', key: 'list', 'aria-label': t('hands.title') }, this.#hands.map((hand) => this.#hand(hand, facts.part === 'facilitator'))));
  }

  /** @param {Hand} hand @param {boolean} runs */
  #hand({ person, called }, runs) {
    const body = { event: this.#id, person: person.id };
    return h('li', { class: 'live-row', key: person.id },
      h('span', { class: 'live-text' }, h('a', { href: `/people/${person.id}` }, person.name), ' ', called && h('span', { class: 'tag is-ok' }, t('hands.speaks'))),
      runs && h('span', { class: 'live-acts' },
        !called && h('button', { type: 'button', class: 'btn btn-primary btn-sm', key: 'call', 'aria-label': t('hands.callWhom', { name: person.name }), onclick: () => void act('hand.call', body) }, t('hands.call')),
        h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', key: 'lower', 'aria-label': t('hands.lowerWhose', { name: person.name }), onclick: () => void act('hand.lower', body) }, t('hands.done'))));
  }

  async #load() {
    try {
      this.#hands = (await app.query('hand.list', { event: this.#id })).hands;
      this.invalidate();
    } catch (error) {
      showError(error);
    }
  }
}

/** @param {string} command @param {object} body */
function act(command, body) {
  return app.command(command, body).catch(showError);
}

customElements.define('m-webinar-hands', WebinarHands);
