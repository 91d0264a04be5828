import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { dataTable } from '../dom/table.js';
import { dateOf, midnight } from '../dom/time.js';
import { View } from '../dom/view.js';
import { Filters } from '../admin/filters.js';
import { dayAfter } from '../events/when.js';
import { networkHeading, networkNotFound } from '../networks/tabs.js';
import { runsNetwork } from '../networks/standing.js';
import { csv, saveTable } from './csv.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { length } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {{ id: number, name: string, events: number, minutes: number }} Total */

const MOST = 500;

/** The hours of a network's events that people attended, per person and per organisation, for who runs it. */
export class NetworkHours extends View {
  /** @type {{ people: Total[], organisations: Total[] } | undefined} */ #totals;
  /** @type {any} */ #error;
  #asked = 0;
  /** @type {Record<string, import('../dom/table').Sort>} */
  #sort = { people: { key: 'minutes', down: true }, organisations: { key: 'minutes', down: true } };
  #filters = new Filters('hours', { from: `${dateOf(new Date().toISOString()).slice(0, 4)}-01-01`, to: dateOf(new Date().toISOString()) }, () => void this.#load());

  topics() {
    return ['networks'];
  }

  connected() {
    void this.#load();
    this.until(app.community.subscribe('attendance', () => void this.#load()));
  }

  render() {
    const network = app.state.networks.get(this.number('network') ?? 0);
    if (!network) return networkNotFound();
    return h('div', { class: 'screen-text is-wide hours' }, networkHeading(network, 'hours'),
      runsNetwork(network) ? this.#content() : h('p', { class: 'notice-inline is-info', key: 'denied' }, t('list.denied')));
  }

  #content() {
    const { from, to } = this.#filters.values;
    const isBackwards = from !== '' && to !== '' && from > to;
    return [
      h('p', { key: 'lead', class: 'hours-lead' }, t('attendance.hoursLead')),
      h('div', { class: 'filters', key: 'filters' }, this.#filters.date('from', t('attendance.from')), this.#filters.date('to', t('attendance.to'))),
      isBackwards ? h('p', { class: 'notice-inline is-danger', role: 'alert', key: 'backwards' }, t('attendance.backwards'))
        : this.#error ? h('div', { role: 'alert', key: 'failed' }, failure(errorText(this.#error), () => void this.#load()))
          : !this.#totals ? h('p', { class: 'state-text', role: 'status', key: 'loading' }, t('list.loading'))
            : this.#totals.people.length === 0 ? h('p', { class: 'state-text', role: 'status', key: 'none' }, t('attendance.noHours'))
              : [this.#part('people', this.#totals.people), this.#part('organisations', this.#totals.organisations)],
    ];
  }

  /** @param {'people' | 'organisations'} kind @param {Total[]} rows */
  #part(kind, rows) {
    const isPeople = kind === 'people';
    const title = isPeople ? t('attendance.perPerson') : t('attendance.perOrganisation');
    const name = isPeople ? t('attendance.person') : t('attendance.organisation');
    return h('section', { key: kind, class: 'hours-part' }, h('div', { class: 'section-head', key: 'head' }, h('h2', { class: 'h5' }, title),
      h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', disabled: rows.length === 0, 'aria-label': `${t('attendance.csv')}: ${title}`, onclick: () => this.#save(name, kind, rows) },
        icon('it-download', 'icon-sm icon-primary'), ' ', t('attendance.csv'))),
    !isPeople && h('p', { class: 'card-detail', key: 'both' }, t('attendance.countsForBoth')),
    rows.length === MOST && h('p', { class: 'notice-inline is-info', key: 'cut' }, t('attendance.cut', { n: MOST })),
    rows.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('attendance.noOrganisation')) : dataTable({
      caption: title, rows, id: ({ id }) => id, sort: this.#sort[kind],
      onsort: (sort) => {
        this.#sort[kind] = sort;
        this.invalidate();
      },
      columns: [
        { key: 'name', title: name, names: true, by: (row) => row.name, cell: (row) => (isPeople ? h('a', { href: `/people/${row.id}` }, row.name) : row.name) },
        { key: 'events', title: t('attendance.events'), by: (row) => row.events, cell: (row) => String(row.events) },
        { key: 'minutes', title: t('attendance.time'), by: (row) => row.minutes, cell: (row) => length(row.minutes) },
      ],
    }));
  }

  /** @param {string} name @param {string} kind @param {Total[]} rows */
  #save(name, kind, rows) {
    const { from, to } = this.#filters.values;
    saveTable(`${kind === 'people' ? t('attendance.filePeople') : t('attendance.fileOrganisations')}-${this.number('network')}-${from || '…'}-${to || '…'}.csv`, csv([
      [name, t('attendance.events'), t('attendance.inMinutes'), t('attendance.inHours')],
      ...rows.map((row) => [row.name, String(row.events), String(row.minutes), `${Math.floor(row.minutes / 60)}:${String(row.minutes % 60).padStart(2, '0')}`]),
    ]));
  }

  async #load() {
    const asked = ++this.#asked;
    const { from, to } = this.#filters.values;
    if (from && to && from > to) return this.invalidate();
    try {
      const totals = await app.query('attendance.hours', {
        network: this.number('network'), ...(from ? { from: midnight(from) } : {}), ...(to ? { to: midnight(dayAfter(to, 1)) } : {}),
      });
      if (asked !== this.#asked) return;
      this.#totals = totals;
      this.#error = undefined;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#error = error;
    }
    this.invalidate();
  }
}

customElements.define('m-network-hours', NetworkHours);
