import { app } from '../shell/app.js';
import { learnNames } from '../people/people.js';
import { findMessage } from './slice.js';

/** @typedef {import('../wire/protocol').Update} Update */

/** Authors who are asked for now. */
const asked = new Set();

/**
 * Asks for what an update does not bear: the words of an edit that not every reader of the channel may read, and the
 * name of an author whom no list names, such as a bot.
 * @param {Update} update
 */
export function fillIn({ type, data, by }) {
  const { state } = app;
  if (type === 'message.edited' && data.text === undefined && findMessage(state, data.channel, data.id)) void ask(data);
  if (type !== 'message.posted' || !by || state.people.has(by) || asked.has(by)) return;
  asked.add(by);
  void ask(data).finally(() => asked.delete(by));
}

/** @param {{ id: number, channel: number }} message */
async function ask({ id, channel }) {
  const { state } = app;
  try {
    const { messages, people } = await app.query('message.history', { channel, around: id, limit: 1 });
    if (state !== app.state) return;
    learnNames(people ?? []);
    const found = messages.find((/** @type {any} */ message) => message.id === id);
    if (found && found.text !== undefined) app.community.applyNote('message.edited', found);
  } catch {
    // The timeline asks again when it is opened next.
  }
}
