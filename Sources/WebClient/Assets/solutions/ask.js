import { app } from '../shell/app.js';

/** What bears others of its kind. */
const WITHIN = ['solutions', 'experiments', 'adoptions'];

/**
 * Asks for solutions, experiments or adoptions, as the screens show them.
 * @param {string} query
 * @param {Record<string, any>} [what]
 * @returns {Promise<any>}
 */
export async function ask(query, what) {
  return shown(await app.query(query, what));
}

/** Pages of adoptions that are asked for to draw them all. */
const MOST_PAGES = 10;

/**
 * All adoptions that one may read, those changed last first, up to a number that a drawing can still bear.
 * @returns {Promise<{ adoptions: import('./words').Adoption[], isAll: boolean }>}
 */
export async function everyAdoption() {
  /** @type {import('./words').Adoption[]} */
  const adoptions = [];
  /** @type {string | undefined} */
  let cursor;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    /** @type {{ adoptions: import('./words').Adoption[], cursor?: string }} */
    const answer = await ask('adoption.list', { limit: 200, ...(cursor ? { cursor } : {}) });
    adoptions.push(...answer.adoptions);
    cursor = answer.cursor;
    if (!cursor) break;
  }
  return { adoptions, isAll: !cursor };
}

/**
 * What came from the server with each city as one thing, which there is a number with the name beside it.
 * @param {any} view
 * @returns {any}
 */
export function shown({ city, cityName, ...view }) {
  for (const name of WITHIN) if (view[name]) view[name] = view[name].map(shown);
  return city === undefined ? view : { ...view, city: { id: city, name: cityName ?? '' } };
}
