import { app } from '../shell/app.js';
import { fold } from '../i18n/fold.js';
import { t } from '../i18n/i18n.js';

export { fold } from '../i18n/fold.js';

/** @typedef {import('../wire/protocol').Person} Person */

const PAGE = 200;
const MOST_PAGES = 10;
const GATHER_MS = 200;
const ASK_AGAIN_MS = 60_000;
let asking = 0;
/**
 * Whom the lists did not name, and when they were asked: people who left, and bots, are in none.
 * @type {Map<number, number>}
 */
const missed = new Map();

/** @param {number} id */
export function nameOf(id) {
  const person = app.state.people.get(id);
  if (!person && Date.now() - (missed.get(id) ?? 0) > ASK_AGAIN_MS) {
    missed.set(id, Date.now());
    loadPeople(GATHER_MS);
  }
  return person?.name ?? t('person.unknown');
}

/**
 * Those whose name has a word beginning so.
 * @param {string} beginning
 * @param {number} most
 * @param {(person: Person) => boolean} eligible
 */
export function peopleNamed(beginning, most, eligible) {
  const wanted = fold(beginning);
  return [...app.state.people.values()]
    .filter((person) => person.id !== app.me && eligible(person) && fold(person.name).split(/\s+/).some((_, index, words) => (
      words.slice(index).join(' ').startsWith(wanted))))
    .sort((a, b) => a.name.localeCompare(b.name, 'it'))
    .slice(0, most);
}

/**
 * Fills the cache of names with everybody of one's networks.
 * @param {number} [afterMs]
 */
export function loadPeople(afterMs = 0) {
  if (asking !== 0) return;
  asking = window.setTimeout(async () => {
    try {
      const joined = [...app.state.networks.values()].filter((network) => network.role);
      for (const network of joined) await loadNetwork(network.id);
    } catch {
      // Names come with the next attempt; until then a message says "a participant".
    } finally {
      asking = 0;
    }
  }, afterMs);
}

/**
 * Remembers names that came with something else.
 * @param {Person[]} people
 */
export function learnNames(people) {
  const strangers = people.filter(({ id }) => !app.state.people.has(id));
  for (const person of strangers) app.state.people.set(person.id, person);
  if (strangers.length > 0) app.community.touch('people');
}

/** @param {number} network @returns {Promise<Person[]>} */
export async function loadNetwork(network) {
  /** @type {Person[]} */
  const found = [];
  /** @type {any} */
  let cursor;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await app.query('person.list', { network, limit: PAGE, ...(cursor ? { cursor } : {}) });
    found.push(...answer.people);
    cursor = answer.cursor;
    if (!cursor) break;
  }
  for (const person of found) app.state.people.set(person.id, { ...app.state.people.get(person.id), ...person });
  app.community.touch('people');
  return found;
}
