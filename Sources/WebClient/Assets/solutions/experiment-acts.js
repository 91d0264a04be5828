import { h } from '../dom/h.js';
import { tell } from '../dom/ask.js';
import { askForm } from '../dom/form-dialog.js';
import { app } from '../shell/app.js';
import { showError, showNotice } from '../shell/notices.js';
import { go } from '../shell/router.js';
import { runsNetwork } from '../networks/standing.js';
import { citiesInOrder } from './cities.js';
import { evidence } from './evidence.js';
import { findSolutions } from './review-acts.js';
import { refused, takeStep } from './step.js';
import { areaOptions, outcomeOptions } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').Experiment} Experiment */
/** @typedef {import('./words').Solution} Solution */

/**
 * Plans to try something out: for a solution, or before there is one.
 * @param {{ network: import('../wire/protocol').Network, solution?: Solution }} where
 */
export async function createExperiment({ network, solution }) {
  const { own, all } = await citiesInOrder().catch((error) => {
    showError(error);
    return { own: [], all: [] };
  });
  if (all.length === 0) return;
  const cities = runsNetwork(network) ? all : own;
  if (cities.length === 0) {
    tell(t('solutions.experiment.new'), h('p', null, t('solutions.experiment.noCity')));
    return;
  }
  const done = await askForm({
    title: t('solutions.experiment.new'), text: h('p', null, t('solutions.experiment.newText')), action: t('solutions.experiment.plan'), refused,
    values: { title: '', city: String(cities.find(({ id }) => id === solution?.city?.id)?.id ?? cities[0].id), area: solution?.area ?? areaOptions()[0].value, text: '' },
    fields: [
      { name: 'title', label: t('solutions.form.title'), required: true, maxBytes: 200 },
      { name: 'city', label: t('solutions.experiment.city'), kind: 'select', required: true, options: cities.map(({ id, name }) => ({ value: String(id), label: name })) },
      ...(solution ? [] : [/** @type {import('../dom/form').Field} */ ({ name: 'area', label: t('solutions.form.area'), kind: 'select', required: true, options: areaOptions() })]),
      { name: 'text', label: t('solutions.experiment.text'), kind: 'textarea', maxBytes: 20_000, hint: t('solutions.experiment.textHint') },
    ],
    submit: ({ title, city, area, text }) => app.command('experiment.create', {
      network: network.id, city: Number(city), area, title: title.trim(), ...(solution ? { solution: solution.id } : {}), ...(text.trim() ? { text: text.trim() } : {}),
    }),
  });
  if (!done) return;
  showNotice(t('solutions.experiment.planned'));
  go(`/experiments/${done.answer.id}`);
}

/** @param {Experiment} experiment */
export function begin(experiment) {
  takeStep({
    title: t('solutions.experiment.beginTitle'), text: t('solutions.experiment.beginText'), action: t('solutions.experiment.begin'), command: 'experiment.advance', body: { experiment: experiment.id, to: 'started' },
    done: t('solutions.experiment.begun'),
  });
}

/** @param {Experiment} experiment */
export async function conclude(experiment) {
  const files = evidence(experiment.network);
  const done = await askForm({
    title: t('solutions.experiment.concludeTitle'), text: h('p', null, t('solutions.experiment.concludeText')), values: { outcome: '', note: experiment.note ?? '' }, action: t('solutions.experiment.conclude'), refused,
    fields: [
      { name: 'outcome', label: t('solutions.experiment.outcome'), kind: 'select', required: true, options: [{ value: '', label: t('solutions.choose') }, ...outcomeOptions()] },
      { name: 'note', label: t('solutions.experiment.note'), kind: 'textarea', maxBytes: 20_000, hint: t('solutions.experiment.noteHint') },
      ...files.fields,
    ],
    submit: ({ outcome, note }) => app.command('experiment.advance', {
      experiment: experiment.id, to: 'concluded', outcome, ...(note.trim() ? { note: note.trim() } : {}), ...(files.ids().length > 0 ? { files: files.ids() } : {}),
    }),
  });
  if (done) showNotice(t('solutions.experiment.concludedNotice'));
}

/** @param {Experiment} experiment @param {Solution | undefined} solution */
export async function changeExperiment(experiment, solution) {
  const chosen = experiment.solution ? { id: experiment.solution, label: solution?.title ?? `#${experiment.solution}` } : undefined;
  await askForm({
    title: t('solutions.experiment.change'), values: { title: experiment.title, text: experiment.text ?? '', solution: chosen }, action: t('solutions.save'), refused,
    fields: [
      { name: 'title', label: t('solutions.form.title'), required: true, maxBytes: 200 },
      { name: 'text', label: t('solutions.experiment.text'), kind: 'textarea', maxBytes: 20_000 },
      { name: 'solution', label: t('solutions.experiment.solution'), kind: 'picker', required: chosen !== undefined, find: (text) => findSolutions(text, 0) },
    ],
    submit: (values) => app.command('experiment.change', {
      experiment: experiment.id, title: values.title.trim(), ...(values.text.trim() ? { text: values.text.trim() } : {}), ...(values.solution ? { solution: values.solution.id } : {}),
    }),
  });
}
