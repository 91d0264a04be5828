import { h } from '../dom/h.js';
import { when } from './when.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */

/** @type {Record<string, { text: string }>} */
const KINDS = {
  national_network_meeting: { text: 'events.kind.national' }, local_network_meeting: { text: 'events.kind.local' },
  coordination_meeting: { text: 'events.kind.coordination' }, webinar: { text: 'events.kind.webinar' }, training_day: { text: 'events.kind.training' },
  study_visit: { text: 'events.kind.visit' }, national_conference: { text: 'events.kind.conference' }, launch: { text: 'events.kind.launch' },
  other: { text: 'events.kind.other' },
};

/** @param {string} kind */
export function kindName(kind) {
  return KINDS[kind] ? t(KINDS[kind].text) : kind;
}

/** @type {Record<string, { text: string, look: string }>} */
const STATES = {
  draft: { text: 'events.state.draft', look: 'is-warm' }, live: { text: 'events.state.live', look: 'is-ok' }, ended: { text: 'events.state.ended', look: '' },
  minuted: { text: 'events.state.minuted', look: '' }, archived: { text: 'events.state.archived', look: '' },
  cancelled: { text: 'events.state.cancelled', look: 'is-bad' }, postponed: { text: 'events.state.postponed', look: 'is-bad' },
};

/**
 * A published event needs no word.
 * @param {Event} event
 */
export function stateTag(event) {
  const state = STATES[event.state];
  return state && h('span', { class: `tag ${state.look}`, key: 'state' }, t(state.text));
}

/** @param {Event} event */
export function numberInSeries(event) {
  return event.series && t('events.number', { index: event.series.index, of: event.series.of });
}

/** @type {Record<string, { text: string }>} */
const CLASHES = {
  speaker: { text: 'events.clash.speaker' }, room: { text: 'events.clash.room' }, place: { text: 'events.clash.place' }, own: { text: 'events.clash.own' },
};

/**
 * What is wanted twice, and by which other event.
 * @param {import('../wire/protocol').EventClash} clash
 * @param {boolean} [withKind] unless what stands before says it already
 */
export function clashInWords(clash, withKind = true) {
  return [withKind && [t(CLASHES[clash.kind]?.text ?? clash.kind), ' '], clash.event ? h('a', { href: `/events/${clash.event}` }, clash.title) : t('events.unknownEvent'), ` (${when(clash, true)})`];
}
