import { h } from '../dom/h.js';
import { askForm } from '../dom/form-dialog.js';
import { shortTime } from '../dom/time.js';
import { View } from '../dom/view.js';
import { attachments } from '../files/attachments.js';
import { readWhileSeen } from '../notifications/seen.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { showNotice } from '../shell/notices.js';
import { runsNetwork } from '../networks/standing.js';
import { findMembers } from '../registrations/desk-acts.js';
import { ask } from './ask.js';
import { Asked, notHere } from './asked.js';
import { ownCities } from './cities.js';
import { evidence } from './evidence.js';
import { refused } from './step.js';
import { stepLine } from './state-line.js';
import { ADOPTION_WAY, adoptionAct, adoptionState, adoptionTag, isTransferred, shortCity, transferredTo } from './words.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('./words').Adoption} Adoption */
/** @typedef {import('./words').Named} Named */

/** How a city takes a solution over: the way, what was done with notes and evidence, who follows it on both sides. */
export class AdoptionPage extends View {
  /** @type {Asked<{ adoption: Adoption, own: Named[] }>} */
  #asked = new Asked(this.invalidate, async () => {
    const [adoption, own] = await Promise.all([ask('adoption.get', { adoption: this.number('adoption') }), ownCities().catch(() => [])]);
    return { adoption, own };
  });

  topics() {
    return ['networks'];
  }

  connected() {
    void this.#asked.load();
    this.until(app.community.subscribe(`adoption/${this.number('adoption')}`, this.#asked.soon));
    this.until(readWhileSeen('adoption', this.number('adoption') ?? 0));
    // A newer version may be out.
    this.until(app.community.subscribe('solutions', this.#asked.soon));
  }

  disconnected() {
    this.#asked.stop();
  }

  render() {
    const { value } = this.#asked;
    if (!value) return notHere(this.#asked, { title: t('solutions.adoption.one'), hidden: t('solutions.adoption.hidden'), hiddenText: t('solutions.hiddenText') });
    const { adoption, own } = value;
    const network = app.state.networks.get(adoption.network);
    const acts = network !== undefined && !network.dormant;
    return h('article', { class: 'screen-text is-wide solution-page' }, backLink(`/solutions/${adoption.solution}`),
      h('p', { class: 'overline', key: 'over' }, [t('solutions.adoption.one'), network && local(network.name)].filter(Boolean).join(' · ')),
      h('h1', { class: 'h3', key: 'title' }, t('solutions.adoption.title', { title: adoption.title, city: shortCity(adoption.city) })),
      h('p', { class: 'event-tags', key: 'tags' }, adoptionTag(adoption.state), isTransferred(adoption.state) && h('span', { class: 'tag is-ok', key: 'transferred' }, transferredTo([adoption.city]))),
      adoption.newer && h('p', { class: 'notice-inline is-info', key: 'newer' }, t('solutions.adoption.newer', { n: adoption.version, newer: adoption.newer }), ' ', h('a', { href: `/solutions/${adoption.solution}?version=${adoption.newer}` }, t('solutions.readVersion', { n: adoption.newer }))),
      way(adoption),
      acts && (adoption.may ?? []).length > 0 && h('div', { class: 'event-acts', key: 'acts' }, (adoption.may ?? []).map((to) => (
        h('button', { type: 'button', key: to, class: `btn ${to === 'abandoned' ? 'btn-outline-primary' : 'btn-primary'} btn-sm`, onclick: () => void advance(adoption, to) }, adoptionAct(to))))),
      h('div', { class: 'event-columns', key: 'columns' },
        h('section', { class: 'event-main', key: 'main', 'aria-labelledby': 'adoption-steps' }, h('h2', { class: 'h5', id: 'adoption-steps' }, t('solutions.adoption.steps')), timeline(adoption)),
        h('aside', { class: 'event-side', key: 'side', 'aria-label': t('solutions.adoption.about') },
          h('h2', { class: 'h5' }, t('solutions.adoption.solution')),
          h('p', { key: 'solution' }, h('a', { href: `/solutions/${adoption.solution}?version=${adoption.version}` }, adoption.title), ' ', h('span', { class: 'tag' }, t('solutions.version', { n: adoption.version }))),
          h('h2', { class: 'h5' }, t('solutions.adoption.referents')),
          side(adoption, 'from', t('solutions.adoption.from'), adoption.origin, adoption.originReferent, acts && mayAppoint(network, own, adoption.origin)),
          side(adoption, 'to', t('solutions.adoption.to'), adoption.city, adoption.referent, acts && mayAppoint(network, own, adoption.city)))));
  }
}

/** @param {Adoption} adoption */
function way(adoption) {
  if (adoption.state !== 'abandoned') {
    return stepLine({ label: t('solutions.adoption.way'), steps: ADOPTION_WAY.map((state) => ({ name: adoptionState(state) })), at: ADOPTION_WAY.indexOf(adoption.state), over: adoption.state === 'evaluated' });
  }
  const steps = [...new Set((adoption.steps ?? []).map(({ state }) => state).filter((state) => state !== 'abandoned')), 'abandoned'];
  return stepLine({ label: t('solutions.adoption.way'), steps: steps.map((state) => ({ name: adoptionState(state), bad: state === 'abandoned' })), at: steps.length - 1 });
}

/** @param {Adoption} adoption */
function timeline(adoption) {
  return h('ol', { class: 'chain', key: 'timeline' }, (adoption.steps ?? []).map((step, index) => h('li', { key: index, class: `chain-link ${step.state === 'abandoned' ? 'is-bad' : ''}` },
    h('span', { class: 'chain-mark', 'aria-hidden': 'true' }, index + 1),
    h('div', { class: 'chain-text' }, h('strong', null, adoptionState(step.state)),
      h('span', { class: 'chain-kind' }, [shortTime(step.at), step.by?.name ?? t('solutions.someone')].join(' · ')),
      step.html && h('div', { class: 'message-text', key: 'note', html: step.html }), attachments(step.files ?? [])))));
}

/** @param {import('../wire/protocol').Network | undefined} network @param {Named[]} own @param {Named} city */
function mayAppoint(network, own, city) {
  return network !== undefined && (runsNetwork(network) || (network.role !== undefined && own.some(({ id }) => id === city.id)));
}

/** @param {Adoption} adoption @param {string} key @param {string} label @param {Named} city @param {Named | undefined} person @param {boolean} may */
function side(adoption, key, label, city, person, may) {
  return h('div', { class: 'referent', key }, h('p', { class: 'card-detail' }, `${label}: ${city.name}`),
    h('p', null, person ? h('a', { href: `/people/${person.id}` }, person.name) : h('span', { class: 'is-unset' }, t('solutions.adoption.nobody'))),
    may && h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', onclick: () => void appoint(adoption, city) }, person ? t('solutions.adoption.replace') : t('solutions.adoption.appoint'),
      h('span', { class: 'visually-hidden' }, `: ${city.name}`)));
}

/** @param {Adoption} adoption @param {string} to */
async function advance(adoption, to) {
  const files = evidence(adoption.network);
  const abandons = to === 'abandoned';
  const done = await askForm({
    title: t('solutions.adoption.stepTitle', { state: adoptionState(to) }), text: h('p', null, abandons ? t('solutions.adoption.abandonText') : to === 'in_use' ? t('solutions.adoption.inUseText') : t('solutions.adoption.stepText')),
    values: { note: '' }, action: adoptionAct(to), danger: abandons, refused,
    fields: [{ name: 'note', label: abandons ? t('solutions.reason') : t('solutions.adoption.note'), kind: 'textarea', required: abandons, maxBytes: 5000, hint: abandons ? t('solutions.adoption.abandonHint') : t('solutions.adoption.noteHint') }, ...files.fields],
    submit: ({ note }) => app.command('adoption.advance', { adoption: adoption.id, to, ...(note.trim() ? { note: note.trim() } : {}), ...(files.ids().length > 0 ? { files: files.ids() } : {}) }),
  });
  if (done) showNotice(t('solutions.adoption.stepped'));
}

/** @param {Adoption} adoption @param {Named} city */
async function appoint(adoption, city) {
  const done = await askForm({
    title: t('solutions.adoption.appointTitle', { city: shortCity(city) }), action: t('solutions.adoption.appoint'), refused,
    fields: [{ name: 'person', label: t('solutions.adoption.person'), kind: 'picker', required: true, hint: t('solutions.adoption.personHint', { city: shortCity(city) }), find: (text) => findMembers(adoption.network, text) }],
    submit: ({ person }) => app.command('adoption.appoint', { adoption: adoption.id, city: city.id, person: person.id }),
  });
  if (done) showNotice(t('solutions.adoption.appointed'));
}

customElements.define('m-adoption', AdoptionPage);
