import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { shortDate } from '../dom/time.js';
import { Listing } from '../dom/listing.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { go } from '../shell/router.js';
import { ask } from './ask.js';
import { Asked } from './asked.js';
import { citiesInOrder } from './cities.js';
import { catalogueAddress } from './filters.js';
import { adoptionTag, shortCity } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').Adoption} Adoption */
/** @typedef {import('./words').Named} Named */

/** What a city takes over from others, and others from it: at first one's own city. */
export class AdoptionList extends View {
  static observedAttributes = ['city'];
  /** @type {Asked<{ city: number | undefined, cities: Named[] }>} */
  #asked = new Asked(this.invalidate, () => this.#ask());
  /** @type {Listing<Adoption>} */ #taken = new Listing(this.invalidate, (cursor) => this.#page('city', cursor));
  /** @type {Listing<Adoption>} */ #given = new Listing(this.invalidate, (cursor) => this.#page('origin', cursor));
  /** @type {number | undefined} */
  #city;
  #of = '';

  connected() {
    this.until(app.community.subscribe('solutions', this.#asked.soon));
  }

  disconnected() {
    this.#asked.stop();
  }

  render() {
    const of = this.getAttribute('city') ?? 'own';
    if (of !== this.#of) {
      this.#of = of;
      queueMicrotask(() => void this.#asked.load());
    }
    const { value, error } = this.#asked;
    if (!value) return error ? h('div', { role: 'alert', key: 'failed' }, failure(errorText(error), () => void this.#asked.load())) : h('p', { class: 'state-text', role: 'status', key: 'loading' }, t('solutions.loading'));
    const city = value.cities.find(({ id }) => id === value.city);
    return [
      h('div', { class: 'filters', key: 'filters' }, h('div', { class: 'field' }, h('label', { for: 'adoptions-city' }, t('solutions.filter.city')),
        h('select', { id: 'adoptions-city', class: 'form-control', onchange: (/** @type {any} */ event) => (
          go(catalogueAddress({ view: 'adoptions', text: '', city: Number(event.currentTarget.value) || undefined }), { replace: true })) },
          value.city === undefined && h('option', { value: '', key: '', '.selected': true }, t('solutions.chooseCity')),
          value.cities.map(({ id, name }) => h('option', { key: id, value: String(id), '.selected': id === value.city }, name))))),
      city ? [part('taken', t('solutions.taken', { city: shortCity(city) }), this.#taken, t('solutions.noneTaken'), ({ origin }) => t('solutions.fromCity', { city: shortCity(origin) })),
        part('given', t('solutions.given', { city: shortCity(city) }), this.#given, t('solutions.noneGiven'), (adoption) => t('solutions.toCity', { city: shortCity(adoption.city) }))]
        : h('p', { class: 'state-text', key: 'none' }, t('solutions.noCity')),
    ];
  }

  async #ask() {
    const { own, all } = await citiesInOrder();
    const city = this.#of === 'own' ? own[0]?.id : Number(this.#of);
    this.#city = city || undefined;
    if (city) await Promise.all([this.#taken.load(), this.#given.load()]);
    return { city: this.#city, cities: all };
  }

  /** @param {'city' | 'origin'} side @param {string} [cursor] */
  async #page(side, cursor) {
    const { adoptions, cursor: next } = await ask('adoption.list', { [side]: this.#city, limit: 50, ...(cursor ? { cursor } : {}) });
    return { rows: adoptions, cursor: next };
  }
}

/**
 * @param {string} key @param {string} title @param {Listing<Adoption>} adoptions @param {string} none
 * @param {(adoption: Adoption) => string} where
 */
function part(key, title, adoptions, none, where) {
  return h('section', { key }, h('h2', { class: 'h5' }, title), adoptions.render({
    empty: none, count: false, show: (rows) => h('ul', { class: 'row-list', key: 'rows' }, rows.map((adoption) => adoptionRow(adoption, where(adoption), true))),
  }));
}

/** @param {Adoption} adoption @param {string} where @param {boolean} withTitle */
export function adoptionRow(adoption, where, withTitle) {
  const detail = [withTitle && where, t('solutions.version', { n: adoption.version }), shortDate(adoption.changed), adoption.referent && t('solutions.followedBy', { name: adoption.referent.name })];
  return h('li', { key: adoption.id }, h('a', { class: 'row-link', href: `/adoptions/${adoption.id}` },
    h('span', { class: 'row-title' }, withTitle ? adoption.title : where, ' ', adoptionTag(adoption.state)),
    h('span', { class: 'card-detail' }, detail.filter(Boolean).join(' · '))));
}

customElements.define('m-adoption-list', AdoptionList);
