import { h } from '../dom/h.js';
import { cardText } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { shortDate } from '../dom/time.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { errorText } from '../shell/errors.js';
import { channelIcon, channelName } from '../channels/names.js';
import { fold, nameOf } from '../people/people.js';
import { local, plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').SearchHit} SearchHit */

/** @type {Record<string, { text: string }>} */
const KINDS = {
  message: { text: 'search.kind.message' }, document: { text: 'search.kind.document' }, solution: { text: 'search.kind.solution' },
  event: { text: 'search.kind.event' }, decision: { text: 'search.kind.decision' }, person: { text: 'search.kind.person' },
  file: { text: 'search.kind.file' },
};
const OTHER = { text: 'search.kind.other' };

/** What the search box found: places that go by that name, then what the server found in them. */
export class SearchView extends View {
  static observedAttributes = ['text'];
  /** @type {SearchHit[]} */
  #hits = [];
  /** @type {'loading' | 'done' | 'failed'} */
  #state = 'loading';
  /** @type {unknown} */ #error;
  /** @type {string | undefined} */ #cursor;
  #asked = '';

  topics() {
    return ['channels', 'networks', 'people'];
  }

  render() {
    const text = this.getAttribute('text') ?? '';
    if (text !== this.#asked) void this.#search(text);
    const places = [...app.state.channels.values()].filter((channel) => channel.member && fold(channelName(channel)).includes(fold(text)));
    return h('div', { class: 'screen-text' }, backLink(),
      h('h1', { class: 'h3' }, t('search.title', { text })),
      places.length > 0 && h('section', { key: 'places' }, h('h2', { class: 'h5' }, t('search.channels')),
        h('ul', { class: 'card-list' }, places.map((channel) => h('li', { key: channel.id },
          h('a', { class: 'card-link', href: `/channels/${channel.id}` }, channelIcon(channel),
            cardText(channelName(channel), local(app.state.networks.get(channel.network)?.name))))))),
      h('section', { key: 'hits' }, h('h2', { class: 'h5' }, t('search.hits')), this.#results()));
  }

  #results() {
    if (this.#state === 'failed') return h('p', { class: 'state-text', role: 'alert' }, errorText(this.#error));
    if (this.#state === 'loading' && this.#hits.length === 0) return h('p', { class: 'state-text', role: 'status' }, t('search.loading'));
    if (this.#hits.length === 0) return h('p', { class: 'state-text', role: 'status' }, t('search.none'));
    return [
      h('p', { class: 'state-text', role: 'status', key: 'count' }, plural('search.found', this.#hits.length)),
      h('ol', { class: 'hit-list', key: 'hits' }, this.#hits.map((hit) => h('li', { key: `${hit.kind} ${hit.id}` },
        h('a', { href: hit.link ?? `/go/${hit.id}` },
          h('span', { class: 'hit-kind' }, [t((KINDS[hit.kind] ?? OTHER).text), placeOf(hit), hit.at && shortDate(hit.at)].filter(Boolean).join(' · ')),
          (hit.title || hit.by) && h('strong', null, hit.title ?? nameOf(hit.by ?? 0)),
          hit.snippet && h('span', { class: 'hit-snippet', html: hit.snippet }))))),
      this.#cursor && h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', onclick: () => this.#search(this.#asked, this.#cursor) },
        icon('it-expand', 'icon-sm'), t('search.more')),
    ];
  }

  /** @param {string} text @param {string} [cursor] */
  async #search(text, cursor) {
    this.#asked = text;
    this.#state = 'loading';
    if (!cursor) this.#hits = [];
    try {
      const answer = await app.query('search', { text, limit: 20, ...(cursor ? { cursor } : {}) });
      if (text !== this.#asked) return;
      this.#hits = [...this.#hits, ...answer.hits];
      this.#cursor = answer.cursor;
      this.#state = 'done';
    } catch (error) {
      if (text !== this.#asked) return;
      this.#error = error;
      this.#state = 'failed';
    }
    this.invalidate();
  }
}

/**
 * The channel that a hit is in: channels of several networks bear the same name.
 * @param {SearchHit} hit
 */
function placeOf(hit) {
  const channel = app.state.channels.get(hit.channel ?? 0);
  if (!channel) return '';
  const network = app.state.networks.get(channel.network);
  return [channelName(channel), network && local(network.name)].filter(Boolean).join(', ');
}

customElements.define('m-search-view', SearchView);
