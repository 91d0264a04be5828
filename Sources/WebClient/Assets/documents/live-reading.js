import { app } from '../shell/app.js';
import { hold, release } from './opening.js';

/** @typedef {import('./words').DocumentFacts} DocumentFacts */

/** While many write, what one reads is drawn anew no more often than this. */
const SETTLE_MS = 1000;

/** A document as it reads: its facts, its text rendered, its comments; asked again when it was changed. */
export class LiveReading {
  /** @type {DocumentFacts | undefined} */ facts;
  /** @type {any} */ error;
  /** Somebody writes here, and sees the text itself: it need not be asked again. */
  quiet = false;
  #id;
  #asked = 0;
  #timer = 0;
  /** @type {(() => void)[]} */ #stops = [];
  /** @type {() => void} */ #draw;

  /** @param {number} id @param {() => void} draw */
  constructor(id, draw) {
    this.#id = id;
    this.#draw = draw;
  }

  start() {
    hold(this.#id);
    void this.load();
    this.#subscribe();
    this.#stops = [
      app.connection.on('live', () => {
        this.#subscribe();
        void this.load();
      }),
      app.connection.on('update', (update) => {
        if (update.stream === `document/${this.#id}`) this.#soon();
      }),
    ];
  }

  stop() {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    release(this.#id);
  }

  async load() {
    const asked = ++this.#asked;
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    try {
      const facts = await app.query('document.read', { document: this.#id });
      if (asked !== this.#asked) return;
      this.facts = { id: this.#id, ...facts };
      this.error = undefined;
    } catch (/** @type {any} */ error) {
      if (asked !== this.#asked) return;
      this.error = error;
      if (error?.code === 'not_found' || error?.code === 'forbidden') this.facts = undefined;
    }
    this.#draw();
  }

  #soon() {
    if (this.#timer === 0 && !this.quiet) this.#timer = window.setTimeout(() => void this.load(), SETTLE_MS);
  }

  /** What it says is not needed here, only that it is said. */
  #subscribe() {
    if (app.connection.state === 'live') app.query('document.open', { document: this.#id }).catch(() => undefined);
  }
}
