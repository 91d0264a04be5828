import { h } from '../dom/h.js';
import { cardText } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { go } from '../shell/router.js';
import { showError } from '../shell/notices.js';
import { isOnline } from '../presence/presence.js';
import { avatar } from './avatar.js';
import { detailOf, writeTo, writeToLabel } from './write-to.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Person} Person */

/** Somebody: what they do and where, the networks one shares with them, and a way to write. */
export class PersonPage extends View {
  static observedAttributes = ['person'];
  /** @type {'loading' | 'done' | 'hidden'} */ #state = 'loading';
  /** @type {number[]} */ #networks = [];
  #busy = false;

  topics() {
    return ['people', 'presence', 'networks'];
  }

  connected() {
    const id = this.number('person') ?? 0;
    if (id === app.me) go('/me', { replace: true });
    else void this.#load(id);
  }

  /** @param {number} id */
  async #load(id) {
    try {
      const { person, networks } = await app.query('person.get', { person: id });
      app.state.people.set(id, { ...app.state.people.get(id), ...person });
      this.#networks = networks.map((/** @type {{ id: number }} */ network) => network.id);
      this.#state = 'done';
    } catch (/** @type {any} */ error) {
      this.#state = app.state.people.has(id) ? 'done' : 'hidden';
      if (error?.code !== 'not_found') showError(error);
    }
    this.invalidate();
  }

  render() {
    const person = app.state.people.get(this.number('person') ?? 0);
    if (!person) {
      return h('div', { class: 'screen-text' }, backLink(), h('h1', { class: 'h3' }, t('people.person')),
        h('p', { class: 'state-text', role: 'status' }, this.#state === 'hidden' ? t('reference.hidden') : t('people.loading')));
    }
    const shared = this.#networks.flatMap((id) => app.state.networks.get(id) ?? []);
    return h('div', { class: 'screen-text person-page' }, backLink(),
      h('div', { class: 'person-head' }, avatar(person.id),
        h('div', null, h('h1', { class: 'h3' }, person.name),
          detailOf(person) && h('p', null, detailOf(person)),
          h('p', { class: 'person-presence' }, isOnline(person.id) ? t('people.online') : t('people.offline')))),
      h('p', { key: 'write' }, h('button', { type: 'button', class: 'btn btn-primary', disabled: this.#busy, onclick: () => void this.#write(person) },
        icon('it-mail', 'icon-sm icon-white'), ' ', writeToLabel(person))),
      h('section', { key: 'networks' }, h('h2', { class: 'h5' }, t('people.shared')),
        shared.length === 0
          ? h('p', { class: 'state-text', role: 'status' }, this.#state === 'loading' ? t('people.loading') : t('people.noneShared'))
          : h('ul', { class: 'card-list' }, shared.map((network) => h('li', { key: network.id },
            h('a', { class: 'card-link', href: `/networks/${network.id}` }, icon('it-piattaforme'), cardText(local(network.name))))))));
  }

  /** @param {Person} person */
  async #write(person) {
    this.#busy = true;
    this.invalidate();
    await writeTo(person).catch(showError);
    this.#busy = false;
    this.invalidate();
  }
}

customElements.define('m-person', PersonPage);
