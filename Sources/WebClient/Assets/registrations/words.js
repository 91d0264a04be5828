import { h } from '../dom/h.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Registration} Registration */

/** @type {Record<string, { text: string, look: string }>} */
const STATES = {
  invited: { text: 'registrations.state.invited', look: 'is-accent' }, requested: { text: 'registrations.state.requested', look: 'is-warm' },
  confirmed: { text: 'registrations.state.confirmed', look: 'is-ok' }, waitlisted: { text: 'registrations.state.waitlisted', look: 'is-warm' },
  offered: { text: 'registrations.state.offered', look: 'is-accent' }, declined: { text: 'registrations.state.declined', look: '' },
  rejected: { text: 'registrations.state.rejected', look: 'is-bad' }, left: { text: 'registrations.state.left', look: '' },
  expired: { text: 'registrations.state.expired', look: '' }, lapsed: { text: 'registrations.state.lapsed', look: '' },
  cancelled: { text: 'registrations.state.cancelled', look: '' }, checked_in: { text: 'registrations.state.checkedIn', look: 'is-ok' },
  no_show: { text: 'registrations.state.noShow', look: 'is-bad' }, attended: { text: 'registrations.state.attended', look: 'is-ok' },
  partial: { text: 'registrations.state.partial', look: 'is-warm' },
};

/** @param {string} state */
export function stateName(state) {
  return STATES[state] ? t(STATES[state].text) : state;
}

/** @param {string} state */
export function stateTag(state) {
  return h('span', { class: `tag ${STATES[state]?.look ?? ''}`, key: 'state' }, stateName(state));
}

const ENDED = new Set(['declined', 'rejected', 'left', 'expired', 'lapsed', 'cancelled']);

/**
 * Whether somebody still takes part or may come to.
 * @param {string} state
 */
export function isActive(state) {
  return !ENDED.has(state);
}

const SEATED = new Set(['confirmed', 'checked_in', 'no_show', 'attended', 'partial']);

/** @param {string} state */
export function hasSeat(state) {
  return SEATED.has(state);
}

/** @type {Record<string, { text: string }>} */
const REFUSALS = {
  too_early: { text: 'registrations.error.early' }, closed: { text: 'registrations.error.closed' }, full: { text: 'registrations.error.full' },
  conflict: { text: 'registrations.error.conflict' },
};

/**
 * A refusal in the words of registering; nothing for those that are said the same everywhere.
 * @param {any} error
 */
export function refusalText(error) {
  const known = REFUSALS[error?.code];
  return known && t(known.text);
}

/**
 * How long something is still kept.
 * @param {string} until
 */
export function timeLeft(until) {
  const minutes = Math.max(1, Math.ceil((Date.parse(until) - Date.now()) / 60_000));
  return minutes >= 120 ? plural('registrations.hoursLeft', Math.floor(minutes / 60)) : plural('registrations.minutesLeft', minutes);
}
