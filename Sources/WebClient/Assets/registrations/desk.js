import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { errorText } from '../shell/errors.js';
import { showError, showNotice } from '../shell/notices.js';
import { runsNetwork } from '../networks/standing.js';
import { Filters } from '../admin/filters.js';
import { loadEvent } from '../events/loading.js';
import { when } from '../events/when.js';
import { loadForm } from './answers.js';
import { checkIn } from './check-in.js';
import { actLabel, addPerson, askBefore, DESK_ACTS, doAct, isDangerous, mayAct } from './desk-acts.js';
import { DeskList, filtered } from './desk-list.js';
import { askPlace } from './desk-queue.js';
import { deskTable } from './desk-table.js';
import { tableAddress } from './desk-import.js';
import { refusalText, stateName } from './words.js';
import { excess } from './window.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Registration} Registration */
/** @typedef {import('../wire/protocol').Event} Event */
/** @typedef {import('./desk-acts').Act} Act */

const SHOWN_AT_ONCE = 200;
const STATES = ['requested', 'confirmed', 'checked_in', 'waitlisted', 'offered', 'invited', 'attended', 'partial', 'no_show'];

/** An event's registrations as who runs it sees them: approving, registering colleagues, checking in. */
export class EventDesk extends View {
  /** @type {DeskList} */ #list = new DeskList(0, this.invalidate);
  /** @type {import('../wire/protocol').FormQuestion[]} */ #questions = [];
  #filters = new Filters('desk', { state: '', text: '' }, () => {
    this.#shown = SHOWN_AT_ONCE;
    this.invalidate();
  });
  /** @type {Set<number>} */ #chosen = new Set();
  /** @type {Set<number>} */ #busy = new Set();
  /** @type {{ act: Act, done: number, of: number } | undefined} */ #progress;
  #isStopped = false;
  #shown = SHOWN_AT_ONCE;
  #door = '';

  topics() {
    return ['events', 'networks', 'people'];
  }

  connected() {
    const event = this.number('event') ?? 0;
    this.#list = new DeskList(event, this.invalidate);
    this.until(this.#list.follow());
    void this.#load();
  }

  render() {
    const event = app.state.events.get(this.number('event') ?? 0);
    const network = event && app.state.networks.get(event.network);
    const isDoor = this.getAttribute('mode') === 'check-in';
    const back = backLink(isDoor ? `/events/${this.number('event')}/desk` : `/events/${this.number('event')}`);
    const title = h('h1', { class: 'h3', key: 'title' }, isDoor ? t('registrations.door.title') : t('registrations.desk.title'));
    if (this.#list.state === 'denied' || (event && network && !runsNetwork(network))) {
      return h('div', { class: 'screen-text' }, back, title, h('p', { class: 'notice-inline is-info', key: 'denied' }, t('list.denied')));
    }
    if (this.#list.state === 'failed') return h('div', { class: 'screen-text' }, back, title, h('div', { role: 'alert', key: 'failed' }, failure(errorText(this.#list.error), () => void this.#load())));
    if (!event || this.#list.state === 'loading') return h('div', { class: 'screen-text' }, back, title, h('p', { class: 'state-text', role: 'status', key: 'loading' }, t('list.loading')));
    return h('div', { class: `screen-text ${isDoor ? '' : 'is-wide'} desk` }, back,
      h('p', { class: 'overline', key: 'over' }, event.title), title,
      h('p', { class: 'text-secondary', key: 'when' }, when(event)),
      isDoor ? checkIn({
        rows: this.#list.rows, text: this.#door, busy: this.#busy,
        onsearch: (text) => { this.#door = text; this.invalidate(); },
        oncome: (row) => void this.#one('checkIn', row), onundo: (row) => void this.#one('undo', row),
      }) : this.#desk(event, network?.dormant === true));
  }

  /** @param {Event} event @param {boolean} isDormant */
  #desk(event, isDormant) {
    const { state, text } = this.#filters.values;
    const all = filtered(this.#list.rows, state, text);
    const rows = all.slice(0, this.#shown);
    const over = excess(event);
    return [
      this.#counts(event),
      over > 0 && h('p', { class: 'notice-inline is-warning', key: 'over-capacity' }, plural('registrations.desk.excess', over, { capacity: event.capacity ?? 0 })),
      this.#list.isCut && h('p', { class: 'notice-inline is-info', key: 'cut' }, t('registrations.desk.cut', { n: this.#list.rows.length })),
      h('div', { class: 'event-acts', key: 'acts' },
        !isDormant && h('a', { class: 'btn btn-primary btn-sm', key: 'door', href: `/events/${event.id}/desk/check-in` }, t('registrations.door.title')),
        !isDormant && h('button', { type: 'button', key: 'add', class: 'btn btn-outline-primary btn-sm', onclick: () => void this.#add(event) }, t('registrations.desk.add')),
        !isDormant && h('a', { class: 'btn btn-outline-primary btn-sm', key: 'messages', href: `/events/${event.id}/desk/messages` }, t('registrations.messages.act')),
        h('a', { key: 'csv', class: 'btn btn-outline-primary btn-sm', href: tableAddress(event.id), download: '' },
          icon('it-download', 'icon-sm icon-primary'), ' ', t('registrations.desk.csv')),
        !isDormant && h('a', { class: 'btn btn-outline-primary btn-sm', key: 'import', href: `/events/${event.id}/desk/import` }, t('registrations.import.act'))),
      h('div', { class: 'filters', key: 'filters' }, this.#filters.choice('state', t('registrations.desk.state'), [
        { value: '', label: t('registrations.desk.active') }, { value: 'seat', label: t('registrations.desk.seated') },
        ...STATES.map((value) => ({ value, label: stateName(value) })), { value: 'gone', label: t('registrations.desk.gone') }]),
      this.#filters.text('text', t('registrations.desk.text'))),
      !isDormant && this.#bulk(event, all),
      rows.length === 0
        ? h('p', { class: 'state-text', role: 'status', key: 'none' }, this.#list.rows.length === 0 ? t('registrations.desk.none') : t('registrations.desk.noneFiltered'))
        : [h('p', { class: 'list-count', role: 'status', key: 'count' }, plural('registrations.desk.count', all.length)),
          deskTable({ event, rows, questions: this.#questions, chosen: this.#chosen, busy: this.#progress !== undefined, isDormant, onchoose: this.#choose, onmove: (row) => void askPlace(row, this.#list.rows.filter(({ state }) => state === 'waitlisted').length, this.#list.load), onact: (act, row) => void this.#one(act, row) })],
      all.length > rows.length && h('button', { type: 'button', key: 'more', class: 'btn btn-outline-primary btn-sm more-button', onclick: () => { this.#shown += SHOWN_AT_ONCE; this.invalidate(); } }, t('list.more')),
    ];
  }

  /** @param {Event} event */
  #counts({ counts, capacity }) {
    const { confirmed, waiting, offered, requested } = counts ?? { confirmed: 0, waiting: 0, offered: 0, requested: 0 };
    const count = (/** @type {string} */ key, /** @type {number | string} */ value, /** @type {string} */ label) => h('div', { key }, h('dt', null, label), h('dd', null, String(value)));
    return h('dl', { class: 'desk-counts', key: 'counts' },
      count('confirmed', capacity === undefined ? confirmed : t('registrations.desk.seatsOf', { confirmed, capacity }), t('registrations.desk.seats')),
      requested > 0 && count('requested', requested, stateName('requested')), waiting > 0 && count('waiting', waiting, stateName('waitlisted')),
      offered > 0 && count('offered', offered, t('registrations.desk.offered')));
  }

  /** @param {Event} event @param {Registration[]} all */
  #bulk(event, all) {
    if (this.#progress) {
      const { done, of } = this.#progress;
      return h('div', { class: 'bulk-bar', key: 'bulk', role: 'status' }, t('registrations.desk.progress', { act: actLabel(this.#progress.act), done, of }),
        h('button', { type: 'button', key: 'stop', class: 'btn btn-outline-primary btn-sm', onclick: () => { this.#isStopped = true; } }, t('registrations.desk.stop')));
    }
    const chosen = all.filter(({ id }) => this.#chosen.has(id));
    return h('div', { class: 'bulk-bar', key: 'bulk' },
      h('label', { class: 'check', key: 'all' }, h('input', { type: 'checkbox', '.checked': chosen.length > 0 && chosen.length === all.length, disabled: all.length === 0,
        onchange: (/** @type {InputEvent} */ change) => { this.#chosen = new Set(/** @type {HTMLInputElement} */ (change.currentTarget).checked ? all.map(({ id }) => id) : []); this.invalidate(); } }),
      chosen.length > 0 ? plural('registrations.desk.chosen', chosen.length) : t('registrations.desk.chooseAll')),
      DESK_ACTS.map((act) => ({ act, rows: chosen.filter((row) => mayAct(act, row, event)) })).filter(({ rows }) => rows.length > 0).map(({ act, rows }) => (
        h('button', { type: 'button', key: act, class: `btn btn-sm ${isDangerous(act) ? 'btn-outline-danger' : 'btn-outline-primary'}`, onclick: () => void this.#many(act, rows) },
          `${actLabel(act)} (${rows.length})`))));
  }

  /** @param {Registration} row @param {boolean} isChosen */
  #choose = (row, isChosen) => {
    if (isChosen) this.#chosen.add(row.id);
    else this.#chosen.delete(row.id);
    this.invalidate();
  };

  async #load() {
    const event = this.number('event') ?? 0;
    await Promise.all([
      this.#list.load(),
      loadEvent(event).catch(() => undefined),
      loadForm(event).then((questions) => { this.#questions = questions; }, () => undefined),
    ]);
    this.invalidate();
  }

  /** @param {Act} act @param {Registration} row */
  async #one(act, row) {
    const asked = await askBefore(act, [row]);
    if (!asked || this.#busy.has(row.id)) return;
    this.#busy.add(row.id);
    this.invalidate();
    try {
      await doAct(act, row, asked.reason);
    } catch (error) {
      const words = refusalText(error);
      if (words) showNotice(words);
      else showError(error);
    }
    // The button is there again when what it would do is known.
    await this.#list.load();
    this.#busy.delete(row.id);
    this.invalidate();
  }

  /** @param {Act} act @param {Registration[]} rows */
  async #many(act, rows) {
    const asked = await askBefore(act, rows);
    if (!asked) return;
    this.#isStopped = false;
    let [failed, done] = [0, 0];
    for (const row of rows) {
      if (this.#isStopped || !this.isConnected) break;
      this.#progress = { act, done, of: rows.length };
      this.invalidate();
      await doAct(act, row, asked.reason).then(() => this.#chosen.delete(row.id), () => { failed += 1; });
      done += 1;
    }
    this.#progress = undefined;
    showNotice(failed > 0 ? t('registrations.desk.someFailed', { done: done - failed, failed }) : plural('registrations.desk.done', done));
    await this.#list.load();
  }

  /** @param {Event} event */
  async #add(event) {
    // What is left of each choice, as it is now.
    this.#questions = await loadForm(event.id).catch(() => this.#questions);
    if (await addPerson(event, this.#questions)) await this.#list.load();
  }
}

customElements.define('m-event-desk', EventDesk);
