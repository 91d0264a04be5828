/** @typedef {'resume' | 'signIn' | 'replaced' | 'refused'} AfterClose */

/**
 * 4000–4099 mean "come back and resume", 4400–4499 "do not come back unchanged".
 * Everything else is the network's doing (1006, a proxy's 1001 …) and is resumed.
 * @param {number} code
 * @returns {AfterClose}
 */
export function afterClose(code) {
  if (code === 4401) return 'signIn';
  if (code === 4409) return 'replaced';
  if (code === 4408) return 'resume'; // our hello was late: a slow line, not a defect
  if (code >= 4400 && code <= 4499) return 'refused';
  return 'resume';
}
