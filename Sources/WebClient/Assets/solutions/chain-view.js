import { h } from '../dom/h.js';
import { iconButton } from '../dom/controls.js';
import { confirm } from '../dom/confirm.js';
import { icon } from '../dom/icon.js';
import { shortDate } from '../dom/time.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { addressOfReference, chainOf, relatedTo } from './chain.js';
import { refer } from './refer.js';
import { adoptionTag, experimentTags, shortCity } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').Solution} Solution */
/** @typedef {import('./words').Reference} Reference */
/** @typedef {import('./chain').Link} Link */

/** @type {Record<string, { text: string }>} */
const KINDS = {
  event: { text: 'solutions.link.event' }, decision: { text: 'solutions.link.decision' }, message: { text: 'solutions.link.message' }, begun: { text: 'solutions.link.begun' },
  experiment: { text: 'solutions.link.experiment' }, version: { text: 'solutions.link.version' }, adoption: { text: 'solutions.link.adoption' }, solution: { text: 'solutions.link.solution' },
};

/** @param {string} kind */
function picture(kind) {
  switch (kind) {
    case 'event': return icon('it-calendar', 'icon-sm');
    case 'decision': return icon('it-check-circle', 'icon-sm');
    case 'message': return icon('it-comment', 'icon-sm');
    case 'experiment': return icon('it-search', 'icon-sm');
    case 'adoption': return icon('it-share', 'icon-sm');
    case 'version': return icon('it-files', 'icon-sm');
    default: return icon('it-box', 'icon-sm');
  }
}

/**
 * From the meeting to the cities that use it, as a list drawn as a line.
 * @param {Solution} solution
 */
export function chainView(solution) {
  const writes = solution.me?.write === true;
  const related = relatedTo(solution);
  return h('section', { class: 'solution-part', key: 'chain', 'aria-labelledby': 'chain-title' },
    h('div', { class: 'section-head' }, h('h2', { class: 'h5', id: 'chain-title' }, t('solutions.chain')),
      writes && h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', onclick: () => void refer(solution) }, t('solutions.refer'))),
    h('ol', { class: 'chain', key: 'chain' }, chainOf(solution).map((link) => h('li', { key: link.key, class: `chain-link is-${link.kind}` },
      h('span', { class: 'chain-mark', 'aria-hidden': 'true' }, picture(link.kind)),
      h('div', { class: 'chain-text' }, h('span', { class: 'chain-kind' }, [t(KINDS[link.kind].text), link.at && shortDate(link.at)].filter(Boolean).join(' · ')), content(link)),
      writes && ['event', 'decision', 'message'].includes(link.kind) && removal(solution, link.of)))),
    related.length > 0 && h('div', { class: 'chain-related', key: 'related' }, h('h3', { class: 'h6' }, t('solutions.related')),
      h('ul', { class: 'row-list' }, related.map((reference) => h('li', { key: `${reference.kind} ${reference.id} ${reference.incoming ? 'in' : 'out'}`, class: 'row-with-act' }, h('div', { class: 'chain-text' },
        h('span', { class: 'chain-kind' }, [t(KINDS[reference.kind].text), reference.at && shortDate(reference.at), reference.incoming && t('solutions.speaksOfIt')].filter(Boolean).join(' · ')), linked(reference)),
        writes && !reference.incoming && removal(solution, reference))))));
}

/** @param {Reference} reference */
function linked(reference) {
  const address = addressOfReference(reference);
  return address ? h('a', { href: address }, reference.title) : h('span', null, reference.title);
}

/** @param {Link} link */
function content({ kind, of }) {
  switch (kind) {
    case 'begun': return h('span', null, t('solutions.begun', { city: shortCity(of.city) }));
    case 'experiment': return h('span', null, h('a', { href: `/experiments/${of.id}` }, of.title), ' ', experimentTags(of));
    case 'version': return h('span', null, t('solutions.versionOut', { n: of.version }));
    case 'adoption': return h('span', null, h('a', { href: `/adoptions/${of.id}` }, t('solutions.toCity', { city: shortCity(of.city) })), ' ', adoptionTag(of.state));
    default: return linked(of);
  }
}

/** @param {Solution} solution @param {Reference} reference */
function removal(solution, { kind, id, title }) {
  return iconButton('it-close', t('solutions.unlink', { title }), { onclick: async () => {
    if (!await confirm({ title: t('solutions.unlinkTitle'), text: t('solutions.unlinkText', { title }), action: t('solutions.unlinkDo') })) return;
    await app.command('solution.refer', { solution: solution.id, kind, id, remove: true }).catch(showError);
  } });
}
