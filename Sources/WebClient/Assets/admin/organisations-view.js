import { h } from '../dom/h.js';
import { Listing } from '../dom/listing.js';
import { dataTable } from '../dom/table.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { Filters, given } from './filters.js';
import { askForOrganisation } from './organisation-form.js';
import { kindName, kindOptions, REGIONS } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {{ id: number, slug: string, kind: string, name: string, istat?: string, region?: string, parent?: number, lat?: number, lon?: number, revision: number }} Organisation */

const PAGE = 500;

/** The organisations that people act for. */
export class AdminOrganisations extends View {
  #filters = new Filters('organisations', { text: '', kind: '', region: '' }, () => void this.#list.load());
  /** @type {import('../dom/table').Sort} */ #sort = { key: 'name', down: false };
  /** @type {Map<number, string>} */ #cities = new Map();
  /** @type {Listing<Organisation>} */
  #list = new Listing(this.invalidate, async (cursor) => {
    const { text, kind, region } = this.#filters.values;
    const { organisations, cursor: next } = await app.query('organisation.list', given({ text: text.trim(), kind, region, limit: PAGE, cursor }));
    return { rows: organisations, cursor: next };
  });

  connected() {
    void this.#list.load();
    app.query('organisation.list', { kind: 'citta_metropolitana', limit: 100 }).then(({ organisations }) => {
      this.#cities = new Map(organisations.map((/** @type {Organisation} */ city) => [city.id, city.name]));
      this.invalidate();
    }, () => undefined);
    this.until(app.connection.on('update', ({ type }) => {
      if (type === 'organisation.created' || type === 'organisation.changed') void this.#list.load();
    }));
  }

  render() {
    const all = { value: '', label: t('admin.all') };
    return [
      h('div', { class: 'section-head is-page', key: 'head' }, h('p', { class: 'lead-text' }, t('admin.organisations.about')),
        h('button', { type: 'button', class: 'btn btn-primary btn-sm', onclick: () => void this.#edit() }, t('admin.organisations.create'))),
      h('form', { class: 'filters', role: 'search', key: 'filters', onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
        this.#filters.text('text', t('admin.organisations.name')), this.#filters.choice('kind', t('admin.organisations.kind'), [all, ...kindOptions()]),
        this.#filters.choice('region', t('admin.organisations.region'), [all, ...REGIONS.map((region) => ({ value: region.replace('’', "'"), label: region }))])),
      this.#list.render({ empty: t('admin.organisations.none'), show: (rows) => dataTable({
        caption: t('admin.organisations.title'), rows, id: ({ id }) => id, columns: this.#columns(), sort: this.#sort,
        onsort: (sort) => { this.#sort = sort; this.draw(); },
      }) }),
    ];
  }

  /** @returns {import('../dom/table').Column<Organisation>[]} */
  #columns() {
    const city = (/** @type {Organisation} */ one) => (one.parent ? this.#cities.get(one.parent) ?? '' : '');
    return [
      { key: 'name', title: t('admin.organisations.name'), names: true, by: ({ name }) => name, cell: ({ name, slug }) => [name, h('span', { class: 'cell-detail' }, slug)] },
      { key: 'kind', title: t('admin.organisations.kind'), by: ({ kind }) => kindName(kind), cell: ({ kind }) => kindName(kind) },
      { key: 'region', title: t('admin.organisations.region'), by: ({ region }) => region ?? '', cell: ({ region }) => region || '–' },
      { key: 'parent', title: t('admin.organisations.parent'), by: city, cell: (one) => city(one) || '–' },
      { key: 'istat', title: t('admin.organisations.istat'), by: ({ istat }) => istat ?? '', cell: ({ istat }) => istat || '–' },
      { key: 'acts', title: t('table.acts'), acts: true, cell: (one) => h('button', { type: 'button', class: 'act-button', onclick: () => void this.#edit(one) },
        t('admin.change'), h('span', { class: 'visually-hidden' }, ` ${one.name}`)) },
    ];
  }

  /** @param {Organisation} [known] */
  async #edit(known) {
    if (await askForOrganisation(this.#cities, known)) await this.#list.load();
  }
}

customElements.define('m-admin-organisations', AdminOrganisations);
