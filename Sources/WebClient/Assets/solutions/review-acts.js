import { h } from '../dom/h.js';
import { tell } from '../dom/ask.js';
import { askForm } from '../dom/form-dialog.js';
import { app } from '../shell/app.js';
import { showNotice } from '../shell/notices.js';
import { go } from '../shell/router.js';
import { ask } from './ask.js';
import { peopleList } from './people-list.js';
import { refused, takeStep } from './step.js';
import { approvalsLeft, needName, shortCity } from './words.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('./words').Solution} Solution */

/**
 * What one may do with a solution at this moment, as buttons; each says what it means before it is done.
 * @param {Solution} solution
 */
export function solutionActs(solution) {
  const rights = solution.me;
  if (!rights) return [];
  const act = (/** @type {string} */ key, /** @type {string} */ label, /** @type {() => unknown} */ onclick, look = 'btn-outline-primary') => (
    h('button', { type: 'button', key, class: `btn ${look} btn-sm`, onclick: () => void onclick() }, label));
  return [
    rights.submit && act('submit', t('solutions.submit'), () => submit(solution), 'btn-primary'),
    rights.approve && act('approve', t('solutions.approve'), () => approve(solution), 'btn-primary'),
    rights.publish && act('publish', t('solutions.publish'), () => publish(solution), 'btn-primary'),
    rights.return && act('return', t('solutions.return'), () => giveBack(solution)),
    (rights.adopt ?? []).length > 0 && act('adopt', t('solutions.adopt'), () => adopt(solution), rights.submit || rights.publish ? undefined : 'btn-primary'),
    rights.withdraw && act('supersede', t('solutions.supersede'), () => supersede(solution)),
    rights.withdraw && act('withdraw', t('solutions.withdraw'), () => withdraw(solution)),
  ].filter(Boolean);
}

/** @param {Solution} solution */
function base({ id, revision }) {
  return { solution: id, revision };
}

/** @param {Solution} solution */
async function submit(solution) {
  const done = await askForm({
    title: t('solutions.submitTitle'), text: h('p', null, t('solutions.submitText')), values: { reviewers: [] }, action: t('solutions.submit'), refused,
    fields: [{ name: 'reviewers', label: t('solutions.reviewers'), kind: 'own', hint: t('solutions.reviewersHint', { city: shortCity(solution.city) }), control: peopleList(solution.network, t('solutions.reviewerPick')) }],
    submit: ({ reviewers }) => app.command('solution.submit', { ...base(solution), ...(reviewers.length > 0 ? { reviewers: reviewers.map((/** @type {any} */ { id }) => id) } : {}) }),
  });
  if (done) showNotice(t('solutions.submitted'));
}

/** Asks more people, while others are reviewing it already. */
/** @param {Solution} solution */
export async function askMore(solution) {
  const there = (solution.reviewers ?? []).map(({ person }) => person);
  const done = await askForm({
    title: t('solutions.askTitle'), text: h('p', null, t('solutions.askText')), values: { reviewers: [] }, action: t('solutions.ask'), refused,
    fields: [{ name: 'reviewers', label: t('solutions.reviewers'), kind: 'own', required: true, hint: t('solutions.askHint', { city: shortCity(solution.city) }), control: peopleList(solution.network, t('solutions.reviewerPick'), there) }],
    submit: ({ reviewers }) => app.command('solution.ask', { solution: solution.id, reviewers: reviewers.map((/** @type {any} */ { id }) => id) }),
  });
  if (done) showNotice(t('solutions.submitted'));
}

/** @param {Solution} solution */
async function giveBack(solution) {
  const done = await askForm({
    title: t('solutions.returnTitle'), text: h('p', null, t('solutions.returnText')), values: { reason: '' }, action: t('solutions.return'), refused,
    fields: [{ name: 'reason', label: t('solutions.reason'), kind: 'textarea', required: true, maxBytes: 2000, hint: t('solutions.returnHint') }],
    submit: ({ reason }) => app.command('solution.return', { ...base(solution), reason: reason.trim() }),
  });
  if (done) showNotice(t('solutions.returned'));
}

/** @param {Solution} solution */
function approve(solution) {
  if (!(solution.experiments ?? []).some(({ state }) => state === 'concluded')) {
    tell(t('solutions.approveNotYet'), h('p', null, t('solutions.approveNeeds')));
    return;
  }
  takeStep({
    title: t('solutions.approveTitle'), text: t('solutions.approveText'), action: t('solutions.approve'), command: 'solution.approve', body: base(solution),
    // The last approval that is needed makes it tested, not the first one.
    done: ({ state }) => (state === 'tested' ? t('solutions.approved') : plural('solutions.approvedOf', approvalsLeft(solution) - 1)),
  });
}

/** @param {Solution} solution */
function publish(solution) {
  const missing = solution.missing ?? [];
  if (missing.length > 0) {
    tell(t('solutions.publishNotYet'), [h('p', { key: 'text' }, t('solutions.publishNeeds')), h('ul', { class: 'rule-list', key: 'list' }, missing.map((name) => h('li', { key: name }, needName(name))))]);
    return;
  }
  takeStep({
    title: t('solutions.publishTitle', { n: solution.version }), text: t('solutions.publishText', { n: solution.version }), action: t('solutions.publish'), command: 'solution.publish', body: base(solution), done: t('solutions.published'),
  });
}

/** @param {Solution} solution */
async function withdraw(solution) {
  const done = await askForm({
    title: t('solutions.withdrawTitle'), text: h('p', null, t('solutions.withdrawText')), values: { reason: '' }, action: t('solutions.withdraw'), danger: true, refused,
    fields: [{ name: 'reason', label: t('solutions.reason'), kind: 'textarea', maxBytes: 2000 }],
    submit: ({ reason }) => app.command('solution.withdraw', { ...base(solution), ...(reason.trim() ? { reason: reason.trim() } : {}) }),
  });
  if (done) showNotice(t('solutions.withdrawn'));
}

/** @param {Solution} solution */
async function supersede(solution) {
  const done = await askForm({
    title: t('solutions.supersedeTitle'), text: h('p', null, t('solutions.supersedeText')), action: t('solutions.supersede'), danger: true, refused,
    fields: [{ name: 'by', label: t('solutions.newerOne'), kind: 'picker', required: true, find: (text) => findSolutions(text, solution.id, 'published') }],
    submit: ({ by }) => app.command('solution.supersede', { ...base(solution), by: by.id }),
  });
  if (done) showNotice(t('solutions.superseded'));
}

/** @param {Solution} solution */
async function adopt(solution) {
  const cities = solution.me?.adopt ?? [];
  const version = solution.published ?? 1;
  const done = await askForm({
    title: t('solutions.adoptTitle'), text: h('p', null, t('solutions.adoptText', { n: version, city: shortCity(solution.city) })), values: { city: String(cities[0]?.id ?? '') }, action: t('solutions.adopt'), refused,
    fields: [{ name: 'city', label: t('solutions.adoptCity'), kind: 'select', required: true, options: cities.map(({ id, name }) => ({ value: String(id), label: name })) }],
    submit: ({ city }) => app.command('adoption.request', { solution: solution.id, version, city: Number(city) }),
  });
  if (!done) return;
  showNotice(t('solutions.adoptAsked'));
  go(`/adoptions/${done.answer.id}`);
}

/**
 * Solutions by the words of their titles and summaries.
 * @param {string} text @param {number} without @param {string} [state]
 */
export async function findSolutions(text, without, state) {
  const { solutions } = await ask('solution.list', { text, limit: 9, ...(state ? { state } : {}) });
  return solutions.filter((/** @type {Solution} */ { id }) => id !== without).slice(0, 8)
    .map((/** @type {Solution} */ { id, title, city, version }) => ({ id, label: title, detail: [shortCity(city), t('solutions.version', { n: version })].join(' · ') }));
}
