import { h } from '../dom/h.js';
import { shortDate } from '../dom/time.js';
import { createExperiment } from './experiment-acts.js';
import { experimentTags, shortCity } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').Experiment} Experiment */

/** @param {Experiment} experiment */
export function experimentRow(experiment) {
  return h('li', { key: experiment.id }, h('a', { class: 'row-link', href: `/experiments/${experiment.id}` },
    h('span', { class: 'row-title' }, experiment.title, ' ', experimentTags(experiment)),
    h('span', { class: 'card-detail' }, [shortCity(experiment.city), period(experiment)].filter(Boolean).join(' · '))));
}

/** @param {Experiment} experiment */
export function period({ started, concluded, at }) {
  if (started && concluded) return t('solutions.experiment.fromTo', { from: shortDate(started), to: shortDate(concluded) });
  if (started) return t('solutions.experiment.since', { when: shortDate(started) });
  return at ? t('solutions.experiment.plannedOn', { when: shortDate(at) }) : '';
}

/**
 * Where a solution was tried.
 * @param {import('./words').Solution} solution
 * @param {import('../wire/protocol').Network | undefined} network
 */
export function experimentsOf(solution, network) {
  const experiments = solution.experiments ?? [];
  return h('section', { class: 'solution-part', key: 'experiments', 'aria-labelledby': 'experiments-title' },
    h('div', { class: 'section-head' }, h('h2', { class: 'h5', id: 'experiments-title' }, t('solutions.experiments')),
      solution.me?.write && network && h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', onclick: () => void createExperiment({ network, solution }) }, t('solutions.experiment.new'))),
    experiments.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('solutions.experiment.none')) : h('ul', { class: 'row-list', key: 'list' }, experiments.map(experimentRow)));
}
