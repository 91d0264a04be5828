import { h } from '../dom/h.js';
import { Listing } from '../dom/listing.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { go } from '../shell/router.js';
import { ask } from './ask.js';
import { citiesInOrder } from './cities.js';
import { COST_BOUNDS, euros } from './cost.js';
import { compareBar, solutionCards } from './cards.js';
import { catalogueAddress, filtersOf, isNarrowed, listQuery } from './filters.js';
import { areaOptions, SOLUTION_STATES, stateName } from './words.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('./words').Solution} Solution */
/** @typedef {import('./words').Named} Named */
/** @typedef {import('./filters').Filters} Filters */

const PAGE = 50;

/** The solutions of all one's networks, to be narrowed, read and compared; beside them who takes them over. */
export class SolutionCatalogue extends View {
  static observedAttributes = ['filters'];
  /** @type {Listing<Solution>} */ #list = new Listing(() => this.invalidate(), (cursor) => this.#ask(cursor));
  /** @type {{ own: Named[], all: Named[] }} */ #cities = { own: [], all: [] };
  /** @type {string | undefined} */ #asked;
  #isBehind = false;

  topics() {
    return ['networks'];
  }

  connected() {
    citiesInOrder().then((cities) => {
      this.#cities = cities;
      this.invalidate();
    }, () => undefined);
    this.until(app.community.subscribe('solutions', () => this.#changed()));
  }

  render() {
    const address = this.getAttribute('filters') ?? '';
    const filters = filtersOf(address);
    if (filters.view === 'solutions' && address !== this.#asked) this.#begin(address);
    return h('div', { class: 'screen-text is-wide catalogue' }, backLink(), h('h1', { class: 'h3' }, t('solutions.title')), h('p', { class: 'catalogue-lead', key: 'lead' }, t('solutions.lead')),
      catalogueTabs(filters),
      filters.view === 'map' ? h('m-adoption-map', { key: 'map' }) : filters.view === 'adoptions' ? h('m-adoption-list', { key: 'adoptions', city: filters.city ?? null }) : [
        this.#filters(filters),
        this.#isBehind && h('p', { class: 'notice-inline is-info', role: 'status', key: 'behind' }, t('solutions.behind'), ' ',
          h('button', { type: 'button', class: 'link-button', onclick: () => this.#begin(address) }, t('solutions.showNews'))),
        this.#list.render({ show: (rows) => solutionCards(rows, { withNetwork: true, redraw: () => this.draw() }), empty: empty(filters) }),
        compareBar(() => this.draw()),
      ]);
  }

  /** @param {Filters} filters */
  #filters(filters) {
    const change = (/** @type {Partial<Filters>} */ part) => go(catalogueAddress({ ...filters, text: this.#typed(filters), ...part }), { replace: true });
    const select = (/** @type {string} */ name, /** @type {string} */ label, /** @type {string} */ value, /** @type {{ value: string, label: string }[]} */ options, /** @type {(value: string) => void} */ act) => (
      h('div', { class: 'field', key: name }, h('label', { for: `catalogue-${name}` }, label),
        h('select', { id: `catalogue-${name}`, class: 'form-control', onchange: (/** @type {any} */ event) => act(event.currentTarget.value) },
          [{ value: '', label: t('solutions.all') }, ...options].map((option) => h('option', { key: option.value, value: option.value, '.selected': option.value === value }, option.label)))));
    const city = (/** @type {Named} */ { id, name }) => ({ value: String(id), label: name });
    const networks = [...app.state.networks.values()].filter(({ role }) => role).sort((a, b) => local(a.name).localeCompare(local(b.name)));
    const selects = [
      select('area', t('solutions.filter.area'), filters.area ?? '', areaOptions(), (value) => change({ area: value || undefined })),
      select('city', t('solutions.filter.city'), String(filters.city ?? ''), this.#cities.all.map(city), (value) => change({ city: Number(value) || undefined })),
      select('state', t('solutions.filter.state'), filters.state ?? '', SOLUTION_STATES.map((state) => ({ value: state, label: stateName(state) })), (value) => change({ state: value || undefined })),
      select('cost', t('solutions.filter.cost'), String(filters.cost ?? ''), COST_BOUNDS.map((bound) => ({ value: String(bound), label: t('solutions.filter.costUpTo', { euros: euros(bound) }) })), (value) => change({ cost: Number(value) || undefined })),
      select('adoptedBy', t('solutions.filter.adoptedBy'), String(filters.adoptedBy ?? ''), this.#cities.all.map(city), (value) => change({ adoptedBy: Number(value) || undefined })),
      select('transferred', t('solutions.filter.transferred'), filters.transferred === undefined ? '' : filters.transferred ? 'yes' : 'no',
        [{ value: 'yes', label: t('solutions.filter.inUse') }, { value: 'no', label: t('solutions.filter.notInUse') }],
        (value) => change({ transferred: value === '' ? undefined : value === 'yes' })),
      select('network', t('solutions.filter.network'), String(filters.network ?? ''), networks.map(({ id, name }) => ({ value: String(id), label: local(name) })), (value) => change({ network: Number(value) || undefined })),
    ];
    return h('form', { role: 'search', key: 'filters', 'aria-label': t('solutions.filters'), onsubmit: (/** @type {SubmitEvent} */ event) => { event.preventDefault(); change({}); } },
      h('div', { class: 'field catalogue-text', key: 'text' }, h('label', { for: 'catalogue-text' }, t('solutions.filter.text')),
        h('div', { class: 'search-line' }, h('input', { id: 'catalogue-text', key: filters.text, type: 'search', class: 'form-control', maxlength: 150, autocomplete: 'off', value: filters.text }),
          h('button', { type: 'submit', class: 'btn btn-primary btn-sm' }, t('solutions.search')))),
      // Open at first where there is room, or where something was chosen; then as one likes.
      h('details', { class: 'search-filters', key: 'more', ref: (/** @type {HTMLDetailsElement} */ details) => { details.open = isNarrowed({ ...filters, text: '' }) || window.matchMedia('(min-width: 48rem)').matches; } },
        h('summary', null, t('solutions.filtersTitle')), h('div', { class: 'filters' }, selects)),
      isNarrowed(filters) && h('a', { class: 'catalogue-clear', key: 'clear', href: '/solutions' }, t('solutions.clear')));
  }

  /** @param {Filters} filters */
  #typed(filters) {
    const field = this.querySelector('#catalogue-text');
    return field instanceof HTMLInputElement ? field.value.trim() : filters.text;
  }

  /** @param {string} asked */
  #begin(asked) {
    if (asked !== this.#asked) this.#list.state = 'loading';
    this.#asked = asked;
    this.#isBehind = false;
    // Not while it is being drawn.
    queueMicrotask(() => void this.#list.load());
  }

  #changed() {
    if (this.#asked === undefined) return;
    // Whoever has turned several pages is not thrown back to the first one.
    if (this.#list.rows.length <= PAGE) this.#begin(this.#asked);
    else {
      this.#isBehind = true;
      this.invalidate();
    }
  }

  /** @param {string} [cursor] */
  async #ask(cursor) {
    const query = listQuery(filtersOf(this.#asked ?? ''));
    const { solutions, cursor: next } = await ask('solution.list', { ...query, limit: PAGE, ...(cursor ? { cursor } : {}) });
    return { rows: solutions, cursor: next };
  }
}

/** @param {Filters} filters */
function catalogueTabs(filters) {
  const tab = (/** @type {Filters['view']} */ view, /** @type {string} */ label) => h('li', { key: view },
    h('a', { href: catalogueAddress({ view, text: '' }), 'aria-current': filters.view === view ? 'page' : null }, label));
  return h('nav', { class: 'page-tabs', key: 'tabs', 'aria-label': t('solutions.views') }, h('ul', null, tab('solutions', t('solutions.tab.solutions')), tab('adoptions', t('solutions.tab.adoptions')), tab('map', t('solutions.tab.map'))));
}

/** @param {Filters} filters */
function empty(filters) {
  return isNarrowed(filters) ? [t('solutions.noneSo'), ' ', h('a', { class: 'catalogue-clear', href: '/solutions' }, t('solutions.clear'))] : t('solutions.none');
}

customElements.define('m-solutions', SolutionCatalogue);
