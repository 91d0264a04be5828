import { app } from '../shell/app.js';

/** @typedef {import('../wire/protocol').Event} Event */

const MOST_PAGES = 5;

/**
 * Asks for events and keeps them, so that updates go on with them.
 * @param {Record<string, any>} query
 * @param {number} [most] how many, when not all
 * @returns {Promise<{ events: Event[], cursor?: string }>}
 */
export async function loadEvents(query, most) {
  /** @type {Event[]} */
  const events = [];
  /** @type {string | undefined} */
  let cursor;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    /** @type {{ events: Event[], cursor?: string }} */
    const answer = await app.query('event.list', { ...query, ...(most ? { limit: most } : {}), ...(cursor ? { cursor } : {}) });
    events.push(...answer.events);
    cursor = answer.cursor;
    if (most || !cursor) break;
  }
  keep(events);
  return { events, cursor };
}

/** @param {number} id */
export async function loadEvent(id) {
  const event = await app.query('event.get', { event: id });
  keep([event]);
  return event;
}

/** @param {Event[]} events */
function keep(events) {
  // An answer may be older than an update that came meanwhile.
  for (const event of events) {
    const known = app.state.events.get(event.id);
    if (!known || known.revision <= event.revision) app.state.events.set(event.id, event);
  }
  app.community.touch('events');
}

/** @type {Promise<Map<number, string>> | undefined} */
let cities;

/** The names of the metropolitan cities, by their number; they hardly ever change. */
export function cityNames() {
  cities ??= app.query('organisation.list', { kind: 'citta_metropolitana', limit: 100 })
    .then(({ organisations }) => new Map(organisations.map((/** @type {any} */ { id, name }) => [id, name])))
    .catch((error) => {
      cities = undefined;
      throw error;
    });
  return /** @type {Promise<Map<number, string>>} */ (cities);
}
