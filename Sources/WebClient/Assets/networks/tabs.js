import { h } from '../dom/h.js';
import { backLink } from '../shell/back-link.js';
import { isAdministrator, runsNetwork } from './standing.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Network} Network */
/** @typedef {import('../dom/h').Child} Child */
/** @typedef {'home' | 'events' | 'solutions' | 'documents' | 'decisions' | 'hours' | 'about' | 'members' | 'channels' | 'bots'} Part */

/** @type {Record<Part, { text: string }>} */
const TITLES = {
  home: { text: 'network.tab.home' }, events: { text: 'network.tab.events' }, solutions: { text: 'network.tab.solutions' }, documents: { text: 'network.tab.documents' },
  decisions: { text: 'network.tab.decisions' }, hours: { text: 'network.tab.hours' }, about: { text: 'network.tab.about' }, members: { text: 'network.tab.members' },
  channels: { text: 'network.tab.channels' }, bots: { text: 'network.tab.bots' },
};

/** @param {Network} network @returns {Part[]} */
function partsOf(network) {
  /** @type {Part[]} */
  const work = network.solutions === 'none' ? ['events', 'documents', 'decisions'] : ['events', 'solutions', 'documents', 'decisions'];
  if (runsNetwork(network)) return ['home', ...work, 'hours', 'about', 'members', 'channels', 'bots'];
  return network.role ? ['home', ...work, 'about', 'members'] : ['home', 'about'];
}

/**
 * What each page of a network begins with: its name, where one stands in it, and its other pages.
 * @param {Network} network
 * @param {Part} here
 */
export function networkHeading(network, here) {
  return h('div', { class: 'network-heading', key: 'heading' },
    backLink(here === 'home' ? '/' : `/networks/${network.id}`),
    here !== 'home' && h('p', { class: 'overline', key: 'over' }, local(network.name)),
    h('h1', { class: 'h3' }, here === 'home' ? local(network.name) : t(TITLES[here].text)),
    here === 'home' && h('p', { class: 'text-secondary', key: 'standing' }, t(standing(network).text)),
    network.dormant && h('p', { class: 'notice-inline is-warning', key: 'dormant' }, t('network.dormantText')),
    h('nav', { class: 'page-tabs', 'aria-label': t('network.tabs') }, h('ul', null, partsOf(network).map((part) => h('li', { key: part },
      h('a', { href: part === 'home' ? `/networks/${network.id}` : `/networks/${network.id}/${part}`, 'aria-current': part === here ? 'page' : null }, t(TITLES[part].text)))))));
}

/** @param {Network} network */
function standing(network) {
  if (network.role === 'facilitator') return { text: 'network.facilitator' };
  if (network.role) return { text: 'network.member' };
  return isAdministrator() ? { text: 'network.administrator' } : { text: 'network.notMember' };
}

/** @returns {Child} */
export function networkNotFound() {
  return h('div', { class: 'screen-text' }, backLink(), h('h1', { class: 'h3' }, t('network.hidden')), h('p', null, t('network.hiddenText')));
}
