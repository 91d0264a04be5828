/** @typedef {'closed' | 'differs' | 'refused' | 'forgotten'} Trouble why one's own text must be shown for recovery */

/** Refusals that pass, or that say nothing of the operation. */
const PASSING = new Set(['rate_limited', 'unavailable', 'internal', 'signed_out', 'unauthenticated']);

/**
 * Whether it is worth trying again.
 * @param {any} error
 */
export function passes(error) {
  return PASSING.has(error?.code) && !isDormant(error);
}

/**
 * What a refusal means for whoever writes.
 * @param {any} error
 * @returns {Trouble}
 */
export function troubleOf(error) {
  if (['forbidden', 'not_found', 'closed'].includes(error?.code) || isDormant(error)) return 'closed';
  // An archived document bears its state; a text that the server no longer has, or never had, does not.
  if (error?.code === 'conflict') return error.refusal?.current?.state === 'archived' ? 'closed' : 'forgotten';
  return 'refused';
}

/**
 * The network takes no writes.
 * @param {any} error
 */
function isDormant(error) {
  return error?.code === 'unavailable' && error.refusal?.retryable === false;
}
