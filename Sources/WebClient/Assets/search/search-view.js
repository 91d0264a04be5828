import { h } from '../dom/h.js';
import { cardText, failure } from '../dom/controls.js';
import { View } from '../dom/view.js';
import { shortDate } from '../dom/time.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { errorText } from '../shell/errors.js';
import { channelIcon, channelName } from '../channels/names.js';
import { fold, nameOf } from '../people/people.js';
import { addressOf } from '../palette/found-messages.js';
import { byKind, kindTitle } from './kinds.js';
import { hasFilters, queryOf, requestOf } from './query.js';
import { searchBox, searchFilters } from './search-form.js';
import { local, plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').SearchHit} SearchHit */

const PAGE = 20;
/** A search that names an operator does not look for a channel of that name. */
const OPERATOR = /(^|\s)-?\p{L}+:/u;

/** What the search box found: places that go by that name, then what the server found in them, grouped by kind. */
export class SearchView extends View {
  static observedAttributes = ['filters'];
  /** @type {SearchHit[]} */ #hits = [];
  /** @type {'idle' | 'loading' | 'done' | 'failed'} */ #state = 'idle';
  /** @type {unknown} */ #error;
  /** @type {string | undefined} */ #cursor;
  #asked = '';

  topics() {
    return ['channels', 'networks', 'people'];
  }

  render() {
    const address = this.getAttribute('filters') ?? '';
    const query = queryOf(address);
    if (address !== this.#asked) void this.#search(address);
    return h('div', { class: 'screen-text is-wide' }, backLink(),
      h('h1', { class: 'h3' }, query.text ? t('search.title', { text: query.text }) : t('search.empty')),
      searchBox(query),
      searchFilters(query),
      query.text === '' ? help() : [this.#places(query.text), this.#results(query)]);
  }

  /** @param {string} text */
  #places(text) {
    if (OPERATOR.test(text)) return null;
    const places = [...app.state.channels.values()].filter((channel) => channel.member && fold(channelName(channel)).includes(fold(text)));
    return places.length > 0 && h('section', { key: 'places' }, h('h2', { class: 'h5' }, t('search.channels')),
      h('ul', { class: 'card-list' }, places.map((channel) => h('li', { key: channel.id },
        h('a', { class: 'card-link', href: `/channels/${channel.id}` }, channelIcon(channel),
          cardText(channelName(channel), local(app.state.networks.get(channel.network)?.name)))))));
  }

  /** @param {import('./query').Query} query */
  #results(query) {
    if (this.#state === 'failed') return h('div', { role: 'alert', key: 'failed' }, failure(errorText(this.#error), () => void this.#search(this.#asked)));
    if (this.#state === 'loading' && this.#hits.length === 0) return h('p', { class: 'state-text', role: 'status', key: 'state' }, t('search.loading'));
    if (this.#hits.length === 0) return nothing(query);
    return [
      h('p', { class: 'state-text', role: 'status', key: 'count' }, this.#cursor ? t('search.firstOnes', { n: this.#hits.length }) : plural('search.found', this.#hits.length)),
      byKind(this.#hits).map(([kind, hits]) => h('section', { key: kind, class: 'hit-group' },
        h('h2', { class: 'h5' }, kindTitle(kind), ' ', h('span', { class: 'hit-count' }, hits.length)),
        h('ol', { class: 'hit-list' }, hits.map(hitRow)))),
      this.#cursor && h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm more-button', key: 'more', disabled: this.#state === 'loading',
        onclick: () => this.#search(this.#asked, this.#cursor) }, this.#state === 'loading' ? t('search.loading') : t('search.more')),
    ];
  }

  /** @param {string} address @param {string} [cursor] */
  async #search(address, cursor) {
    this.#asked = address;
    if (!cursor) {
      this.#hits = [];
      this.#cursor = undefined;
    }
    const query = queryOf(address);
    if (query.text === '') {
      this.#state = 'idle';
      return;
    }
    this.#state = 'loading';
    this.invalidate();
    try {
      const answer = await app.query('search', { ...requestOf(query), limit: PAGE, ...(cursor ? { cursor } : {}) });
      if (address !== this.#asked) return;
      this.#hits = [...this.#hits, ...answer.hits];
      this.#cursor = answer.cursor;
      this.#state = 'done';
    } catch (error) {
      if (address !== this.#asked) return;
      this.#error = error;
      this.#state = 'failed';
    }
    this.invalidate();
  }
}

/** @param {SearchHit} hit */
function hitRow(hit) {
  return h('li', { key: `${hit.kind} ${hit.id}` }, h('a', { href: addressOf(hit) },
    h('span', { class: 'hit-kind' }, [hit.kind !== 'person' && hit.by && nameOf(hit.by), placeOf(hit), hit.kind !== 'person' && hit.at && shortDate(hit.at)].filter(Boolean).join(' · ')),
    hit.title && h('strong', null, hit.title),
    hit.snippet && hit.kind !== 'person' && h('span', { class: 'hit-snippet', html: hit.snippet })));
}

/** @param {import('./query').Query} query */
function nothing(query) {
  return h('div', { class: 'search-help', key: 'none' },
    h('p', { class: 'lead-text', role: 'status' }, t('search.none')),
    h('ul', { class: 'rule-list' },
      hasFilters(query) && h('li', { key: 'filters' }, t('search.hint.filters')),
      OPERATOR.test(query.text) && h('li', { key: 'operators' }, t('search.hint.operators')),
      h('li', { key: 'words' }, t('search.hint.words')), h('li', { key: 'forms' }, t('search.hint.forms')), h('li', { key: 'own' }, t('search.hint.own'))));
}

function help() {
  const example = (/** @type {string} */ text, /** @type {string} */ about) => h('li', { key: text }, h('a', { href: `/search?${new URLSearchParams({ q: text })}` }, text), h('span', null, about));
  return h('div', { class: 'search-help', key: 'help' }, h('p', { class: 'lead-text' }, t('search.help')),
    h('ul', { class: 'example-list' }, example(t('search.example.words'), t('search.example.wordsAbout')), example(t('search.example.phrase'), t('search.example.phraseAbout')),
      example(t('search.example.place'), t('search.example.placeAbout')), example(t('search.example.date'), t('search.example.dateAbout'))));
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
