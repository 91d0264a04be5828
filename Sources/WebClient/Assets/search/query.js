/**
 * What is looked for: the words with their operators, and the filters beside them. It lives in the address.
 * @typedef {{ text: string, network?: number, channel?: number, by?: number, kind?: string, since?: string, until?: string }} Query
 */

/** @param {string} address what follows the `?` @returns {Query} */
export function queryOf(address) {
  const given = new URLSearchParams(address);
  const number = (/** @type {string} */ name) => Number(given.get(name)) || undefined;
  const text = (/** @type {string} */ name) => given.get(name) || undefined;
  return { text: (given.get('q') ?? '').trim(), network: number('network'), channel: number('channel'), by: number('by'), kind: text('kind'), since: text('since'), until: text('until') };
}

/** @param {Query} query */
export function addressOf({ text, ...filters }) {
  const given = new URLSearchParams({ q: text });
  for (const [name, value] of Object.entries(filters)) if (value) given.set(name, String(value));
  return `/search?${given}`;
}

/**
 * As the server is asked: days are whole, where one is.
 * @param {Query} query
 */
export function requestOf({ since, until, ...query }) {
  const day = (/** @type {string} */ date, /** @type {number} */ later) => {
    const start = new Date(`${date}T00:00:00`);
    start.setDate(start.getDate() + later);
    return start.toISOString();
  };
  const request = { ...query, ...(since ? { since: day(since, 0) } : {}), ...(until ? { until: day(until, 1) } : {}) };
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
}

/**
 * A query with an operator more, ready to be filled in; a value that has a space needs quotes.
 * @param {string} text
 * @param {string} operator such as `da:`
 */
export function withOperator(text, operator) {
  return text === '' ? operator : `${text.trimEnd()} ${operator}`;
}

/** @param {Query} query */
export function hasFilters({ text, ...filters }) {
  return Object.values(filters).some((value) => value !== undefined);
}
