import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { addressOf } from './address.js';
import { messageRow } from './message-row.js';
import { toMessage } from './timeline.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Message} Message */

const MOST_SHOWN = 100;
const PINS = new Set(['message.pinned', 'message.unpinned', 'message.edited', 'message.deleted']);

/** A channel's pinned messages, in place of its timeline. */
export class PinsView extends View {
  /** @type {Message[] | 'loading' | 'failed'} */
  #pins = 'loading';

  topics() {
    return ['people', 'bodies', 'me'];
  }

  connected() {
    void this.#load();
    this.until(app.connection.on('update', ({ type, data }) => {
      if (PINS.has(type) && data.channel === this.number('channel')) void this.#load();
    }));
  }

  async #load() {
    try {
      const { messages } = await app.query('message.history', { channel: this.number('channel'), pinned: true, limit: MOST_SHOWN });
      this.#pins = messages.map(toMessage).filter((/** @type {Message} */ message) => message.pinned);
    } catch {
      this.#pins = 'failed';
    }
    this.invalidate();
  }

  render() {
    const channel = app.state.channels.get(this.number('channel') ?? 0);
    if (!channel || this.#pins === 'loading') return h('p', { class: 'state-text', role: 'status' }, t('timeline.loading'));
    if (this.#pins === 'failed') return failure(t('timeline.failed'), () => void this.#load());
    if (this.#pins.length === 0) return h('p', { class: 'state-text' }, t('timeline.noPins'));
    const context = {
      channel, inThread: false, compact: false, tabbable: true, withActions: false,
      target: false, justSent: false, editing: false, edit: () => undefined,
    };
    return h('ol', { class: 'timeline', 'aria-label': t('channel.pins') }, this.#pins.map((message) => {
      const row = messageRow(message, context);
      return h('li', { key: message.id, class: 'pinned-message' }, h('ol', { class: 'timeline' }, row),
        h('a', { class: 'pinned-link', href: addressOf(message) }, t('message.show')));
    }));
  }
}

customElements.define('m-pins', PinsView);
