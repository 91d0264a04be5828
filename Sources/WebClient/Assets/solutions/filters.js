/**
 * What the catalogue is narrowed to; it lives in the address.
 * @typedef {{ view: 'solutions' | 'adoptions' | 'map', text: string, network?: number, area?: string, city?: number, state?: string, adoptedBy?: number, cost?: number, transferred?: boolean }} Filters
 */

/** @param {string} address what follows the `?` @returns {Filters} */
export function filtersOf(address) {
  const given = new URLSearchParams(address);
  const number = (/** @type {string} */ name) => Number(given.get(name)) || undefined;
  const transferred = given.get('transferred');
  const view = given.get('view');
  return {
    view: view === 'adoptions' || view === 'map' ? view : 'solutions', text: (given.get('q') ?? '').trim(), network: number('network'),
    area: given.get('area') || undefined, city: number('city'), state: given.get('state') || undefined,
    adoptedBy: number('adoptedBy'), cost: number('cost'),
    transferred: transferred === 'yes' ? true : transferred === 'no' ? false : undefined,
  };
}

/** @param {Filters} filters */
export function catalogueAddress({ view, text, network, area, city, state, adoptedBy, cost, transferred }) {
  const given = new URLSearchParams();
  if (view !== 'solutions') given.set('view', view);
  if (text) given.set('q', text);
  for (const [name, value] of Object.entries({ network, area, city, state, adoptedBy, cost })) if (value) given.set(name, String(value));
  if (transferred !== undefined) given.set('transferred', transferred ? 'yes' : 'no');
  const words = given.toString();
  return words === '' ? '/solutions' : `/solutions?${words}`;
}

/**
 * As the server is asked.
 * @param {Filters} filters
 */
export function listQuery({ view, text, ...filters }) {
  return Object.fromEntries(Object.entries({ ...filters, text: text || undefined }).filter(([, value]) => value !== undefined));
}

/** @param {Filters} filters */
export function isNarrowed({ view, text, ...filters }) {
  return text !== '' || Object.values(filters).some((value) => value !== undefined);
}
