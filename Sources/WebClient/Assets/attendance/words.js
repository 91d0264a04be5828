import { plural, t } from '../i18n/i18n.js';

/**
 * `2 ore e 20 minuti`.
 * @param {number} minutes
 */
export function length(minutes) {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return plural('attendance.minutes', rest);
  return rest === 0 ? plural('attendance.hours', hours) : t('attendance.and', { hours: plural('attendance.hours', hours), minutes: plural('attendance.minutes', rest) });
}

/** @type {Record<string, { text: string }>} */
const STATES = {
  confirmed: { text: 'attendance.state.confirmed' }, checked_in: { text: 'attendance.state.checkedIn' }, attended: { text: 'attendance.state.attended' },
  partial: { text: 'attendance.state.partial' }, no_show: { text: 'attendance.state.noShow' },
};

/** @param {string | undefined} state */
export function stateName(state) {
  const known = state && STATES[state];
  return known ? t(known.text) : t('attendance.state.none');
}
