import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { dataTable } from '../dom/table.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { everyAdoption } from './ask.js';
import { Asked } from './asked.js';
import { placedCities } from './cities.js';
import { HEIGHT, WIDTH, arrow, namesBeside, pointOf } from './map-drawing.js';
import { ADOPTION_WAY, adoptionState, adoptionTag, isTransferred, shortCity } from './words.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('./words').Adoption} Adoption */
/** @typedef {import('./map-drawing').PlacedCity} PlacedCity */

/** Where solutions went: a drawing of the cities with an arrow from where each comes to who takes it over, and the same as a table. */
export class AdoptionMap extends View {
  /** @type {Asked<{ cities: PlacedCity[], adoptions: Adoption[], most: number | undefined }>} */
  #asked = new Asked(this.invalidate, async () => {
    const [cities, { adoptions, isAll }] = await Promise.all([placedCities(), everyAdoption()]);
    return { cities, adoptions: adoptions.filter(({ state }) => state !== 'abandoned'), most: isAll ? undefined : adoptions.length };
  });

  connected() {
    void this.#asked.load();
    this.until(app.community.subscribe('solutions', this.#asked.soon));
  }

  disconnected() {
    this.#asked.stop();
  }

  render() {
    const { value, error } = this.#asked;
    if (!value) return error ? h('div', { role: 'alert', key: 'failed' }, failure(errorText(error), () => void this.#asked.load())) : h('p', { class: 'state-text', role: 'status', key: 'loading' }, t('solutions.loading'));
    return [value.most !== undefined && h('p', { class: 'notice-inline is-info', role: 'status', key: 'most' }, t('solutions.map.newest', { n: value.most })),
      adoptionMap(value.cities, value.adoptions)];
  }
}

/**
 * @param {PlacedCity[]} cities
 * @param {Adoption[]} adoptions
 */
function adoptionMap(cities, adoptions) {
  const ways = waysOf(adoptions);
  const inUse = ways.filter((way) => way.inUse).length;
  return h('div', { class: 'adoption-map', key: 'map' },
    h('figure', { key: 'figure' },
      drawing(cities, ways),
      h('figcaption', null, h('span', { class: 'map-key is-used', key: 'used' }, h('span', { 'aria-hidden': 'true' }), t('solutions.map.used')), h('span', { class: 'map-key', key: 'going' }, h('span', { 'aria-hidden': 'true' }), t('solutions.map.going')))),
    h('div', { key: 'table' }, h('h2', { class: 'h5' }, t('solutions.map.table')),
      h('p', { class: 'list-count', key: 'count' }, [plural('solutions.map.ways', ways.length), plural('solutions.map.inUse', inUse)].join(' · ')),
      adoptions.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('solutions.map.none')) : table(adoptions)));
}

/** @typedef {{ from: { id: number, name: string }, to: { id: number, name: string }, count: number, inUse: boolean }} Way */

/**
 * Adoptions between the same two cities are one arrow.
 * @param {Adoption[]} adoptions
 * @returns {Way[]}
 */
function waysOf(adoptions) {
  /** @type {Map<string, Way>} */
  const ways = new Map();
  for (const { origin, city, state } of adoptions) {
    const key = `${origin.id} ${city.id}`;
    const way = ways.get(key) ?? { from: origin, to: city, count: 0, inUse: false };
    ways.set(key, { ...way, count: way.count + 1, inUse: way.inUse || isTransferred(state) });
  }
  return [...ways.values()];
}

/** @param {PlacedCity[]} cities @param {Way[]} ways */
function drawing(cities, ways) {
  const places = new Map(cities.map((city) => [city.id, pointOf(city)]));
  const sides = namesBeside(cities);
  const concerned = new Set(ways.flatMap(({ from, to }) => [from.id, to.id]));
  return h('svg', { class: 'map-drawing', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': t('solutions.map.label') },
    ways.map(({ from, to, count, inUse }) => {
      const [start, end] = [places.get(from.id), places.get(to.id)];
      if (!start || !end) return null;
      const { line, head } = arrow(start, end);
      return h('g', { key: `${from.id} ${to.id}`, class: inUse ? 'map-way is-used' : 'map-way' }, h('path', { d: line, class: 'map-line', 'stroke-width': Math.min(5, 1.5 + count) }), h('path', { d: head, class: 'map-head' }));
    }),
    cities.map((city) => {
      const { x, y } = pointOf(city);
      const isLeft = sides.get(city.id) === 'left';
      return h('g', { key: city.id, class: concerned.has(city.id) ? 'map-city is-concerned' : 'map-city' }, h('circle', { cx: x.toFixed(1), cy: y.toFixed(1), r: concerned.has(city.id) ? 5.5 : 4 }),
        h('text', { x: (isLeft ? x - 9 : x + 9).toFixed(1), y: (y + 4).toFixed(1), 'text-anchor': isLeft ? 'end' : 'start' }, shortCity(city)));
    }));
}

/** @param {Adoption[]} adoptions */
function table(adoptions) {
  return dataTable({
    caption: t('solutions.map.table'), id: ({ id }) => id,
    rows: [...adoptions].sort((a, b) => a.origin.name.localeCompare(b.origin.name) || a.city.name.localeCompare(b.city.name)),
    columns: [
      { key: 'solution', title: t('solutions.one'), names: true, cell: ({ solution, title }) => h('a', { href: `/solutions/${solution}` }, title) },
      { key: 'from', title: t('solutions.map.from'), cell: ({ origin }) => shortCity(origin) },
      { key: 'to', title: t('solutions.map.to'), cell: ({ city }) => shortCity(city) },
      { key: 'state', title: t('solutions.filter.state'), by: ({ state }) => ADOPTION_WAY.indexOf(state), cell: ({ id, state }) => h('a', { href: `/adoptions/${id}`, 'aria-label': t('solutions.map.adoption', { state: adoptionState(state) }) }, adoptionTag(state)) },
    ],
  });
}

customElements.define('m-adoption-map', AdoptionMap);
