import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { readWhileSeen } from '../notifications/seen.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { adoptionRow } from './adoption-list.js';
import { ask } from './ask.js';
import { Asked, notHere } from './asked.js';
import { chainView } from './chain-view.js';
import { experimentsOf } from './experiments.js';
import { completeness, sideOf } from './solution-side.js';
import { solutionActs } from './review-acts.js';
import { solutionLine } from './state-line.js';
import { areaName, isVersion, KIT, shortCity, stateTag, transferTags } from './words.js';
import { local, t } from '../i18n/i18n.js';
import './kit-part.js';
import './similar.js';

/** @typedef {import('./words').Solution} Solution */

/** One solution: its kit, how far it is, who reviewed it, where it was tried, where it went; and what one may do with it. */
export class SolutionPage extends View {
  /** @type {Asked<{ solution: Solution, successor?: Solution }>} */
  #asked = new Asked(this.invalidate, () => this.#ask());

  topics() {
    return ['networks'];
  }

  connected() {
    void this.#asked.load();
    for (const topic of [`solution/${this.number('solution')}`, 'experiments moved']) this.until(app.community.subscribe(topic, this.#asked.soon));
    this.until(readWhileSeen('solution', this.number('solution') ?? 0));
    this.addEventListener('written', (/** @type {any} */ event) => { event.detail.loaded = this.#asked.load(); });
  }

  disconnected() {
    this.#asked.stop();
  }

  async #ask() {
    const version = this.number('version');
    const solution = await ask('solution.get', { solution: this.number('solution'), ...(version ? { version } : {}) });
    // It is only named: who may not read it is told that there is one.
    const successor = solution.supersededBy ? await ask('solution.get', { solution: solution.supersededBy }).catch(() => undefined) : undefined;
    return { solution, successor };
  }

  render() {
    const { value } = this.#asked;
    if (!value) return notHere(this.#asked, { title: t('solutions.one'), hidden: t('solutions.hidden'), hiddenText: t('solutions.hiddenText') });
    const { solution, successor } = value;
    const network = app.state.networks.get(solution.network);
    const isOld = this.number('version') !== undefined && (solution.next !== undefined || solution.version < (solution.published ?? 0));
    const isBeingWritten = !isVersion(solution);
    const state = isBeingWritten || ['superseded', 'withdrawn'].includes(solution.state) ? solution.state : 'published';
    const writable = solution.me?.write === true && !isOld;
    return h('article', { class: 'screen-text is-wide solution-page' }, backLink('/solutions'),
      h('p', { class: 'overline', key: 'over' }, [t('solutions.one'), network && local(network.name)].filter(Boolean).join(' · ')),
      h('h1', { class: 'h3', key: 'title' }, solution.title),
      h('p', { class: 'event-tags', key: 'tags' }, stateTag(state), h('span', { class: 'tag', key: 'version' }, t('solutions.version', { n: solution.version })),
        solution.city && h('span', { class: 'tag is-accent', key: 'city' }, shortCity(solution.city)),
        h('span', { class: 'tag is-accent', key: 'area' }, areaName(solution.area)), transferTags(solution)),
      banners(solution, successor, isOld, isBeingWritten),
      solutionLine(state),
      !isOld && h('div', { class: 'event-acts', key: 'acts' }, solutionActs(solution)),
      isBeingWritten && completeness(solution),
      h('div', { class: 'event-columns', key: 'columns' },
        h('div', { class: 'event-main solution-main', key: 'main' },
          h('section', { class: 'solution-part', key: 'kit', 'aria-labelledby': 'kit-title' }, h('h2', { class: 'h5', id: 'kit-title' }, t('solutions.kit')),
            KIT.map((part) => h('m-kit-part', { key: part, part, writable, needed: (solution.missing ?? []).includes(part), '.solution': solution }))),
          experimentsOf(solution, network), adoptionsOf(solution), chainView(solution),
          h('m-similar-solutions', { key: 'similar', solution: solution.id })),
        sideOf(solution, writable)));
  }
}

/** @param {Solution} solution @param {Solution | undefined} successor @param {boolean} isOld @param {boolean} isBeingWritten */
function banners(solution, successor, isOld, isBeingWritten) {
  const { id, state, published, version } = solution;
  const returned = state === 'draft' && [...solution.acts ?? []].reverse().find(({ act }) => act === 'returned' || act === 'reopened' || act === 'submitted');
  const withdrawn = state === 'withdrawn' && [...solution.acts ?? []].reverse().find(({ act }) => act === 'withdrawn');
  return [
    // An older version has its place taken by a newer one, which stands below.
    state === 'superseded' && solution.supersededBy !== undefined && !isOld && h('p', { class: 'notice-inline is-warning', key: 'superseded' }, t('solutions.supersededText'), ' ',
      successor ? h('a', { href: `/solutions/${successor.id}` }, successor.title) : t('solutions.supersededHidden')),
    withdrawn && h('p', { class: 'notice-inline is-danger', key: 'withdrawn' }, t('solutions.withdrawnText'), withdrawn.reason ? ` ${withdrawn.reason}` : ''),
    isOld && published !== undefined && version < published && h('p', { class: 'notice-inline is-warning', key: 'old' }, t('solutions.oldVersion', { n: version, newest: published }), ' ', h('a', { href: `/solutions/${id}` }, t('solutions.readNewest'))),
    isOld && version === published && h('p', { class: 'notice-inline is-info', key: 'next' }, t('solutions.nextComing', { n: version }), ' ', h('a', { href: `/solutions/${id}` }, t('solutions.seeNext'))),
    !isOld && isBeingWritten && published !== undefined && h('p', { class: 'notice-inline is-info', key: 'draft' }, t('solutions.writingNext', { n: version, published }), ' ',
      h('a', { href: `/solutions/${id}?version=${published}` }, t('solutions.readVersion', { n: published }))),
    returned && returned.act === 'returned' && h('div', { class: 'notice-inline is-warning', key: 'returned' }, h('p', null, h('strong', null, t('solutions.returnedBy', { name: returned.by?.name ?? t('solutions.someone') }))), h('p', { class: 'reason' }, returned.reason ?? '')),
  ];
}

/** @param {Solution} solution */
function adoptionsOf(solution) {
  const adoptions = solution.adoptions ?? [];
  return (adoptions.length > 0 || solution.published !== undefined) && h('section', { class: 'solution-part', key: 'adoptions', 'aria-labelledby': 'adoptions-title' }, h('h2', { class: 'h5', id: 'adoptions-title' }, t('solutions.adoptions')),
    adoptions.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('solutions.noAdoptions'))
      : h('ul', { class: 'row-list', key: 'list' }, adoptions.map((adoption) => adoptionRow(adoption, t('solutions.toCity', { city: shortCity(adoption.city) }), false))));
}

customElements.define('m-solution', SolutionPage);
