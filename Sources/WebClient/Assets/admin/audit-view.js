import { h } from '../dom/h.js';
import { Listing } from '../dom/listing.js';
import { dataTable } from '../dom/table.js';
import { fullTime, shortTime } from '../dom/time.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { findOrganisations } from '../facilitation/settings.js';
import { detailOf } from '../people/write-to.js';
import { actName, actOptions } from './acts.js';
import { Filters, given } from './filters.js';
import { loadEverybody } from './names.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {{ number: number, at: string, actor?: number, actorKind: string, actorName?: string, act: string, subject?: number, organisation?: number, detail?: string }} Entry */

/** Who did which administrative act, on what, when. */
export class AdminAudit extends View {
  #filters = new Filters('audit', { act: '', actor: /** @type {any} */ (undefined), organisation: /** @type {any} */ (undefined), since: '', until: '' }, () => void this.#list.load());
  /** @type {Listing<Entry>} */
  #list = new Listing(this.invalidate, async (before) => {
    const { act, actor, organisation, since, until } = this.#filters.values;
    const { entries, more } = await app.query('audit.list', given({
      act, actor: actor?.id, organisation: organisation?.id, since: since && startOf(since, 0), until: until && startOf(until, 1), before, limit: 50,
    }));
    return { rows: entries, cursor: more ? entries.at(-1).number : undefined };
  });

  topics() {
    return ['people', 'networks', 'channels'];
  }

  connected() {
    void this.#list.load();
    void loadEverybody();
  }

  render() {
    const filters = this.#filters;
    return [
      h('p', { class: 'lead-text admin-lead', key: 'about' }, t('admin.audit.about')),
      h('form', { class: 'filters', role: 'search', key: 'filters', onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
        filters.choice('act', t('admin.audit.act'), [{ value: '', label: t('admin.all') }, ...actOptions()]),
        filters.picker('actor', t('admin.audit.actor'), findPeople), filters.picker('organisation', t('admin.people.organisation'), findOrganisations),
        filters.date('since', t('admin.audit.since')), filters.date('until', t('admin.audit.until'))),
      this.#list.render({
        empty: t('admin.audit.none'), absent: t('admin.absent'),
        show: (rows) => dataTable({ caption: t('admin.audit.title'), rows, id: ({ number }) => number, columns: columns() }),
      }),
    ];
  }
}

/** @returns {import('../dom/table').Column<Entry>[]} */
function columns() {
  return [
    { key: 'at', title: t('admin.audit.when'), cell: ({ at, number }) => [h('time', { class: 'is-whole', datetime: at, title: fullTime(at) }, shortTime(at)), h('span', { class: 'cell-detail' }, t('admin.audit.number', { n: number }))] },
    { key: 'act', title: t('admin.audit.act'), names: true, cell: ({ act }) => actName(act) },
    { key: 'actor', title: t('admin.audit.actor'), cell: ({ actorName, actor, actorKind }) => actorName || (actor ? `#${actor}` : actorKind === 'system' ? t('admin.audit.server') : t('admin.audit.nobody')) },
    { key: 'subject', title: t('admin.audit.subject'), cell: subject },
    { key: 'detail', title: t('admin.audit.detail'), cell: ({ detail }) => (detail ? inWords(detail) : '–') },
  ];
}

/** @param {Entry} entry */
function subject({ act, subject: id }) {
  if (!id) return '–';
  const kind = act.split('.')[0];
  const network = kind === 'network' && app.state.networks.get(id);
  const channel = app.state.channels.get(id);
  const name = network ? local(network.name) : channel ? local(channel.names ?? channel.name) : app.state.people.get(id)?.name;
  return name ? [name, h('span', { class: 'cell-detail' }, `#${id}`)] : `#${id}`;
}

/**
 * The server's short notes name networks by their number.
 * @param {string} detail
 */
function inWords(detail) {
  return detail.replace(/\bnetwork (\d+)\b/, (whole, id) => {
    const network = app.state.networks.get(Number(id));
    return network ? t('admin.audit.inNetwork', { name: local(network.name) }) : whole;
  });
}

/** @param {string} text */
async function findPeople(text) {
  const { people } = await app.query('person.list', { text, limit: 8 });
  return people.map((/** @type {any} */ person) => ({ id: person.id, label: person.name, detail: detailOf(person) }));
}

/**
 * The beginning of a day where one is, or of the day after.
 * @param {string} date
 * @param {number} days
 */
function startOf(date, days) {
  const start = new Date(`${date}T00:00:00`);
  start.setDate(start.getDate() + days);
  return start.toISOString();
}

customElements.define('m-admin-audit', AdminAudit);
