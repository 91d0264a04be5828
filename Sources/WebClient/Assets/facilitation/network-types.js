import { app } from '../shell/app.js';
import { local, t } from '../i18n/i18n.js';

/**
 * @typedef {{ name: string, kind: 'integer' | 'text' | 'flag' | 'organisation', required?: boolean, minimum?: number, maximum?: number,
 *   kinds?: string[], label: import('../wire/protocol').LocalText }} SettingRule
 * @typedef {{ id: string, label: import('../wire/protocol').LocalText, summary: import('../wire/protocol').LocalText,
 *   settings: SettingRule[], roles: RoleRule[], guestsNeedSponsor?: boolean, channels: string[], eventKinds: string[] }} NetworkType
 * @typedef {{ role: 'member' | 'facilitator', label: import('../wire/protocol').LocalText, may: string[] }} RoleRule
 */

/** @type {Promise<NetworkType[]> | undefined} */
let types;

/** The network types that are enabled; they do not change while the server runs. */
export function networkTypes() {
  types ??= app.query('network.types').then(
    (answer) => answer.types,
    (error) => {
      types = undefined;
      throw error;
    });
  return /** @type {Promise<NetworkType[]>} */ (types);
}

/**
 * The names of the types that the programme knows: a dormant one still has a name.
 * @type {Record<string, { text: string }>}
 */
const NAMES = {
  NationalThematic: { text: 'facilitation.type.nationalThematic' }, Local: { text: 'facilitation.type.local' },
  Coordination: { text: 'facilitation.type.coordination' }, European: { text: 'facilitation.type.european' },
};

/** @param {string} id @param {NetworkType} [type] */
export function typeName(id, type) {
  if (type) return local(type.label);
  return NAMES[id] ? t(NAMES[id].text) : id;
}

/**
 * The types' rules in words: how one comes in, who does what.
 * @type {Record<string, { text: string }[]>}
 */
const RULES = {
  NationalThematic: [{ text: 'facilitation.rule.thematic.join' }, { text: 'facilitation.rule.add' }, { text: 'facilitation.rule.announce' }, { text: 'facilitation.rule.thematic.solutions' }, { text: 'facilitation.rule.thematic.webinar' }],
  Local: [{ text: 'facilitation.rule.local.join' }, { text: 'facilitation.rule.add' }, { text: 'facilitation.rule.announce' }, { text: 'facilitation.rule.local.solutions' }],
  Coordination: [{ text: 'facilitation.rule.invited' }, { text: 'facilitation.rule.announce' }, { text: 'facilitation.rule.coordination.decisions' }],
  European: [{ text: 'facilitation.rule.invited' }, { text: 'facilitation.rule.announce' }, { text: 'facilitation.rule.european.guests' }, { text: 'facilitation.rule.european.english' }],
};

/** @param {string} id @returns {string[]} */
export function rulesOf(id) {
  return (RULES[id] ?? [{ text: 'facilitation.rule.announce' }]).map(({ text }) => t(text));
}

/**
 * What a role is called in the networks of a type; a dormant type's are called as everywhere.
 * @param {string | undefined} role @param {NetworkType} [type]
 */
export function roleName(role, type) {
  const rule = type?.roles.find((one) => one.role === role);
  if (rule) return local(rule.label);
  return role === 'facilitator' ? t('facilitation.role.facilitator') : t('facilitation.role.member');
}

/** @type {Record<string, { text: string }>} */
const ACTS = {
  manageMembers: { text: 'facilitation.act.manageMembers' }, manageChannels: { text: 'facilitation.act.manageChannels' },
  announce: { text: 'facilitation.act.announce' }, moderate: { text: 'facilitation.act.moderate' },
  mentionEverybody: { text: 'facilitation.act.mentionEverybody' }, manageBots: { text: 'facilitation.act.manageBots' },
};

/**
 * What a role may do, in words.
 * @param {RoleRule} rule
 */
export function actsOf(rule) {
  return rule.may.map((act) => ACTS[act] ? t(ACTS[act].text) : act);
}

/** @type {Record<string, { text: string }>} */
const EVENTS = {
  national_network_meeting: { text: 'facilitation.event.nationalMeeting' }, local_network_meeting: { text: 'facilitation.event.localMeeting' },
  coordination_meeting: { text: 'facilitation.event.coordinationMeeting' }, webinar: { text: 'facilitation.event.webinar' },
  training_day: { text: 'facilitation.event.training' }, study_visit: { text: 'facilitation.event.visit' },
  national_conference: { text: 'facilitation.event.conference' }, launch: { text: 'facilitation.event.launch' }, other: { text: 'facilitation.event.other' },
};

/** @param {string} kind */
export function eventKindName(kind) {
  return EVENTS[kind] ? t(EVENTS[kind].text) : kind;
}
