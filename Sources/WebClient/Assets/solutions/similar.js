import { View } from '../dom/view.js';
import { h } from '../dom/h.js';
import { app } from '../shell/app.js';
import { ask } from './ask.js';
import { Asked } from './asked.js';
import { areaName, shortCity, stateTag } from './words.js';
import { costText } from './cost.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').Solution} Solution */

/** What else there is of the kind; nothing is shown where there is none. */
export class SimilarSolutions extends View {
  /** @type {Asked<Solution[]>} */
  #asked = new Asked(this.invalidate, async () => (await ask('solution.similar', { solution: this.number('solution') })).solutions);

  connected() {
    void this.#asked.load();
    this.until(app.community.subscribe(`solution/${this.number('solution')}`, this.#asked.soon));
  }

  disconnected() {
    this.#asked.stop();
  }

  render() {
    const found = this.#asked.value ?? [];
    return found.length > 0 && h('section', { class: 'solution-part', 'aria-labelledby': 'similar-title' }, h('h2', { class: 'h5', id: 'similar-title' }, t('solutions.similar')),
      h('ul', { class: 'row-list' }, found.map((solution) => h('li', { key: solution.id }, h('a', { class: 'row-link', href: `/solutions/${solution.id}` },
        h('span', { class: 'row-title' }, solution.title, ' ', stateTag(solution.state)),
        h('span', { class: 'card-detail' }, [shortCity(solution.city), areaName(solution.area), costText(solution.cost)].filter(Boolean).join(' · ')))))));
  }
}

customElements.define('m-similar-solutions', SimilarSolutions);
