import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { nameOf } from '../people/people.js';
import { addressOf } from './address.js';
import { findMessage } from './slice.js';
import { toMessage } from './timeline.js';
import { t } from '../i18n/i18n.js';

const LONGEST = 180;

/** The beginning of another message of the same channel, and the way to it. */
export class QuoteView extends View {
  static observedAttributes = ['channel', 'message'];
  /** @type {import('../wire/protocol').Message | undefined} */ #message;
  #asked = 0;
  #missing = false;

  topics() {
    return ['people'];
  }

  render() {
    const [channel, id] = [this.number('channel') ?? 0, this.number('message') ?? 0];
    const message = findMessage(app.state, channel, id) ?? (this.#message?.id === id ? this.#message : undefined);
    if (!message) {
      void this.#load(channel, id);
      return h('p', { class: 'quote' }, this.#missing ? t('reference.hidden') : t('reference.loading'));
    }
    if (message.deleted) return h('p', { class: 'quote' }, t('message.deleted'));
    const text = (message.text ?? '').replace(/@\[([^\]]+)\](?:\(\d+\))?/g, '@$1').replace(/[*_`>#~]/g, '').replace(/\s+/g, ' ');
    return h('a', { class: 'quote', href: addressOf(message) }, h('strong', null, nameOf(message.by)), ' ',
      h('span', null, text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text));
  }

  /** @param {number} channel @param {number} id */
  async #load(channel, id) {
    if (this.#asked === id) return;
    this.#asked = id;
    const found = await app.query('message.history', { channel, around: id, limit: 1 }).catch(() => undefined);
    const raw = found?.messages.find((/** @type {any} */ one) => one.id === id);
    this.#message = raw && toMessage(raw);
    this.#missing = !raw;
    this.invalidate();
  }
}

customElements.define('m-quote', QuoteView);
