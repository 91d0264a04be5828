import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { excerpt } from '../dom/excerpt.js';
import { shortDate } from '../dom/time.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { addressOf } from '../messages/address.js';
import { channelName } from '../channels/names.js';
import { nameOf } from '../people/people.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Message} Message */

const MOST_CHANNELS = 12;
const SHOWN = 6;
const LETTERS = 180;
const CHANGES = new Set(['message.pinned', 'message.unpinned', 'message.edited', 'message.deleted']);

/** What the channels of a network that one is in have pinned, newest first. */
export class NetworkPins extends View {
  /** @type {Message[] | 'loading' | 'failed'} */ #pins = 'loading';
  #all = false;

  topics() {
    return ['people', 'channels'];
  }

  connected() {
    void this.#load();
    this.until(app.connection.on('update', ({ type, data }) => {
      if (CHANGES.has(type) && this.#channels().some(({ id }) => id === data.channel)) void this.#load();
    }));
  }

  #channels() {
    const network = this.number('network');
    return [...app.state.channels.values()].filter((channel) => channel.network === network && channel.member).slice(0, MOST_CHANNELS);
  }

  #load = async () => {
    try {
      const pages = await Promise.all(this.#channels().map(({ id }) => app.query('message.history', { channel: id, pinned: true, limit: 20 })));
      this.#pins = pages.flatMap(({ messages }) => /** @type {Message[]} */ (messages)).filter(({ deleted }) => !deleted).sort((a, b) => b.id - a.id);
    } catch {
      this.#pins = 'failed';
    }
    this.invalidate();
  };

  render() {
    if (this.#pins === 'loading') return h('p', { class: 'state-text', role: 'status' }, t('timeline.loading'));
    if (this.#pins === 'failed') return failure(t('timeline.failed'), () => void this.#load());
    if (this.#pins.length === 0) return h('p', { class: 'state-text' }, t('network.noPins'));
    const shown = this.#all ? this.#pins : this.#pins.slice(0, SHOWN);
    return [
      h('ul', { class: 'pin-list', key: 'pins' }, shown.map((message) => h('li', { key: message.id },
        h('a', { href: addressOf(message) },
          h('span', { class: 'pin-meta' }, icon('it-pin', 'icon-xs'), [nameOf(message.by), channelOf(message), shortDate(message.at)].filter(Boolean).join(' · ')),
          h('span', { class: 'pin-text' }, excerpt(message.html ?? '', LETTERS)))))),
      shown.length < this.#pins.length && h('button', { key: 'all', type: 'button', class: 'link-button', onclick: () => { this.#all = true; this.draw(); } },
        t('network.allPins', { n: this.#pins.length })),
    ];
  }
}

/** @param {Message} message */
function channelOf(message) {
  const channel = app.state.channels.get(message.channel);
  return channel && channelName(channel);
}

customElements.define('m-network-pins', NetworkPins);
