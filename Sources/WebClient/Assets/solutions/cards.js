import { h } from '../dom/h.js';
import { shortDate } from '../dom/time.js';
import { app } from '../shell/app.js';
import { costText } from './cost.js';
import { areaName, publishedTag, shortCity, stateTag, transferTags } from './words.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('./words').Solution} Solution */

/** Two at most are compared; which ones is remembered while one looks elsewhere. */
/** @type {Map<number, string>} */
const compared = new Map();
const MOST_COMPARED = 2;

/**
 * @param {Solution[]} solutions
 * @param {{ level?: 'h2' | 'h3', withNetwork?: boolean, redraw?: () => void }} how with `redraw` they can be compared
 */
export function solutionCards(solutions, { level = 'h2', withNetwork = false, redraw } = {}) {
  return h('ul', { class: 'solution-cards', key: 'cards' }, solutions.map((solution) => {
    // The national networks are called as their areas are.
    const network = withNetwork && app.state.networks.get(solution.network);
    return h('li', { class: 'solution-card', key: solution.id },
      h(level, { class: 'solution-card-title' }, h('a', { href: `/solutions/${solution.id}` }, solution.title)),
      h('p', { class: 'solution-card-facts', key: 'facts' }, [shortCity(solution.city), areaName(solution.area), network && network.type !== 'NationalThematic' && local(network.name)].filter(Boolean).join(' · ')),
      h('p', { class: 'event-tags', key: 'tags' }, stateTag(solution.state), h('span', { class: 'tag', key: 'version' }, t('solutions.version', { n: solution.version })),
        publishedTag(solution), transferTags(solution)),
      solution.cost && h('p', { class: 'solution-card-cost', key: 'cost' }, t('solutions.cost.title'), ': ', costText(solution.cost)),
      solution.summary && h('p', { class: 'solution-card-summary', key: 'summary' }, solution.summary),
      h('div', { class: 'solution-card-foot', key: 'foot' },
        h('span', { class: 'card-detail' }, t('solutions.changedOn', { when: shortDate(solution.changed) })),
        redraw && compareBox(solution, redraw)));
  }));
}

/** @param {Solution} solution @param {() => void} redraw */
function compareBox({ id, title }, redraw) {
  const chosen = compared.has(id);
  return h('label', { class: 'compare-box' },
    h('input', { type: 'checkbox', '.checked': chosen, disabled: !chosen && compared.size >= MOST_COMPARED, onchange: () => {
      if (!compared.delete(id)) compared.set(id, title);
      redraw();
    } }), h('span', null, t('solutions.compare'), h('span', { class: 'visually-hidden' }, `: ${title}`)));
}

/** @param {() => void} redraw */
export function compareBar(redraw) {
  const chosen = [...compared];
  return h('div', { class: chosen.length > 0 ? 'compare-bar' : '', role: 'status', key: 'compare' }, chosen.length > 0 && [
    h('span', { class: 'compare-names', key: 'names' }, chosen.length === 1 ? t('solutions.compareOne', { title: chosen[0][1] }) : t('solutions.compareTwo', { a: chosen[0][1], b: chosen[1][1] })),
    h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', key: 'none', onclick: () => { compared.clear(); redraw(); } }, t('solutions.compareNone')),
    chosen.length === MOST_COMPARED && h('a', { class: 'btn btn-primary btn-sm', key: 'go', href: `/solutions/compare?a=${chosen[0][0]}&b=${chosen[1][0]}` }, t('solutions.compareGo')),
  ]);
}
