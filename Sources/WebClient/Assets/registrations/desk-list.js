import { app } from '../shell/app.js';
import { fold } from '../i18n/fold.js';
import { hasSeat, isActive } from './words.js';

/** @typedef {import('../wire/protocol').Registration} Registration */

const PAGE = 500;
const MOST_PAGES = 20;
const GATHER_MS = 400;
const CHANGES = new Set(['registration.created', 'registration.changed', 'event.counted']);

/** All registrations of an event in queue order, page by page; followed while the desk is open. */
export class DeskList {
  /** @type {Registration[]} */ rows = [];
  /** @type {'loading' | 'ready' | 'failed' | 'denied'} */ state = 'loading';
  /** Whether there are more than are shown. */
  isCut = false;
  /** @type {unknown} */ error;
  #event;
  #draw;
  #asked = 0;
  #timer = 0;

  /** @param {number} event @param {() => void} draw */
  constructor(event, draw) {
    this.#event = event;
    this.#draw = draw;
  }

  /** @returns {() => void} stops following */
  follow() {
    const stop = app.connection.on('update', ({ type, data }) => {
      const event = type === 'event.counted' ? data.id : data.event;
      if (!CHANGES.has(type) || event !== this.#event) return;
      const row = this.rows.find(({ id }) => id === data.id);
      if (row && type === 'registration.changed') {
        this.rows = this.rows.map((one) => (one === row ? { ...row, state: data.state, expires: data.expires, reason: data.reason } : one));
        this.#draw();
      }
      // The order and the places in the queue are the server's.
      if (this.#timer === 0) this.#timer = window.setTimeout(() => void this.load(), GATHER_MS);
    });
    const again = app.community.subscribe('registrations asked', () => void this.load());
    return () => {
      window.clearTimeout(this.#timer);
      stop();
      again();
    };
  }

  load = async () => {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    const asked = ++this.#asked;
    try {
      /** @type {Registration[]} */
      const rows = [];
      /** @type {string | undefined} */
      let cursor;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        /** @type {{ registrations: Registration[], cursor?: string }} */
        const answer = await app.query('registration.list', { event: this.#event, limit: PAGE, ...(cursor ? { cursor } : {}) });
        if (asked !== this.#asked) return;
        rows.push(...answer.registrations);
        cursor = answer.cursor;
        if (!cursor) break;
      }
      this.rows = rows;
      this.isCut = cursor !== undefined;
      this.state = 'ready';
    } catch (/** @type {any} */ error) {
      if (asked !== this.#asked) return;
      this.error = error;
      this.state = error?.code === 'forbidden' || error?.code === 'not_found' ? 'denied' : 'failed';
    }
    this.#draw();
  };
}

/** @type {Record<string, (state: string) => boolean>} */
const GROUPS = { '': isActive, seat: hasSeat, gone: (state) => !isActive(state), all: () => true };

/**
 * Those in a state, or a group of states, whose name has the words.
 * @param {Registration[]} rows @param {string} state @param {string} text
 */
export function filtered(rows, state, text) {
  const words = fold(text).split(/\s+/).filter(Boolean);
  return rows.filter((row) => (GROUPS[state]?.(row.state) ?? row.state === state) && words.every((word) => fold(row.name ?? '').includes(word)));
}
