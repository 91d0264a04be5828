import { t } from '../i18n/i18n.js';

/**
 * What the protocol's words for a wrong field mean to a person.
 * @type {Record<string, { text: string }>}
 */
const WORDS = {
  missing: { text: 'form.missing' }, empty: { text: 'form.missing' }, too_short: { text: 'form.tooShort' }, too_long: { text: 'form.tooLong' },
  too_common: { text: 'form.tooCommon' }, out_of_range: { text: 'form.outOfRange' }, not_allowed: { text: 'form.notAllowed' },
  unknown: { text: 'form.notAllowed' }, wrong_type: { text: 'form.wrongType' }, unknown_zone: { text: 'form.notAllowed' },
  too_many: { text: 'form.tooMany' }, too_few: { text: 'form.missing' }, wrong: { text: 'form.notAllowed' },
  not_in_network: { text: 'form.notInNetwork' }, taken: { text: 'form.taken' }, twice: { text: 'form.twice' },
  does_not_exist: { text: 'form.doesNotExist' }, after_end: { text: 'form.afterEnd' }, after_closes: { text: 'form.afterCloses' }, before_start: { text: 'form.beforeStart' },
  endless: { text: 'form.endless' },
};

const OTHER = { text: 'form.notAllowed' };

/** @param {string} problem */
export function problemText(problem) {
  return t((WORDS[problem] ?? OTHER).text);
}
