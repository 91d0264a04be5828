import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { ask } from './ask.js';
import { Asked, notHere } from './asked.js';
import { costText } from './cost.js';
import { areaName, KIT, partName, shortCity, stateTag, transferredTo, isTransferred } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').Solution} Solution */

/** Two kits part by part, side by side; one after the other where there is no room. */
export class SolutionCompare extends View {
  static observedAttributes = ['filters'];
  #of = '';
  /** @type {Asked<Solution[]>} */
  #asked = new Asked(this.invalidate, () => Promise.all(this.#ids.map((solution) => ask('solution.get', { solution }))));

  get #ids() {
    const given = new URLSearchParams(this.getAttribute('filters') ?? '');
    return ['a', 'b'].map((name) => Number(given.get(name)) || 0);
  }

  connected() {
    this.until(app.community.subscribe('solutions', this.#asked.soon));
  }

  disconnected() {
    this.#asked.stop();
  }

  render() {
    const of = this.#ids.join();
    if (of !== this.#of) {
      this.#of = of;
      queueMicrotask(() => void this.#asked.load());
    }
    const pair = this.#asked.value;
    if (!pair) return notHere(this.#asked, { title: t('solutions.compareTitle'), hidden: t('solutions.compareTitle'), hiddenText: t('solutions.compareHidden') });
    return h('div', { class: 'screen-text is-wide compare' }, backLink('/solutions'), h('h1', { class: 'h3' }, t('solutions.compareTitle')),
      h('div', { class: 'compare-row compare-heads', key: 'heads' }, pair.map((solution, index) => h('div', { key: index },
        h('h2', { class: 'h5' }, h('a', { href: `/solutions/${solution.id}` }, solution.title)),
        h('p', { class: 'event-tags' }, stateTag(solution.state), h('span', { class: 'tag' }, t('solutions.version', { n: solution.version })))))),
      row('facts', t('solutions.facts'), pair, facts),
      row('cost', t('solutions.cost.title'), pair, ({ cost }) => (cost ? h('p', { class: 'compare-facts' }, costText(cost)) : h('p', { class: 'compare-nothing' }, t('solutions.cost.unknown')))),
      KIT.map((part) => row(part, partName(part), pair, (solution) => (solution.partsHtml?.[part]
        ? h('div', { class: 'message-text', html: solution.partsHtml[part] }) : h('p', { class: 'compare-nothing' }, t('solutions.nothingHere'))))));
  }
}

/** @param {string} key @param {string} title @param {Solution[]} pair @param {(solution: Solution) => import('../dom/h').Child} cell */
function row(key, title, pair, cell) {
  return h('section', { key, class: 'compare-part', 'aria-labelledby': `compare-${key}` }, h('h3', { class: 'h6', id: `compare-${key}` }, title),
    h('div', { class: 'compare-row' }, pair.map((solution, index) => h('div', { key: index, class: 'compare-cell' }, h('p', { class: 'compare-whose' }, solution.title), cell(solution)))));
}

/** @param {Solution} solution */
function facts(solution) {
  const inUse = (solution.adoptions ?? []).filter(({ state }) => isTransferred(state)).map(({ city }) => city);
  return h('p', { class: 'compare-facts' }, [shortCity(solution.city), areaName(solution.area), solution.licence ?? t('solutions.noLicenceYet'), transferredTo(inUse)].filter(Boolean).join(' · '));
}

customElements.define('m-solution-compare', SolutionCompare);
