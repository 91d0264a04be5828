import { h } from '../dom/h.js';
import { shortDate, shortTime } from '../dom/time.js';
import { costText } from './cost.js';
import { changeFacts } from './facts-form.js';
import { chooseLicence } from './licence.js';
import { askMore } from './review-acts.js';
import { actName, approvalsGiven, approvalsLeft, isVersion, KIT, needName, reviewTag, shortCity } from './words.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('./words').Solution} Solution */

/**
 * How much of the kit is there, and what is still needed before it can be published.
 * @param {Solution} solution
 */
export function completeness(solution) {
  const missing = solution.missing ?? [];
  const filled = KIT.filter((part) => (solution.parts?.[part] ?? '').trim() !== '').length;
  return h('section', { class: 'completeness', key: 'completeness', 'aria-labelledby': 'completeness-title' },
    h('h2', { class: 'h6', id: 'completeness-title' }, plural('solutions.complete', filled, { of: KIT.length })),
    h('progress', { max: KIT.length, value: filled, 'aria-labelledby': 'completeness-title' }),
    missing.length === 0 ? h('p', { class: 'card-detail', key: 'nothing' }, t('solutions.nothingMissing')) : [
      h('p', { class: 'card-detail', key: 'text' }, t('solutions.toPublish')),
      h('ul', { class: 'missing-list', key: 'list' }, missing.map((name) => h('li', { key: name }, h('a', { href: `#${anchor(name)}`, class: 'chip', onclick: (/** @type {Event} */ event) => show(event, anchor(name)) }, needName(name, approvalsLeft(solution))))))]);
}

/** @param {string} name */
function anchor(name) {
  if (name === 'licence') return 'licence-title';
  if (name === 'experiments') return 'experiments-title';
  return name === 'approval' ? 'reviewers-title' : `part-${name}`;
}

/** The address stays that of the solution. */
/** @param {Event} event @param {string} id */
function show(event, id) {
  event.preventDefault();
  const target = document.getElementById(id);
  target?.setAttribute('tabindex', '-1');
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: 'start' });
}

/** @param {Solution} solution @param {boolean} writable */
export function sideOf(solution, writable) {
  return h('aside', { class: 'event-side solution-side', key: 'side', 'aria-label': t('solutions.about') },
    h('h2', { class: 'h6', key: 'cost-title' }, t('solutions.cost.title')),
    h('p', { key: 'cost' }, solution.cost ? costText(solution.cost) : h('span', { class: 'is-unset' }, t('solutions.cost.unknown')),
      writable && [' ', h('button', { type: 'button', class: 'link-button', onclick: () => void changeFacts(solution) }, t('solutions.factsChange'))]),
    h('h2', { class: 'h6', key: 'licence-title', id: 'licence-title' }, t('solutions.licence')),
    h('p', { key: 'licence' }, solution.licence ?? h('span', { class: 'is-unset' }, t('solutions.noLicenceYet')),
      writable && [' ', h('button', { type: 'button', class: 'link-button', onclick: () => void chooseLicence(solution) }, solution.licence ? t('solutions.licenceChange') : t('solutions.licenceChoose'))]),
    reviewersOf(solution, writable), versionsOf(solution),
    (solution.authors ?? []).length > 0 && [h('h2', { class: 'h6', key: 'authors-title' }, t('solutions.authors')),
      h('p', { key: 'authors' }, (solution.authors ?? []).map(({ id, name }, index) => [index > 0 && ', ', h('a', { key: id, href: `/people/${id}` }, name)]))],
    solution.document && [h('h2', { class: 'h6', key: 'document-title' }, t('solutions.document')), h('p', { key: 'document' }, h('a', { href: `/documents/${solution.document}` }, t('solutions.toDocument')))],
    kitOf(solution),
    h('details', { key: 'history' }, h('summary', null, t('solutions.history')),
      h('ol', { class: 'act-list' }, (solution.acts ?? []).map((act, index) => h('li', { key: index },
        h('span', null, actName(act.act), ' ', h('span', { class: 'tag' }, t('solutions.version', { n: act.version }))), h('span', { class: 'card-detail' }, [shortTime(act.at), act.by?.name].filter(Boolean).join(' · ')),
        act.reason && h('p', { class: 'reason' }, act.reason))))));
}

/** @param {Solution} solution @param {boolean} writable */
function reviewersOf(solution, writable) {
  const reviewers = solution.reviewers ?? [];
  const needed = solution.approvalsNeeded ?? 1;
  const given = approvalsGiven(solution);
  return [h('h2', { class: 'h6', key: 'reviewers-title', id: 'reviewers-title' }, t('solutions.review')),
    needed > 1 && h('p', { class: 'card-detail', key: 'needed' }, t('solutions.approvals', { given, needed })),
    reviewers.length === 0 ? h('p', { class: 'card-detail', key: 'no reviewers' }, t('solutions.noReviewers'))
      : h('ul', { class: 'act-list', key: 'reviewers' }, reviewers.map((reviewer) => h('li', { key: reviewer.person },
        h('span', null, reviewer.name ? h('a', { href: `/people/${reviewer.person}` }, reviewer.name) : t('solutions.someone'), ' ', reviewTag(reviewer.state)),
        h('span', { class: 'card-detail' }, [reviewer.city && shortCity(reviewer.city), shortDate(reviewer.at)].filter(Boolean).join(' · ')), reviewer.reason && h('p', { class: 'reason' }, reviewer.reason)))),
    writable && solution.me?.ask && h('p', { class: 'ask-more', key: 'ask' }, h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', onclick: () => void askMore(solution) }, t('solutions.ask')))];
}

/** @param {Solution} solution */
function versionsOf(solution) {
  const versions = [...solution.versions ?? []].reverse();
  return versions.length > 0 && [h('h2', { class: 'h6', key: 'versions-title' }, plural('solutions.versions', versions.length)),
    h('ul', { class: 'act-list', key: 'versions' }, versions.map(({ version, at, by, hash }) => h('li', { key: version },
      h('a', { href: `/solutions/${solution.id}?version=${version}`, 'aria-current': isVersion(solution) && solution.version === version ? 'true' : null }, t('solutions.version', { n: version })),
      h('span', { class: 'card-detail' }, [shortDate(at), by?.name].filter(Boolean).join(' · ')), h('span', { class: 'version-hash', title: hash }, t('solutions.hash', { hash: hash.slice(0, 16) })))))];
}

/** @param {Solution} solution */
function kitOf({ id, version, versions, origin }) {
  const query = isVersion({ version, versions }) ? `?version=${version}` : '';
  const link = (/** @type {string} */ kind, /** @type {string} */ name) => h('a', { class: 'btn btn-outline-primary btn-xs', key: kind, href: `/solutions/${id}/kit.${kind}${query}`, download: '' }, name);
  return [h('h2', { class: 'h6', key: 'kit-title' }, t('solutions.download')),
    h('p', { class: 'kit-links', key: 'kit' }, link('pdf', 'PDF'), link('zip', 'ZIP'), link('md', 'Markdown')),
    origin?.address && h('p', { class: 'card-detail', key: 'origin' }, t('solutions.broughtFrom', { address: origin.address, n: origin.version ?? 1 }))];
}
