/** @typedef {(body: object) => Promise<import('../wire/protocol').History>} History */

const SOME = 40;

/**
 * The first message of a channel at or after a moment.
 * @param {History} history
 * @param {string} at
 * @returns {Promise<number | undefined>} nothing when all are older
 */
export async function firstMessageFrom(history, at) {
  const moment = Date.parse(at);
  const { messages } = await history({ at, limit: SOME });
  const late = messages.filter((message) => Date.parse(message.at) >= moment);
  // A reply is shown in its thread, not in the channel's row.
  return (late.find(({ thread }) => !thread) ?? late[0])?.id;
}
