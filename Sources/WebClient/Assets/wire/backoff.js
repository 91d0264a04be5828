const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the next attempt. Half of it is chance, so that a restarted server
 * is not met by everybody in the same instant; a wait the server asked for is the least.
 * @param {number} attempt 0 for the first retry
 * @param {{ random?: () => number, atLeastMs?: number }} options
 */
export function backoffMs(attempt, { random = Math.random, atLeastMs = 0 }) {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  const jittered = ceiling / 2 + random() * (ceiling / 2);
  return Math.round(Math.max(jittered, atLeastMs + random() * FIRST_MS));
}
