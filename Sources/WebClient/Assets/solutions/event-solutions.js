import './texts.js';
import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { ask } from './ask.js';
import { Asked } from './asked.js';
import { shortCity, stateTag } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').Solution} Solution */

/** What came of an event: the solutions that refer to it. Says nothing where there are none. */
export class EventSolutions extends View {
  /** @type {Asked<Solution[]>} */
  #asked = new Asked(this.invalidate, async () => (await ask('solution.list', { event: this.number('event'), limit: 50 })).solutions);

  connected() {
    void this.#asked.load();
    this.until(app.community.subscribe('solutions', this.#asked.soon));
  }

  disconnected() {
    this.#asked.stop();
  }

  render() {
    const solutions = this.#asked.value ?? [];
    return solutions.length > 0 && h('section', { 'aria-labelledby': 'event-solutions' }, h('h2', { class: 'h5', id: 'event-solutions' }, t('solutions.bornHere')),
      h('ul', { class: 'row-list' }, solutions.map((solution) => h('li', { key: solution.id }, h('a', { class: 'row-link', href: `/solutions/${solution.id}` },
        h('span', { class: 'row-title' }, solution.title, ' ', stateTag(solution.state)), h('span', { class: 'card-detail' }, shortCity(solution.city)))))));
  }
}

customElements.define('m-event-solutions', EventSolutions);
