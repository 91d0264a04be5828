import { plural, t } from '../i18n/i18n.js';

/**
 * What the protocol's codes mean to a person.
 * @type {Record<string, { text: string }>}
 */
const SENTENCES = {
  invalid: { text: 'error.invalid' },
  forbidden: { text: 'error.forbidden' },
  not_found: { text: 'error.notFound' },
  conflict: { text: 'error.conflict' },
  closed: { text: 'error.closed' },
  too_large: { text: 'error.tooLarge' },
  unavailable: { text: 'error.unavailable' },
  unauthenticated: { text: 'error.unauthenticated' },
};

const OTHER = { text: 'error.other' };

/** @param {any} error */
export function errorText(error) {
  const code = error?.code;
  const wait = error?.refusal?.retryAfterMs;
  if (code === 'rate_limited') return wait ? plural('error.rateLimited', Math.ceil(wait / 1000)) : t('error.unavailable');
  if (error instanceof TypeError) return t('error.offline');
  return t((SENTENCES[code] ?? OTHER).text);
}
