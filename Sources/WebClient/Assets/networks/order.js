import { local } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Network} Network */

// The programme's own order: the thematic networks it is built around come first.
const TYPES = ['NationalThematic', 'Local', 'Coordination', 'European'];

/** @param {Iterable<Network>} networks */
export function networksByType(networks) {
  const rank = (/** @type {Network} */ { type }) => (TYPES.includes(type) ? TYPES.indexOf(type) : TYPES.length);
  const sorted = [...networks].sort((a, b) => rank(a) - rank(b) || local(a.name).localeCompare(local(b.name), 'it'));
  return { joined: sorted.filter((network) => network.role), joinable: sorted.filter((network) => !network.role && !network.dormant) };
}
