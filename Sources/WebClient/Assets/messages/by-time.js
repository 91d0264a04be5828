/** @typedef {(body: object) => Promise<import('../wire/protocol').History>} History */

const MOST_STEPS = 40;
const SOME = 20;

/**
 * The first message of a channel at or after a moment. Ids rise with time, so halving what is between finds it:
 * some 20 small questions, whatever the channel's length.
 * @param {History} history
 * @param {number} head the newest id there can be
 * @param {string} at
 * @returns {Promise<number | undefined>}
 */
export async function firstMessageFrom(history, head, at) {
  let [low, high] = [0, head];
  /** @type {number | undefined} */
  let found;
  for (let step = 0; low < high && step < MOST_STEPS; step += 1) {
    const middle = Math.floor((low + high) / 2);
    const { messages } = await history({ after: middle, limit: SOME });
    // A reply is shown in its thread, not in the channel's row.
    const next = messages.find(({ thread }) => !thread) ?? messages[0];
    if (!next || next.at >= at) {
      if (next) found = next.id;
      high = middle;
    } else {
      low = Math.max(middle + 1, next.id);
    }
  }
  return found;
}
