import { app } from '../shell/app.js';

const PAGE = 500;
const MOST_PAGES = 4;
const FRESH_MS = 60_000;

/** @type {Map<number, { ids: Set<number> | undefined, askedAt: number }>} */
const known = new Map();

/**
 * Who reads a channel; asked when it is first wanted, and again after a while.
 * @param {number} channel
 * @returns {Set<number> | undefined} nothing until the answer has come
 */
export function membersOf(channel) {
  const entry = known.get(channel);
  if (entry && Date.now() - entry.askedAt < FRESH_MS) return entry.ids;
  known.set(channel, { ids: entry?.ids, askedAt: Date.now() });
  load(channel).catch(() => known.delete(channel));
  return entry?.ids;
}

/** @param {number} channel */
async function load(channel) {
  /** @type {Set<number>} */
  const ids = new Set();
  /** @type {number | undefined} */
  let after;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { members, more } = await app.query('channel.members', { channel, limit: PAGE, ...(after ? { after } : {}) });
    for (const member of members) {
      ids.add(member.id);
      if (!app.state.people.has(member.id)) app.state.people.set(member.id, member);
    }
    after = members.at(-1)?.id;
    if (!more) break;
  }
  known.set(channel, { ids, askedAt: Date.now() });
  app.community.touch('people');
}
