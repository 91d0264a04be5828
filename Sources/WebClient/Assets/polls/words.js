import { h } from '../dom/h.js';
import { when } from '../events/when.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event['start']} Time */
/** @typedef {{ id: number, start: Time, end: Time, yes: number, ifNeedBe: number, no: number }} PollOption */
/** @typedef {{ person: number, city?: number, votes: Record<string, string> }} Ballot */
/** @typedef {{ option: number, person: number, event?: number, title?: string, start: Time, end: Time }} PollClash */
/**
 * @typedef {object} Poll
 * @property {number} id
 * @property {number} revision
 * @property {'open' | 'ended' | 'closed'} state
 * @property {number} network
 * @property {string} kind
 * @property {string} title
 * @property {'person' | 'city'} weight
 * @property {Time} [deadline]
 * @property {PollOption[]} options
 * @property {number} [option]
 * @property {number} [event]
 * @property {Ballot[]} [ballots]
 * @property {{ id: number, name: string }[]} [people]
 * @property {{ id: number, name: string }[]} [cities]
 * @property {{ city?: number, cityName?: string, votes?: Record<string, string> }} [me]
 * @property {PollClash[]} [clashes]
 */

/** @type {Record<string, { text: string, mark: string }>} */
export const ANSWERS = {
  yes: { text: 'polls.yes', mark: '✓' }, ifNeedBe: { text: 'polls.ifNeedBe', mark: '(✓)' }, no: { text: 'polls.no', mark: '✕' },
};

/** @type {Record<string, { text: string, look: string }>} */
const STATES = {
  open: { text: 'polls.state.open', look: 'is-ok' }, ended: { text: 'polls.state.ended', look: 'is-warm' }, closed: { text: 'polls.state.closed', look: '' },
};

/** @param {Poll} poll */
export function stateTag(poll) {
  const state = STATES[poll.state];
  return state && h('span', { class: `tag ${state.look}`, key: 'state' }, t(state.text));
}

/**
 * The dates that suit most: the most who come, then the most who come if need be.
 * @param {Poll} poll
 */
export function best(poll) {
  const rank = (/** @type {PollOption} */ option) => option.yes * 10_000 + option.ifNeedBe;
  const most = Math.max(...poll.options.map(rank));
  return most === 0 ? [] : poll.options.filter((option) => rank(option) === most).map(({ id }) => id);
}

/** @param {Poll} poll */
export function deadlineText(poll) {
  return poll.deadline && t('polls.until', { when: when({ start: poll.deadline, end: poll.deadline }).replace(/–\d.*?(?= \(|$)/, '') });
}
