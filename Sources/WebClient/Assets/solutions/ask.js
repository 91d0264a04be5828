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

/**
 * What came from the server with each city as one thing, which there is a number with the name beside it.
 * @param {any} view
 * @returns {any}
 */
export function shown({ city, cityName, ...view }) {
  for (const name of WITHIN) if (view[name]) view[name] = view[name].map(shown);
  return city === undefined ? view : { ...view, city: { id: city, name: cityName ?? '' } };
}
