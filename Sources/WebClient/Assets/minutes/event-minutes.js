import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { fullTime } from '../dom/time.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { runsNetwork } from '../networks/standing.js';
import { overdueInWords } from './due.js';
import { addAction, amend, approve, changeAction, decide, setDone, share, write } from './minutes-acts.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */

/**
 * @typedef {object} Minutes
 * @property {number} revision
 * @property {'draft' | 'shared' | 'approved'} state
 * @property {string} text
 * @property {string} html
 * @property {{ person?: { id: number, name: string }, html: string, at: string }[]} amendments
 * @property {boolean} mayAmend
 * @property {string} [hash]
 * @property {{ id: number, name: string }} [approvedBy]
 * @property {string} [approved]
 */

/** @typedef {{ id: number, number: number, html: string, supersedes?: number, supersededBy?: number }} Decision */
/** @typedef {{ id: number, network: number, text: string, owner?: { id: number, name: string }, due: string, done: boolean }} Action */

/** What an event came to: its minutes, its decisions, and what somebody is to do. */
export class EventMinutes extends View {
  /** @type {Minutes | undefined} */ #minutes;
  /** @type {Decision[]} */ #decisions = [];
  /** @type {Action[]} */ #actions = [];
  /** @type {any} */ #error;
  #loaded = false;
  #ledTo = '';

  topics() {
    return ['events', 'networks', 'place'];
  }

  connected() {
    void this.#load();
    this.until(app.community.subscribe('minutes', () => void this.#load()));
  }

  render() {
    const event = app.state.events.get(this.number('event') ?? 0);
    if (!event) return null;
    if (this.#error && !this.#loaded) return h('div', { role: 'alert' }, failure(errorText(this.#error), () => void this.#load()));
    if (!this.#loaded) return null;
    const network = app.state.networks.get(event.network);
    const runs = network !== undefined && runsNetwork(network) && !network.dormant;
    const isEmpty = !this.#minutes && this.#decisions.length === 0 && this.#actions.length === 0;
    if (isEmpty && !runs) return null;
    return [this.#text(event, runs), this.#decided(event, runs), this.#toDo(event, runs)];
  }

  /** @param {Event} event @param {boolean} runs */
  #text(event, runs) {
    const minutes = this.#minutes;
    const act = (/** @type {string} */ key, /** @type {string} */ label, /** @type {() => void} */ onclick, look = 'btn-outline-primary') => (
      h('button', { type: 'button', key, class: `btn ${look} btn-sm`, onclick }, label));
    const over = ['ended', 'minuted', 'archived'].includes(event.state);
    return (minutes || runs) && h('section', { class: 'minutes', key: 'minutes' },
      h('div', { class: 'section-head' }, h('h2', { class: 'h5' }, t('minutes.title')), minutes && h('span', { class: 'tag' }, stateName(minutes.state))),
      !minutes && h('p', { class: 'state-text', key: 'none' }, t('minutes.none')),
      minutes && h('div', { class: 'message-text event-text', key: 'text', html: minutes.html }),
      minutes && minutes.state === 'approved' && h('p', { class: 'card-detail', key: 'approved' },
        t('minutes.approvedBy', { name: minutes.approvedBy?.name ?? '–', when: minutes.approved ? fullTime(minutes.approved) : '' }), ' ',
        h('span', { class: 'minutes-hash' }, t('minutes.hash', { hash: minutes.hash ?? '' }))),
      minutes && minutes.amendments.length > 0 && h('div', { key: 'amendments' }, h('h3', { class: 'h6' }, t('minutes.amendments')),
        h('ul', { class: 'amendment-list' }, minutes.amendments.map((amendment, index) => h('li', { key: index },
          h('p', { class: 'card-detail' }, `${amendment.person?.name ?? '–'}, ${fullTime(amendment.at)}`), h('div', { class: 'message-text', html: amendment.html }))))),
      h('div', { class: 'section-acts', key: 'acts' },
        runs && minutes?.state !== 'approved' && act('write', minutes ? t('minutes.edit') : t('minutes.write'), () => void write(event.id, minutes), minutes ? undefined : 'btn-primary'),
        runs && minutes?.state === 'draft' && act('share', t('minutes.share'), () => void share(event.id, minutes), 'btn-primary'),
        minutes?.mayAmend && act('amend', t('minutes.amend'), () => void amend(event.id, minutes)),
        runs && over && minutes?.state === 'shared' && act('approve', t('minutes.approve'), () => void approve(event.id, minutes), 'btn-primary')));
  }

  /** @param {Event} event @param {boolean} runs */
  #decided(event, runs) {
    return (this.#decisions.length > 0 || runs) && h('section', { class: 'minutes', key: 'decisions' }, h('h2', { class: 'h5' }, t('minutes.decisions')),
      this.#decisions.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('minutes.noDecisions'))
        : h('ol', { class: 'decision-list', key: 'list' }, this.#decisions.map((decision) => h('li', { key: decision.id, id: `decision-${decision.id}` },
          h('span', { class: 'decision-number' }, t('minutes.number', { number: decision.number })),
          h('div', { class: 'message-text', html: decision.html, tabindex: '-1' }),
          decision.supersededBy && h('p', { class: 'card-detail' }, t('minutes.superseded'))))),
      runs && h('div', { class: 'section-acts', key: 'acts' },
        h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: () => void decide(event.id, this.#decisions) }, t('minutes.decide'))));
  }

  /** @param {Event} event @param {boolean} runs */
  #toDo(event, runs) {
    const me = app.state.me?.id;
    return (this.#actions.length > 0 || runs) && h('section', { class: 'minutes', key: 'actions' }, h('h2', { class: 'h5' }, t('minutes.actions')),
      this.#actions.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('minutes.noActions'))
        : h('ul', { class: 'action-list', key: 'list' }, this.#actions.map((action) => h('li', { key: action.id },
          h('label', null, h('input', {
            type: 'checkbox', '.checked': action.done, disabled: !runs && action.owner?.id !== me,
            onchange: (/** @type {any} */ { target }) => void setDone(action.id, target.checked),
          }), h('span', { class: action.done ? 'is-done' : null }, action.text)),
          h('span', { class: 'card-detail' }, t('minutes.by', { name: action.owner?.name ?? '–', due: dayName(action.due) }),
            overdueInWords(action) && [' ', h('span', { class: 'tag is-bad' }, overdueInWords(action))]),
          runs && h('span', { class: 'card-detail', key: 'acts' }, h('button', { type: 'button', class: 'act-button', 'aria-label': t('tasks.changeOne', { text: action.text }),
            onclick: () => void changeAction(action) }, t('tasks.change')))))),
      runs && h('div', { class: 'section-acts', key: 'acts' },
        h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: () => void addAction(event) }, t('minutes.addAction'))));
  }

  /** Who follows a link to a decision is led to it, once it is there. */
  rendered() {
    const anchor = /^#(decision-\d+)$/.exec(location.hash)?.[1];
    const decision = anchor && this.#ledTo !== anchor ? document.getElementById(anchor) : null;
    if (!anchor || !decision) return;
    this.#ledTo = anchor;
    decision.scrollIntoView({ block: 'nearest' });
    const text = decision.querySelector('.message-text');
    if (text instanceof HTMLElement) text.focus({ preventScroll: true });
  }

  async #load() {
    const event = this.number('event') ?? 0;
    try {
      const [minutes, decisions, actions] = await Promise.all([
        app.query('minutes.get', { event }).catch((/** @type {any} */ error) => {
          if (error?.code === 'not_found') return undefined;
          throw error;
        }),
        app.query('decision.list', { event, limit: 200 }), app.query('action.list', { event }),
      ]);
      this.#minutes = minutes;
      this.#decisions = [...decisions.decisions].reverse();
      this.#actions = actions.actions;
      this.#loaded = true;
      this.#error = undefined;
    } catch (error) {
      this.#error = error;
    }
    this.invalidate();
  }
}

/** @type {Record<string, { text: string }>} */
const STATES = { draft: { text: 'minutes.state.draft' }, shared: { text: 'minutes.state.shared' }, approved: { text: 'minutes.state.approved' } };

/** @param {string} state */
function stateName(state) {
  return t(STATES[state]?.text ?? state);
}

/** @param {string} day */
function dayName(day) {
  const [year, month, date] = day.split('-').map(Number);
  return `${date}/${String(month).padStart(2, '0')}/${year}`;
}

customElements.define('m-event-minutes', EventMinutes);
