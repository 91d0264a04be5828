import { h } from '../dom/h.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { problemText } from '../dom/form-problems.js';
import { localTime } from '../dom/time.js';
import { View } from '../dom/view.js';
import { dayInWords, when } from './when.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */
/** @typedef {{ index: number, start: Event['start'], end: Event['end'], change: 'new' | 'same' | 'moved' | 'cancelled' | 'over', event?: number, problem?: string }} Previewed */

const GATHER_MS = 300;

/** @type {Record<Previewed['change'], { text: string, look: string }>} */
const CHANGES = {
  new: { text: 'series.change.new', look: 'is-ok' }, same: { text: 'series.change.same', look: '' }, moved: { text: 'series.change.moved', look: 'is-warm' },
  cancelled: { text: 'series.change.cancelled', look: 'is-bad' }, over: { text: 'series.change.over', look: '' },
};

/** The dates that a rule gives, asked of the server while one still chooses, with those that cannot be. */
export class DatesPreview extends View {
  /** Whether it tells what becomes of the dates of a series that there is. */
  withChanges = false;
  /** @type {Previewed[]} */ #dates = [];
  /** @type {unknown} */ #error;
  #state = 'loading';
  #asked = '';
  #timer = 0;

  /** Whether some date cannot be. */
  get isBroken() {
    return this.#dates.some(({ problem }) => problem);
  }

  /**
   * Asks once choosing pauses.
   * @param {{ rule: string, start: Event['start'], end: Event['end'], series?: number }} wanted
   */
  set wanted({ rule, start, end, series }) {
    const query = {
      ...(series ? { series } : {}), rule, start: start.local ?? start.date, end: end.local ?? end.date, ...(start.local && start.zone ? { zone: start.zone } : {}),
    };
    const asked = JSON.stringify(query);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#state = 'loading';
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#load(query, asked), GATHER_MS);
    this.invalidate();
  }

  disconnected() {
    window.clearTimeout(this.#timer);
  }

  /** @param {object} query @param {string} asked */
  async #load(query, asked) {
    try {
      const { events } = await app.query('series.preview', query);
      if (asked !== this.#asked) return;
      this.#dates = events;
      this.#error = undefined;
      this.#state = 'ready';
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#dates = [];
      this.#error = error;
      this.#state = 'failed';
    }
    this.invalidate();
  }

  render() {
    const { withChanges } = this;
    return h('div', { class: 'dates-preview' }, h('p', { class: 'list-count', role: 'status', key: 'state' }, this.#words()),
      h('ol', { class: 'dates-list', key: 'list', tabindex: '0', 'aria-label': t('series.datesTitle') }, this.#dates.map((date) => h('li', { key: date.index, class: date.problem ? 'is-wrong' : date.change === 'cancelled' ? 'is-off' : null },
        h('span', { class: 'dates-index' }, `${date.index}.`), h('span', null, date.problem ? onTheWall(date.start) : when(date)),
        date.problem ? h('span', { class: 'tag is-bad', key: 'problem' }, problemText(date.problem))
          : withChanges && h('span', { class: `tag ${CHANGES[date.change].look}`, key: 'change' }, t(CHANGES[date.change].text))))));
  }

  #words() {
    if (this.#state === 'failed') {
      const problem = /** @type {any} */ (this.#error)?.refusal?.fields?.[0]?.problem;
      return problem ? problemText(problem) : errorText(this.#error);
    }
    if (this.#state !== 'ready') return t('list.loading');
    const broken = this.#dates.filter(({ problem }) => problem).length;
    return [plural('series.dates', this.#dates.length), broken > 0 && plural('series.broken', broken)].filter(Boolean).join(' · ');
  }
}

/**
 * A time that does not exist is no moment: it is shown as it would stand on the wall.
 * @param {Event['start']} start
 */
function onTheWall({ local, date }) {
  return local ? localTime(local) : dayInWords(date ?? '');
}

/**
 * Says what is wrong with a rule where one chooses it.
 * @param {any} error
 */
export function refusedRule(error) {
  const found = (error?.refusal?.fields ?? []).find((/** @type {{ path: string }} */ { path }) => path === 'with.rule');
  return found && { field: 'count', text: problemText(found.problem) };
}

/** Whether the dates that are shown cannot all be. */
export function datesAreBroken() {
  const shown = document.querySelector('m-dates');
  return shown instanceof DatesPreview && shown.isBroken;
}

customElements.define('m-dates', DatesPreview);
