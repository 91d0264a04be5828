import { h } from '../dom/h.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {{ id: number, name: string }} Named */
/** @typedef {'draft' | 'in_review' | 'tested' | 'published' | 'superseded' | 'withdrawn'} SolutionState */
/** @typedef {'requested' | 'agreed' | 'kit_delivered' | 'adapting' | 'in_use' | 'evaluated' | 'abandoned'} AdoptionState */
/** @typedef {{ write: boolean, submit: boolean, return: boolean, approve: boolean, publish: boolean, withdraw: boolean, adopt?: Named[], ask?: boolean }} Rights */
/** @typedef {{ kind: 'event' | 'decision' | 'message' | 'solution', id: number, title: string, at?: string, incoming?: boolean, channel?: number, event?: number }} Reference */
/**
 * @typedef {object} Experiment
 * @property {number} id
 * @property {number} revision
 * @property {'proposed' | 'started' | 'concluded'} state
 * @property {number} network
 * @property {Named} [city]
 * @property {string} [area]
 * @property {string} title
 * @property {number} [solution]
 * @property {string} [text]
 * @property {string} [html]
 * @property {'success' | 'partial' | 'failed'} [outcome]
 * @property {string} [note]
 * @property {string} [noteHtml]
 * @property {import('../wire/protocol').FileInfo[]} [files]
 * @property {string} [started]
 * @property {string} [concluded]
 * @property {string} [at]
 * @property {boolean} [mayChange]
 */
/** @typedef {{ state: AdoptionState, html?: string, files?: import('../wire/protocol').FileInfo[], by?: Named, at: string }} AdoptionStep */
/**
 * @typedef {object} Adoption
 * @property {number} id
 * @property {AdoptionState} state
 * @property {number} network
 * @property {number} solution
 * @property {string} title
 * @property {number} version
 * @property {number} [newer]
 * @property {Named} city
 * @property {Named} origin
 * @property {Named} [referent]
 * @property {Named} [originReferent]
 * @property {AdoptionStep[]} [steps]
 * @property {string} at
 * @property {string} changed
 * @property {AdoptionState[]} [may]
 */
/**
 * @typedef {object} Solution
 * @property {number} id
 * @property {number} revision
 * @property {SolutionState} state
 * @property {number} version
 * @property {number} [published]
 * @property {number} network
 * @property {number} [document]
 * @property {string} title
 * @property {Named} [city]
 * @property {string} area
 * @property {string} [licence]
 * @property {number} [next]
 * @property {{ address?: string, version?: number }} [origin]
 * @property {Record<string, string>} [parts]
 * @property {Record<string, string>} [partsHtml]
 * @property {string} [text]
 * @property {string} [summary]
 * @property {string[]} [missing]
 * @property {Experiment[]} [experiments]
 * @property {number} [approvalsNeeded]
 * @property {{ person: number, name?: string, city?: Named, state: string, reason?: string, at: string }[]} [reviewers]
 * @property {Adoption[]} [adoptions]
 * @property {Reference[]} [references]
 * @property {{ act: string, version: number, by?: Named, at: string, reason?: string }[]} [acts]
 * @property {{ version: number, at: string, by?: Named, hash: string }[]} [versions]
 * @property {number} [supersededBy]
 * @property {boolean} [transferred]
 * @property {number} [adopted]
 * @property {(Named & { state: AdoptionState })[]} [adopters]
 * @property {import('./cost').Cost} [cost]
 * @property {Named[]} [authors]
 * @property {string} at
 * @property {string} changed
 * @property {Rights} [me]
 */

/** @type {Record<string, { text: string, hint: { text: string } }>} */
const PARTS = {
  summary: { text: 'solutions.part.summary', hint: { text: 'solutions.hint.summary' } },
  context: { text: 'solutions.part.context', hint: { text: 'solutions.hint.context' } },
  organisation: { text: 'solutions.part.organisation', hint: { text: 'solutions.hint.organisation' } },
  acts: { text: 'solutions.part.acts', hint: { text: 'solutions.hint.acts' } },
  technology: { text: 'solutions.part.technology', hint: { text: 'solutions.hint.technology' } },
  training: { text: 'solutions.part.training', hint: { text: 'solutions.hint.training' } },
  communication: { text: 'solutions.part.communication', hint: { text: 'solutions.hint.communication' } },
  costs: { text: 'solutions.part.costs', hint: { text: 'solutions.hint.costs' } },
  indicators: { text: 'solutions.part.indicators', hint: { text: 'solutions.hint.indicators' } },
  risks: { text: 'solutions.part.risks', hint: { text: 'solutions.hint.risks' } },
  contacts: { text: 'solutions.part.contacts', hint: { text: 'solutions.hint.contacts' } },
};

/**
 * Whether what is shown is a published version: what is being written has a number that no version has yet.
 * @param {{ version?: number, versions?: { version: number }[] }} solution
 */
export function isVersion({ version, versions }) {
  return (versions ?? []).some((one) => one.version === version);
}

/**
 * Whether one may begin solutions in a network: its members, where its type has them written.
 * @param {import('../wire/protocol').Network} network
 */
export function writesSolutions({ role, dormant, solutions }) {
  return role !== undefined && !dormant && solutions === undefined;
}

/** The kit's parts in the order in which they are read. */
export const KIT = Object.keys(PARTS);

/** @param {string} part */
export function partName(part) {
  return t(PARTS[part]?.text ?? part);
}

/** @param {string} part */
export function partHint(part) {
  return t(PARTS[part]?.hint.text ?? part);
}

/** @type {Record<string, { text: string }>} */
const NEEDS = { licence: { text: 'solutions.need.licence' }, experiments: { text: 'solutions.need.experiments' } };

/**
 * From how many cities a version was approved.
 * @param {Pick<Solution, 'reviewers'>} solution
 */
export function approvalsGiven({ reviewers }) {
  return new Set((reviewers ?? []).filter(({ state }) => state === 'approved').map(({ city }) => city?.id)).size;
}

/**
 * From how many more cities it must be approved.
 * @param {Pick<Solution, 'reviewers' | 'approvalsNeeded'>} solution
 */
export function approvalsLeft(solution) {
  return Math.max(1, (solution.approvalsNeeded ?? 1) - approvalsGiven(solution));
}

/**
 * What a solution still needs, in words.
 * @param {string} name
 * @param {number} [approvals] how many, where those of cities are
 */
export function needName(name, approvals = 1) {
  if (name === 'approval') return plural('solutions.need.approval', approvals);
  return NEEDS[name] ? t(NEEDS[name].text) : partName(name);
}

/** @param {string} name */
export function isNeed(name) {
  return name in PARTS || name in NEEDS || name === 'approval';
}

/** @type {Record<string, { text: string, look: string }>} */
const STATES = {
  draft: { text: 'solutions.state.draft', look: 'is-warm' }, in_review: { text: 'solutions.state.inReview', look: 'is-accent' },
  tested: { text: 'solutions.state.tested', look: 'is-accent' }, published: { text: 'solutions.state.published', look: 'is-ok' },
  superseded: { text: 'solutions.state.superseded', look: '' }, withdrawn: { text: 'solutions.state.withdrawn', look: 'is-bad' },
};

export const SOLUTION_STATES = Object.keys(STATES);

/** @param {string} state */
export function stateName(state) {
  return t(STATES[state]?.text ?? state);
}

/** @param {string} state */
export function stateTag(state) {
  return h('span', { class: `tag ${STATES[state]?.look ?? ''}`, key: 'state' }, stateName(state));
}

/** @type {Record<string, { text: string }>} */
const AREAS = { edilizia: { text: 'solutions.area.edilizia' }, 'piani-strategici': { text: 'solutions.area.plans' }, riassetto: { text: 'solutions.area.riassetto' } };

export const AREA_NAMES = Object.keys(AREAS);

/** @param {string | undefined} area */
export function areaName(area) {
  return area ? t(AREAS[area]?.text ?? area) : '';
}

export function areaOptions() {
  return AREA_NAMES.map((value) => ({ value, label: areaName(value) }));
}

/** @type {Record<string, { text: string, look: string }>} */
const EXPERIMENTS = {
  proposed: { text: 'solutions.experiment.proposed', look: 'is-warm' }, started: { text: 'solutions.experiment.started', look: 'is-accent' },
  concluded: { text: 'solutions.experiment.concluded', look: '' },
};

/** @type {Record<string, { text: string, look: string }>} */
const OUTCOMES = {
  success: { text: 'solutions.outcome.success', look: 'is-ok' }, partial: { text: 'solutions.outcome.partial', look: 'is-warm' },
  failed: { text: 'solutions.outcome.failed', look: 'is-bad' },
};

/** @param {string} outcome */
export function outcomeName(outcome) {
  return t(OUTCOMES[outcome]?.text ?? outcome);
}

export function outcomeOptions() {
  return Object.keys(OUTCOMES).map((value) => ({ value, label: outcomeName(value) }));
}

/** @param {string} state */
export function experimentState(state) {
  return t(EXPERIMENTS[state]?.text ?? state);
}

/** @param {Experiment} experiment */
export function experimentTags({ state, outcome }) {
  return [h('span', { class: `tag ${EXPERIMENTS[state]?.look ?? ''}`, key: 'state' }, experimentState(state)),
    outcome && h('span', { class: `tag ${OUTCOMES[outcome]?.look ?? ''}`, key: 'outcome' }, outcomeName(outcome))];
}

/** @type {Record<string, { text: string, look: string, act: { text: string } }>} */
const ADOPTIONS = {
  requested: { text: 'solutions.adoption.requested', look: 'is-warm', act: { text: 'solutions.step.requested' } },
  agreed: { text: 'solutions.adoption.agreed', look: 'is-accent', act: { text: 'solutions.step.agreed' } },
  kit_delivered: { text: 'solutions.adoption.kitDelivered', look: 'is-accent', act: { text: 'solutions.step.kitDelivered' } },
  adapting: { text: 'solutions.adoption.adapting', look: 'is-accent', act: { text: 'solutions.step.adapting' } },
  in_use: { text: 'solutions.adoption.inUse', look: 'is-ok', act: { text: 'solutions.step.inUse' } },
  evaluated: { text: 'solutions.adoption.evaluated', look: 'is-ok', act: { text: 'solutions.step.evaluated' } },
  abandoned: { text: 'solutions.adoption.abandoned', look: 'is-bad', act: { text: 'solutions.step.abandoned' } },
};

/** The way of an adoption that is not given up. */
export const ADOPTION_WAY = /** @type {AdoptionState[]} */ (Object.keys(ADOPTIONS).filter((state) => state !== 'abandoned'));

/** @param {string} state */
export function adoptionState(state) {
  return t(ADOPTIONS[state]?.text ?? state);
}

/** What one does to get there. */
/** @param {string} state */
export function adoptionAct(state) {
  return t(ADOPTIONS[state]?.act.text ?? state);
}

/** @param {string} state */
export function adoptionTag(state) {
  return h('span', { class: `tag ${ADOPTIONS[state]?.look ?? ''}`, key: 'state' }, adoptionState(state));
}

/** @param {AdoptionState} state */
export function isTransferred(state) {
  return state === 'in_use' || state === 'evaluated';
}

/**
 * A metropolitan city as one says it: `Messina`.
 * @param {Named | undefined} city
 */
export function shortCity(city) {
  return (city?.name ?? '').replace(/^città metropolitana (?:di |d[’'])?/i, '');
}

/** @param {Named[]} cities */
export function transferredTo(cities) {
  return cities.length === 0 ? '' : t('solutions.transferredTo', { cities: cities.map(shortCity).join(', ') });
}

/**
 * What is out while the next version is being written.
 * @param {Solution} solution
 */
export function publishedTag({ published, version, state }) {
  return published !== undefined && published !== version && !['superseded', 'withdrawn'].includes(state)
    && h('span', { class: 'tag is-ok', key: 'published' }, t('solutions.publishedIs', { n: published }));
}

/** @param {Solution} solution */
export function transferTags({ transferred, adopted, adopters = [] }) {
  const cities = adopters.filter(({ state }) => isTransferred(state));
  return [
    transferred && h('span', { class: 'tag is-ok', key: 'transferred' }, transferredTo(cities) || t('solutions.transferred')),
    adopted !== undefined && adopted > 0 && h('span', { class: 'tag', key: 'adopted' }, plural('solutions.adopted', adopted)),
  ];
}

/** @type {Record<string, { text: string }>} */
const ACTS = {
  created: { text: 'solutions.act.created' }, reopened: { text: 'solutions.act.reopened' }, submitted: { text: 'solutions.act.submitted' }, asked: { text: 'solutions.act.asked' },
  returned: { text: 'solutions.act.returned' }, approved: { text: 'solutions.act.approved' }, published: { text: 'solutions.act.published' },
  withdrawn: { text: 'solutions.act.withdrawn' }, superseded: { text: 'solutions.act.superseded' },
};

/** @param {string} act */
export function actName(act) {
  return t(ACTS[act]?.text ?? act);
}

/** @type {Record<string, { text: string, look: string }>} */
const REVIEWS = {
  asked: { text: 'solutions.review.asked', look: '' }, approved: { text: 'solutions.review.approved', look: 'is-ok' },
  returned: { text: 'solutions.review.returned', look: 'is-warm' },
};

/** @param {string} state */
export function reviewTag(state) {
  return h('span', { class: `tag ${REVIEWS[state]?.look ?? ''}`, key: 'state' }, t(REVIEWS[state]?.text ?? state));
}
