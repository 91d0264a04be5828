import { h } from '../dom/h.js';
import { failure, iconButton } from '../dom/controls.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { avatar } from '../people/avatar.js';
import { fold, loadNetwork } from '../people/people.js';
import { detailOf, writeTo, writeToLabel } from '../people/write-to.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Person} Person */

const SHOWN = 30;
const MOST_ORGANISATIONS = 12;

/** Who is in a network, from which organisations, and a way to write to them. */
export class NetworkPeople extends View {
  /** @type {Person[] | 'loading' | 'failed'} */ #people = 'loading';
  #text = '';
  /** @type {number | undefined} */ #organisation;
  #everybody = false;

  topics() {
    return ['presence'];
  }

  connected() {
    void this.#load();
    this.until(app.connection.on('update', ({ type, data }) => {
      if ((type === 'network.joined' || type === 'network.left') && data.network === this.number('network')) void this.#load();
    }));
  }

  #load = async () => {
    if (this.#people === 'failed') this.#people = 'loading';
    this.invalidate();
    try {
      this.#people = await loadNetwork(this.number('network') ?? 0);
    } catch {
      this.#people = 'failed';
    }
    this.invalidate();
  };

  render() {
    if (this.#people === 'loading') return h('p', { class: 'state-text', role: 'status' }, t('people.loading'));
    if (this.#people === 'failed') return failure(t('people.failed'), this.#load);
    const others = this.#people.filter((person) => person.id !== app.me);
    if (others.length === 0) return h('p', { class: 'state-text' }, t('people.none'));
    const found = others.filter((person) => (this.#organisation === undefined || person.organisation === this.#organisation)
      && fold(`${person.name} ${detailOf(person)}`).includes(fold(this.#text.trim())));
    const shown = this.#everybody ? found : found.slice(0, SHOWN);
    return [
      this.#organisations(this.#people),
      others.length > 6 && h('div', { class: 'people-filter', key: 'filter' },
        h('label', { class: 'visually-hidden', for: 'people-filter' }, t('people.filter')),
        h('input', { id: 'people-filter', type: 'search', class: 'form-control', autocomplete: 'off', placeholder: t('people.filter'), oninput: this.#filter })),
      h('p', { class: 'visually-hidden', role: 'status', key: 'count' }, plural('people.found', found.length)),
      found.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('people.notFound'))
        : h('ul', { class: 'card-list is-people', key: 'people' }, shown.map((person) => this.#person(person))),
      shown.length < found.length && h('button', { type: 'button', class: 'link-button', key: 'more', onclick: () => { this.#everybody = true; this.draw(); } },
        plural('people.more', found.length - shown.length)),
    ];
  }

  /** @param {Event} event */
  #filter = (event) => {
    this.#text = /** @type {HTMLInputElement} */ (event.currentTarget).value;
    this.invalidate();
  };

  /** @param {Person[]} people */
  #organisations(people) {
    /** @type {Map<number, { name: string, count: number }>} */
    const organisations = new Map();
    for (const { organisation, organisationName } of people) {
      if (!organisation) continue;
      const known = organisations.get(organisation);
      organisations.set(organisation, { name: organisationName ?? '', count: (known?.count ?? 0) + 1 });
    }
    if (organisations.size < 2) return null;
    const all = [...organisations].sort(([, a], [, b]) => b.count - a.count || a.name.localeCompare(b.name, 'it')).slice(0, MOST_ORGANISATIONS);
    return h('ul', { class: 'chip-list', key: 'organisations', 'aria-label': t('people.organisations') }, all.map(([id, { name, count }]) => h('li', { key: id },
      h('button', {
        type: 'button', class: 'chip', 'aria-pressed': String(this.#organisation === id),
        onclick: () => { this.#organisation = this.#organisation === id ? undefined : id; this.draw(); },
      }, h('span', null, name), h('span', { class: 'chip-count' }, h('span', { class: 'visually-hidden' }, ': '), count)))));
  }

  /** @param {Person} person */
  #person(person) {
    return h('li', { key: person.id },
      avatar(person.id),
      h('span', { class: 'card-person' },
        h('a', { class: 'card-title', href: `/people/${person.id}` }, person.name),
        h('span', { class: 'card-detail' }, detailOf(person))),
      iconButton('it-mail', writeToLabel(person), { onclick: () => void writeTo(person).catch(showError) }));
  }
}

customElements.define('m-network-people', NetworkPeople);
