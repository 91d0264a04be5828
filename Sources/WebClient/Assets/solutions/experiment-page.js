import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { attachments } from '../files/attachments.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { ask } from './ask.js';
import { Asked, notHere } from './asked.js';
import { begin, changeExperiment, conclude } from './experiment-acts.js';
import { period } from './experiments.js';
import { stepLine } from './state-line.js';
import { areaName, experimentState, experimentTags } from './words.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('./words').Experiment} Experiment */
/** @typedef {import('./words').Solution} Solution */

const WAY = ['proposed', 'started', 'concluded'];

/** One experiment: what a city tries, how far it is, what came of it. */
export class ExperimentPage extends View {
  /** @type {Asked<{ experiment: Experiment, solution?: Solution }>} */
  #asked = new Asked(this.invalidate, async () => {
    const experiment = await ask('experiment.get', { experiment: this.number('experiment') });
    const solution = experiment.solution ? await ask('solution.get', { solution: experiment.solution }).catch(() => undefined) : undefined;
    return { experiment, solution };
  });

  topics() {
    return ['networks'];
  }

  connected() {
    void this.#asked.load();
    this.until(app.community.subscribe(`experiment/${this.number('experiment')}`, this.#asked.soon));
  }

  disconnected() {
    this.#asked.stop();
  }

  render() {
    const { value } = this.#asked;
    if (!value) return notHere(this.#asked, { title: t('solutions.experiment.one'), hidden: t('solutions.experiment.hidden'), hiddenText: t('solutions.hiddenText') });
    const { experiment, solution } = value;
    const network = app.state.networks.get(experiment.network);
    const may = experiment.mayChange === true && network !== undefined && !network.dormant;
    return h('article', { class: 'screen-text solution-page' }, backLink(solution ? `/solutions/${solution.id}` : `/networks/${experiment.network}/solutions`),
      h('p', { class: 'overline', key: 'over' }, [t('solutions.experiment.one'), network && local(network.name)].filter(Boolean).join(' · ')),
      h('h1', { class: 'h3', key: 'title' }, experiment.title),
      h('p', { class: 'event-tags', key: 'tags' }, experimentTags(experiment), h('span', { class: 'tag is-accent', key: 'area' }, areaName(experiment.area))),
      stepLine({ label: t('solutions.experiment.way'), steps: WAY.map((state) => ({ name: experimentState(state) })), at: WAY.indexOf(experiment.state), over: experiment.state === 'concluded' }),
      may && experiment.state !== 'concluded' && h('div', { class: 'event-acts', key: 'acts' },
        experiment.state === 'proposed' && button('begin', t('solutions.experiment.begin'), () => begin(experiment), 'btn-primary'),
        experiment.state === 'started' && button('conclude', t('solutions.experiment.conclude'), () => conclude(experiment), 'btn-primary'),
        button('change', t('solutions.experiment.change'), () => changeExperiment(experiment, solution))),
      h('dl', { class: 'fact-list', key: 'facts' },
        h('div', { key: 'city' }, h('dt', null, t('solutions.experiment.city')), h('dd', null, experiment.city?.name ?? '–')),
        h('div', { key: 'when' }, h('dt', null, t('solutions.experiment.when')), h('dd', null, period(experiment))),
        h('div', { key: 'solution' }, h('dt', null, t('solutions.experiment.solution')), h('dd', null, solution ? h('a', { href: `/solutions/${solution.id}` }, solution.title) : t('solutions.experiment.noSolution')))),
      experiment.html && h('section', { key: 'text' }, h('h2', { class: 'h5' }, t('solutions.experiment.text')), h('div', { class: 'message-text', html: experiment.html })),
      experiment.noteHtml && h('section', { key: 'note' }, h('h2', { class: 'h5' }, t('solutions.experiment.note')), h('div', { class: 'message-text', html: experiment.noteHtml })),
      (experiment.files ?? []).length > 0 && h('section', { key: 'files' }, h('h2', { class: 'h5' }, t('solutions.files')), attachments(experiment.files ?? [])));
  }
}

/** @param {string} key @param {string} label @param {() => unknown} act @param {string} [look] */
function button(key, label, act, look = 'btn-outline-primary') {
  return h('button', { type: 'button', key, class: `btn ${look} btn-sm`, onclick: () => void act() }, label);
}

customElements.define('m-experiment', ExperimentPage);
