import { app } from '../shell/app.js';
import { learnNames } from '../people/people.js';

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

  /**
   * Where one begins to read: where one stopped, if more than a page is new, else at the end.
   * @param {import('../wire/protocol').Channel} [channel]
   */
  async loadFirst(channel) {
    if (!channel?.unread || channel.unread < PAGE / 2 || channel.upTo === undefined) await this.load('latest');
    else if (channel.upTo === 0) await this.load('after', 0);
    else await this.load('around', channel.upTo);
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
      learnNames(history.people ?? []);
      timeline.merge(history, page);
      if (this.#timeline === timeline) this.state = 'idle';
      app.community.touch('loaded');
    } catch (error) {
      timeline.endFetch();
      const code = /** @type {any} */ (error).code;
      if (this.#timeline === timeline) this.state = code === 'forbidden' || code === 'not_found' ? 'denied' : 'failed';
    }
    this.#changed();
  }
}
