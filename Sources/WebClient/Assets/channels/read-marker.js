import { app } from '../shell/app.js';

const SETTLE_MS = 700;

/** Tells the server how far one has read, once the newest message has been in sight for a moment. */
export class ReadMarker {
  #timer = 0;
  #marked = 0;

  /** @param {number} channel @param {() => boolean} inSight whether the newest is, still */
  seen(channel, inSight) {
    if (this.#timer !== 0 || !inSight()) return;
    this.#timer = window.setTimeout(async () => {
      this.#timer = 0;
      const known = app.state.channels.get(channel);
      // The server takes at most the channel's last message: so replies in threads count as read with the channel.
      const upTo = app.connection.cursor?.seq ?? 0;
      if (!known || known.unread === 0 || !inSight() || !app.connection.isOpen || upTo <= this.#marked) return;
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
