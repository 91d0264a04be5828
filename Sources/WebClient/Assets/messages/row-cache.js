import { messageRow } from './message-row.js';

/** @typedef {import('../wire/protocol').Message} Message */
/** @typedef {import('../dom/h').VNode} VNode */
/** @typedef {import('./message-row').RowContext} RowContext */

/**
 * Rows as they were described last: of hundreds few change at a time, and the same description needs no comparison.
 * A message that changed is another object.
 */
export class RowCache {
  /** @type {Map<number, { message: Message, how: string, row: VNode }>} */
  #rows = new Map();

  clear = () => {
    this.#rows.clear();
  };

  /** @param {Message} message @param {RowContext} context @returns {VNode} */
  row(message, context) {
    const { compact, inThread, tabbable, target, withActions, justSent, editing } = context;
    // One message at a time has actions or a field: what they do depends on more.
    if (withActions || editing) return messageRow(message, context);
    const how = [compact, inThread, tabbable, target, justSent].map(Number).join('');
    const known = this.#rows.get(message.id);
    if (known?.message === message && known.how === how) return known.row;
    const row = messageRow(message, context);
    this.#rows.set(message.id, { message, how, row });
    return row;
  }

  /**
   * Forgets what is no longer shown.
   * @param {Message[]} messages
   */
  keep(messages) {
    if (this.#rows.size <= messages.length * 2) return;
    const shown = new Set(messages.map(({ id }) => id));
    for (const id of this.#rows.keys()) if (!shown.has(id)) this.#rows.delete(id);
  }
}
