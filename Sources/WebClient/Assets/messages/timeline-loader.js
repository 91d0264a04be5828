import { app } from '../shell/app.js';

/** @typedef {import('./timeline').Timeline} Timeline */
/** @typedef {import('./timeline').Page} Page */

const PAGE = 50;

/** Asks for a timeline's pages, one at a time, and remembers how that went. */
export class TimelineLoader {
  /** @type {'idle' | 'loading' | 'failed' | 'denied'} */
  state = 'idle';
  /** @type {Timeline | undefined} */ #timeline;
  /** @type {() => void} */ #changed;

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  /**
   * A snapshot replaces all timelines: what was on its way for an old one is of no use.
   * @param {Timeline} timeline
   */
  attach(timeline) {
    if (this.#timeline === timeline) return false;
    this.#timeline = timeline;
    this.state = 'idle';
    return true;
  }

  /** @param {Page} page @param {number} [message] */
  async load(page, message) {
    const timeline = this.#timeline;
    if (!timeline || this.state === 'loading') return;
    this.state = 'loading';
    timeline.beginFetch();
    try {
      const history = await app.query('message.history', {
        channel: timeline.channel, limit: PAGE, ...(timeline.thread ? { thread: timeline.thread } : {}),
        ...(page === 'latest' ? {} : { [page]: message }),
      });
      timeline.merge(history, page);
      if (this.#timeline === timeline) this.state = 'idle';
    } catch (error) {
      timeline.endFetch();
      const code = /** @type {any} */ (error).code;
      if (this.#timeline === timeline) this.state = code === 'forbidden' || code === 'not_found' ? 'denied' : 'failed';
    }
    this.#changed();
  }
}
