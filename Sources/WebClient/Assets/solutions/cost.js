import { language, t } from '../i18n/i18n.js';

/** @typedef {{ once?: number, yearly?: number }} Cost in whole euros */

/** The first year's cost up to which the catalogue is narrowed. */
export const COST_BOUNDS = [5_000, 20_000, 50_000, 100_000, 500_000];

/**
 * Whole euros as people write them: `€ 12.000`.
 * @param {number} amount
 */
export function euros(amount) {
  return `€\u00A0${new Intl.NumberFormat(language(), { maximumFractionDigits: 0, useGrouping: /** @type {any} */ ('always') }).format(amount)}`;
}

/** @param {Cost | null | undefined} cost */
export function costText(cost) {
  if (!cost) return '';
  return [cost.once !== undefined && t('solutions.cost.once', { euros: euros(cost.once) }), cost.yearly !== undefined && t('solutions.cost.yearly', { euros: euros(cost.yearly) })].filter(Boolean).join(', ');
}
