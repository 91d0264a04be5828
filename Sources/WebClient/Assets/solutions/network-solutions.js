import { h } from '../dom/h.js';
import { Listing } from '../dom/listing.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { runsNetwork } from '../networks/standing.js';
import { networkHeading, networkNotFound } from '../networks/tabs.js';
import { ask } from './ask.js';
import { solutionCards } from './cards.js';
import { writesSolutions } from './words.js';
import { createExperiment } from './experiment-acts.js';
import { experimentRow } from './experiments.js';
import { importKit } from './kit-import.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').Solution} Solution */
/** @typedef {import('./words').Experiment} Experiment */

/** A network's solutions, those changed last first, and what its cities try out. */
export class NetworkSolutions extends View {
  /** @type {Listing<Solution>} */ #solutions = new Listing(this.invalidate, async (cursor) => {
    const answer = await ask('solution.list', { network: this.number('network'), ...(cursor ? { cursor } : {}) });
    return { rows: answer.solutions, cursor: answer.cursor };
  });

  /** @type {Listing<Experiment>} */ #experiments = new Listing(this.invalidate, async (cursor) => {
    const answer = await ask('experiment.list', { network: this.number('network'), ...(cursor ? { cursor } : {}) });
    return { rows: answer.experiments, cursor: answer.cursor };
  });

  topics() {
    return ['networks'];
  }

  connected() {
    const load = () => {
      void this.#solutions.load();
      void this.#experiments.load();
    };
    load();
    this.until(app.community.subscribe('solutions', load));
  }

  render() {
    const network = app.state.networks.get(this.number('network') ?? 0);
    if (!network) return networkNotFound();
    const writes = writesSolutions(network);
    return h('div', { class: 'screen-text is-wide' }, networkHeading(network, 'solutions'),
      h('div', { class: 'event-acts', key: 'acts' },
        writes && h('a', { class: 'btn btn-primary btn-sm', key: 'new', href: `/networks/${network.id}/solutions/new` }, t('solutions.new')),
        writes && h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', key: 'try', onclick: () => void createExperiment({ network }) }, t('solutions.experiment.new')),
        writes && runsNetwork(network) && h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', key: 'import', onclick: () => void importKit(network.id) }, t('solutions.import')),
        h('a', { class: 'btn btn-outline-primary btn-sm', key: 'all', href: '/solutions' }, t('solutions.toCatalogue'))),
      this.#solutions.render({ show: (rows) => solutionCards(rows), empty: network.solutions === undefined ? t('solutions.noneHere') : t('solutions.notWrittenHere') }),
      this.#experiments.rows.length > 0 && h('section', { key: 'experiments' }, h('h2', { class: 'h5' }, t('solutions.experiments')),
        this.#experiments.render({ empty: '', count: false, show: (rows) => h('ul', { class: 'row-list', key: 'rows' }, rows.map(experimentRow)) })));
  }
}

customElements.define('m-network-solutions', NetworkSolutions);
