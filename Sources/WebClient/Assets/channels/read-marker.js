import { app } from '../shell/app.js';

const SETTLE_MS = 700;

/** Tells the server how far one has read, once what is in sight has been so for a moment. */
export class ReadMarker {
  #timer = 0;
  #marked = 0;

  /** @param {number} channel @param {() => number} inSight up to where one has read, 0 while nobody reads */
  seen(channel, inSight) {
    if (this.#timer !== 0 || inSight() === 0) return;
    this.#timer = window.setTimeout(async () => {
      this.#timer = 0;
      const known = app.state.channels.get(channel);
      const upTo = inSight();
      if (!known || known.unread === 0 || !app.connection.isOpen || upTo <= Math.max(this.#marked, known.upTo ?? 0)) return;
      this.#marked = upTo;
      await app.command('channel.mark', { channel, upTo }).catch(() => {
        this.#marked = 0;
      });
    }, SETTLE_MS);
  }

  stop() {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
  }
}
