import { app } from '../shell/app.js';

/** @type {Map<number, number>} */
const holders = new Map();

/**
 * A page that reads and a session that writes may want the same document: it is closed when the last of them goes.
 * @param {number} document
 */
export function hold(document) {
  holders.set(document, (holders.get(document) ?? 0) + 1);
}

/** @param {number} document */
export function release(document) {
  const left = (holders.get(document) ?? 1) - 1;
  if (left > 0) holders.set(document, left);
  else {
    holders.delete(document);
    if (app.connection.isOpen) app.query('document.close', { document }).catch(() => undefined);
  }
}
