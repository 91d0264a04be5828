import { h } from '../dom/h.js';
import { Listing } from '../dom/listing.js';
import { shortDate } from '../dom/time.js';
import { View } from '../dom/view.js';
import { Filters, given } from '../admin/filters.js';
import { app } from '../shell/app.js';
import { networkHeading, networkNotFound } from '../networks/tabs.js';
import { t } from '../i18n/i18n.js';

/**
 * @typedef {object} Decision
 * @property {number} id
 * @property {number} number
 * @property {number} event
 * @property {string} [title]
 * @property {string} html
 * @property {string} at
 * @property {number} [supersedesNumber]
 * @property {number} [supersededByNumber]
 */

const PAGE = 50;

/** What a network decided, the newest first, with where, and what took its place since. */
export class NetworkDecisions extends View {
  /** @type {Listing<Decision>} */ #list = new Listing(this.invalidate, (cursor) => this.#ask(cursor));
  #filters = new Filters('decisions', { text: '', standing: '' }, () => void this.#list.load());

  topics() {
    return ['networks'];
  }

  connected() {
    void this.#list.load();
    this.until(app.community.subscribe('minutes', () => void this.#list.load()));
  }

  render() {
    const network = app.state.networks.get(this.number('network') ?? 0);
    if (!network) return networkNotFound();
    const { text, standing } = this.#filters.values;
    return h('div', { class: 'screen-text is-wide decisions' }, networkHeading(network, 'decisions'),
      h('div', { class: 'filters', key: 'filters' }, this.#filters.text('text', t('minutes.find')), this.#filters.choice('standing', t('minutes.standing'), [
        { value: '', label: t('minutes.standing.all') }, { value: 'true', label: t('minutes.standing.inForce') }, { value: 'false', label: t('minutes.standing.superseded') }])),
      this.#list.render({
        empty: text.trim() || standing ? t('minutes.noneFound') : t('minutes.noneOfNetwork'), absent: t('list.denied'),
        show: (rows) => h('ol', { class: 'decision-list', key: 'list' }, rows.map((row) => decision(row))),
      }));
  }

  /** @param {number | undefined} before */
  async #ask(before) {
    const { text, standing } = this.#filters.values;
    const answer = await app.query('decision.list', {
      network: this.number('network'), limit: PAGE, ...given({ text: text.trim(), before }), ...(standing ? { inForce: standing === 'true' } : {}),
    });
    return { rows: answer.decisions, cursor: answer.next };
  }
}

/** @param {Decision} row */
function decision({ id, number, html, event, title, at, supersedesNumber, supersededByNumber }) {
  return h('li', { key: id, class: supersededByNumber ? 'is-superseded' : null },
    h('span', { class: 'decision-number' }, t('minutes.number', { number })),
    h('div', { class: 'message-text', html }),
    h('p', { class: 'card-detail', key: 'where' }, h('a', { href: `/events/${event}#decision-${id}` }, t('minutes.ofEvent', { title: title ?? '–' }))),
    h('p', { class: 'card-detail decision-facts', key: 'facts' }, h('span', { key: 'at' }, t('minutes.recorded', { day: shortDate(at) })),
      supersededByNumber && h('span', { class: 'tag is-warm', key: 'by' }, t('minutes.supersededBy', { number: supersededByNumber })),
      supersedesNumber && h('span', { class: 'tag', key: 'former' }, t('minutes.supersedesOne', { number: supersedesNumber }))));
}

customElements.define('m-network-decisions', NetworkDecisions);
