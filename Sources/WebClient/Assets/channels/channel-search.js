import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { fullTime } from '../dom/time.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { avatar } from '../people/avatar.js';
import { nameOf } from '../people/people.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').SearchHit} SearchHit */

const GATHER_MS = 250;
const PAGE = 20;

/** What was said in one channel, found while one types. */
export class ChannelSearch extends View {
  static observedAttributes = ['channel'];
  #typed = '';
  #asked = '';
  #timer = 0;
  /** @type {SearchHit[]} */ #hits = [];
  /** @type {string | undefined} */ #cursor;
  /** @type {'idle' | 'loading' | 'done' | 'failed'} */ #state = 'idle';
  /** @type {unknown} */ #error;

  topics() {
    return ['people'];
  }

  connected() {
    requestAnimationFrame(() => this.querySelector('input')?.focus());
    this.until(() => window.clearTimeout(this.#timer));
  }

  render() {
    return [
      h('form', { class: 'channel-search', role: 'search', key: 'form', onsubmit: this.#submit },
        h('label', { class: 'visually-hidden', for: 'channel-search' }, t('channelSearch.label')),
        icon('it-search', 'icon-sm'),
        h('input', { id: 'channel-search', type: 'search', autocomplete: 'off', placeholder: t('channelSearch.label'), '.value': this.#typed, oninput: this.#input })),
      h('p', { class: 'channel-search-state', role: 'status', key: 'state' }, this.#stateText()),
      this.#hits.length > 0 && h('ol', { class: 'hit-list', key: 'hits' }, this.#hits.map((hit) => this.#hit(hit))),
      this.#cursor && h('p', { class: 'channel-search-more', key: 'more' }, h('button', {
        type: 'button', class: 'btn btn-outline-primary btn-xs', onclick: () => void this.#search(this.#cursor),
      }, t('search.more'))),
    ];
  }

  /** @param {SearchHit} hit */
  #hit(hit) {
    return h('li', { key: hit.id }, h('a', { class: 'channel-hit', href: hit.link ?? `/go/${hit.id}` },
      avatar(hit.by ?? 0),
      h('span', null,
        h('span', { class: 'message-meta' }, h('strong', null, nameOf(hit.by ?? 0)), hit.at && h('time', { datetime: hit.at }, fullTime(hit.at))),
        h('span', { class: 'hit-snippet', html: hit.snippet ?? '' }))));
  }

  #stateText() {
    if (this.#state === 'failed') return errorText(this.#error);
    if (this.#state === 'loading') return t('search.loading');
    if (this.#state === 'idle') return t('channelSearch.hint');
    return this.#hits.length === 0 ? t('search.none') : this.#cursor ? '' : plural('search.found', this.#hits.length);
  }

  /** @param {any} event */
  #input = ({ target }) => {
    this.#typed = target.value;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#search(), GATHER_MS);
  };

  /** @param {SubmitEvent} event */
  #submit = (event) => {
    event.preventDefault();
    window.clearTimeout(this.#timer);
    void this.#search();
  };

  /** @param {string} [cursor] */
  async #search(cursor) {
    const text = this.#typed.trim();
    if (!cursor) {
      this.#hits = [];
      this.#cursor = undefined;
    }
    this.#asked = text;
    this.#state = text === '' ? 'idle' : 'loading';
    this.invalidate();
    if (text === '') return;
    try {
      const answer = await app.query('search', { text, channel: this.number('channel'), limit: PAGE, ...(cursor ? { cursor } : {}) });
      if (this.#asked !== text) return;
      this.#hits = [...this.#hits, ...answer.hits];
      this.#cursor = answer.cursor;
      this.#state = 'done';
    } catch (error) {
      if (this.#asked !== text) return;
      this.#error = error;
      this.#state = 'failed';
    }
    this.invalidate();
  }
}

customElements.define('m-channel-search', ChannelSearch);
