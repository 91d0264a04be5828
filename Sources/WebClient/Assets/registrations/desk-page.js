import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { errorText } from '../shell/errors.js';
import { runsNetwork } from '../networks/standing.js';
import { loadEvent } from '../events/loading.js';
import { when } from '../events/when.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */
/** @typedef {import('../dom/h').Child} Child */

/** A page that belongs to an event's desk: the event above, and what is for its facilitators only. */
export class DeskPage extends View {
  /** @type {unknown} */ #error;
  isLoading = true;

  topics() {
    return ['events', 'networks'];
  }

  connected() {
    void this.#load();
  }

  /**
   * Fetches what else the page shows.
   * @returns {Promise<void>}
   */
  async load() {}

  /** @returns {string} */
  get heading() {
    return '';
  }

  /** @param {Event} _event @returns {Child} */
  body(_event) {
    return null;
  }

  get event() {
    return app.state.events.get(this.number('event') ?? 0);
  }

  render() {
    const event = this.event;
    const network = event && app.state.networks.get(event.network);
    const title = h('h1', { class: 'h3', key: 'title' }, this.heading);
    const frame = (/** @type {Child[]} */ ...content) => h('div', { class: 'screen-text desk' }, backLink(`/events/${this.number('event')}/desk`), ...content);
    const code = /** @type {any} */ (this.#error)?.code;
    if (code === 'forbidden' || code === 'not_found' || (event && network && (!runsNetwork(network) || network.dormant))) {
      return frame(title, h('p', { class: 'notice-inline is-info', key: 'denied' }, t('list.denied')));
    }
    if (this.#error) return frame(title, h('div', { role: 'alert', key: 'failed' }, failure(errorText(this.#error), () => void this.#load())));
    if (!event || this.isLoading) return frame(title, h('p', { class: 'state-text', role: 'status', key: 'loading' }, t('list.loading')));
    return frame(h('p', { class: 'overline', key: 'over' }, event.title), title, h('p', { class: 'text-secondary', key: 'when' }, when(event)), this.body(event));
  }

  async #load() {
    this.#error = undefined;
    try {
      await Promise.all([loadEvent(this.number('event') ?? 0), this.load()]);
    } catch (error) {
      this.#error = error;
    }
    this.isLoading = false;
    this.invalidate();
  }
}
