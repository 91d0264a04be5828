import { icon } from '../dom/icon.js';
import { app } from '../shell/app.js';
import { go } from '../shell/router.js';
import { channelName } from '../channels/names.js';
import { nameOf } from '../people/people.js';
import { shortDate } from '../dom/time.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./entries').Entry} Entry */
/** @typedef {import('../wire/protocol').SearchHit} SearchHit */

const GATHER_MS = 200;
const SHORTEST = 3;
const MOST = 5;

/** What the server finds in messages and elsewhere, asked once typing pauses. */
export class FoundMessages {
  /** @type {'idle' | 'loading' | 'done' | 'failed'} */
  state = 'idle';
  /** @type {Entry[]} */
  entries = [];
  /** @type {Entry[]} */
  events = [];
  #text = '';
  #timer = 0;
  /** @type {() => void} */ #changed;

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @param {string} typed */
  ask(typed) {
    const text = typed.trim();
    if (text === this.#text) return;
    this.#text = text;
    window.clearTimeout(this.#timer);
    if (text.length < SHORTEST) {
      this.state = 'idle';
      this.entries = [];
      this.events = [];
      return;
    }
    this.state = 'loading';
    this.#timer = window.setTimeout(() => void this.#search(text), GATHER_MS);
  }

  /** @param {string} text */
  async #search(text) {
    try {
      const [{ hits }, found] = await Promise.all([app.query('search', { text, limit: MOST }), app.query('search', { text, kind: 'event', limit: MOST })]);
      if (text !== this.#text) return;
      this.entries = hits.filter((/** @type {SearchHit} */ { kind }) => kind !== 'person' && kind !== 'event').map(entryOf);
      this.events = found.hits.map(entryOf);
      this.state = 'done';
    } catch {
      if (text !== this.#text) return;
      this.entries = [];
      this.events = [];
      this.state = 'failed';
    }
    this.#changed();
  }
}

/** @param {SearchHit} hit @returns {Entry} */
function entryOf(hit) {
  const channel = app.state.channels.get(hit.channel ?? 0);
  return {
    key: hit.kind === 'event' ? `event ${hit.id}` : `hit ${hit.kind} ${hit.id}`, name: hit.title ?? nameOf(hit.by ?? 0), snippet: hit.snippet,
    detail: [channel && channelName(channel), hit.at && shortDate(hit.at)].filter(Boolean).join(' · '),
    picture: pictureOf(hit.kind), act: () => go(addressOf(hit)),
  };
}

/** @param {string} kind */
function pictureOf(kind) {
  if (kind === 'event') return icon('it-calendar', 'icon-sm');
  return ['decision', 'document', 'solution'].includes(kind) ? icon('it-file', 'icon-sm') : icon('it-comment', 'icon-sm');
}

/**
 * Where a hit leads.
 * @param {SearchHit} hit
 */
export function addressOf({ kind, id, link }) {
  return kind === 'document' ? `/documents/${id}` : link ?? `/go/${id}`;
}

/** @param {string} text @returns {Entry} */
export function searchEverywhere(text) {
  return {
    key: 'search', name: t('palette.search', { text }), picture: icon('it-search', 'icon-sm'),
    act: () => go(`/search?q=${encodeURIComponent(text)}`),
  };
}
