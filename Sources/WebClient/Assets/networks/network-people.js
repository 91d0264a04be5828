import { h } from '../dom/h.js';
import { failure, iconButton } from '../dom/controls.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { avatar } from '../people/avatar.js';
import { loadNetwork } from '../people/people.js';
import { detailOf, writeTo, writeToLabel } from '../people/write-to.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Person} Person */

const SHOWN = 30;

/** Who is in a network, and a way to write to them. */
export class NetworkPeople extends View {
  /** @type {Person[] | 'loading' | 'failed'} */
  #people = 'loading';

  topics() {
    return ['presence'];
  }

  connected() {
    void this.#load();
  }

  #load = async () => {
    this.#people = 'loading';
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
    return [
      h('ul', { class: 'card-list is-people', key: 'people' }, others.slice(0, SHOWN).map((person) => this.#person(person))),
      others.length > SHOWN && h('p', { class: 'state-text', key: 'more' }, plural('people.more', others.length - SHOWN)),
    ];
  }

  /** @param {Person} person */
  #person(person) {
    return h('li', { key: person.id },
      avatar(person.id),
      h('span', { class: 'card-person' },
        h('span', { class: 'card-title' }, person.name),
        h('span', { class: 'card-detail' }, detailOf(person))),
      iconButton('it-mail', writeToLabel(person), { onclick: () => void writeTo(person).catch(showError) }));
  }
}

customElements.define('m-network-people', NetworkPeople);
