import { app } from '../shell/app.js';

/** @typedef {{ at: string, seq: number }} Visit */
/** @typedef {{ last?: Visit, current: Visit }} Visits */

const KEY = 'metropoli.visits';
/** Coming back within so long is still the same visit: what was new stays so. */
const SAME_VISIT_MS = 30 * 60_000;

/**
 * When one was last at a network's page, on this device; and notes that one is there now.
 * @param {number} network
 * @returns {Visit | undefined}
 */
export function visit(network) {
  const key = `${KEY}.${app.me}`;
  const all = read(key);
  const now = { at: new Date().toISOString(), seq: app.connection.cursor?.seq ?? 0 };
  const visits = all[network];
  const isSame = visits && Date.parse(now.at) - Date.parse(visits.current.at) < SAME_VISIT_MS;
  const last = isSame ? visits.last : visits?.current;
  localStorage.setItem(key, JSON.stringify({ ...all, [network]: { last, current: now } }));
  return last;
}

/** @param {string} key @returns {Record<string, Visits>} */
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}');
  } catch {
    return {};
  }
}
