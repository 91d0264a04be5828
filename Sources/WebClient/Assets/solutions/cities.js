import { app } from '../shell/app.js';

/** @typedef {import('./words').Named} Named */

/** @typedef {import('./map-drawing').PlacedCity} PlacedCity */

/** @type {Promise<(Named & { lat?: number, lon?: number })[]> | undefined} */
let all;
/** @type {{ person: number | undefined, cities: Promise<Named[]> } | undefined} */
let own;

/** The fourteen metropolitan cities, by name. */
export function metropolitanCities() {
  all ??= app.query('organisation.list', { kind: 'citta_metropolitana', limit: 100 }).then(
    ({ organisations }) => organisations.map((/** @type {Named & { lat?: number, lon?: number }} */ { id, name, lat, lon }) => ({ id, name, lat, lon })),
    (error) => { all = undefined; throw error; },
  );
  return all;
}

/**
 * Those of them that one knows the place of.
 * @returns {Promise<PlacedCity[]>}
 */
export async function placedCities() {
  return (await metropolitanCities()).flatMap(({ id, name, lat, lon }) => (lat === undefined || lon === undefined ? [] : [{ id, name, lat, lon }]));
}

/** Those that one acts for: by a mandate there, or in one of its comuni. */
export function ownCities() {
  if (own?.person !== app.me) {
    const cities = askOwn();
    own = { person: app.me, cities };
    cities.catch(() => { own = undefined; });
  }
  return /** @type {{ cities: Promise<Named[]> }} */ (own).cities;
}

/** @returns {Promise<Named[]>} */
async function askOwn() {
  const [cities, { mandates }] = await Promise.all([metropolitanCities(), app.query('person.me')]);
  const today = new Date().toISOString().slice(0, 10);
  const valid = mandates.filter((/** @type {any} */ { from, to }) => (!from || from.slice(0, 10) <= today) && (!to || to.slice(0, 10) >= today));
  /** @type {Set<number>} */
  const ids = new Set();
  for (const { organisation, organisationName } of valid) {
    if (cities.some(({ id }) => id === organisation)) ids.add(organisation);
    else if (organisationName) {
      const { organisations } = await app.query('organisation.list', { text: organisationName, limit: 20 });
      const parent = organisations.find((/** @type {any} */ one) => one.id === organisation)?.parent;
      if (parent) ids.add(parent);
    }
  }
  return cities.filter(({ id }) => ids.has(id));
}

/**
 * One's own first, then the others.
 * @returns {Promise<{ own: Named[], all: Named[] }>}
 */
export async function citiesInOrder() {
  const [cities, mine] = await Promise.all([metropolitanCities(), ownCities()]);
  return { own: mine, all: [...mine, ...cities.filter(({ id }) => !mine.some((one) => one.id === id))] };
}
