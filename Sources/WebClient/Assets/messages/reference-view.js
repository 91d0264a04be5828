import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { go } from '../shell/router.js';
import { showError } from '../shell/notices.js';
import { detailOf, writeTo, writeToLabel } from '../people/write-to.js';
import { addressOf } from './address.js';
import { t } from '../i18n/i18n.js';

/** What else may bear a number, and where it is shown. */
const OTHERS = [
  { query: 'solution.get', field: 'solution', path: '/solutions' }, { query: 'event.get', field: 'event', path: '/events' },
  { query: 'experiment.get', field: 'experiment', path: '/experiments' }, { query: 'adoption.get', field: 'adoption', path: '/adoptions' },
];

/** Follows a reference such as #1235 to the person, the message or the other thing it names, among those that this person may know of. */
export class ReferenceView extends View {
  #failed = false;

  topics() {
    return ['people'];
  }

  connected() {
    void this.#follow(this.number('to') ?? 0);
  }

  render() {
    const person = app.state.people.get(this.number('to') ?? 0);
    return h('div', { class: 'screen-text' }, backLink(),
      person ? this.#person(person) : this.#message());
  }

  /** @param {import('../wire/protocol').Person} person */
  #person(person) {
    return [
      h('h1', { class: 'h3', key: 'name' }, person.name),
      h('p', { key: 'detail' }, detailOf(person)),
      person.id !== app.me && h('button', { key: 'write', type: 'button', class: 'btn btn-primary', onclick: () => void writeTo(person).catch(showError) },
        writeToLabel(person)),
    ];
  }

  #message() {
    return [
      h('h1', { class: 'h3', key: 'title' }, t('reference.title', { id: this.number('to') ?? 0 })),
      h('p', { role: 'status', class: 'state-text', key: 'state' }, this.#failed ? t('reference.hidden') : t('reference.loading')),
    ];
  }

  /** @param {number} id */
  async #follow(id) {
    if (app.state.people.has(id)) return;
    for (const channel of app.state.channels.values()) {
      // An id is the place in the journal of what it names: no channel holds a message from before its own.
      if (!channel.member || channel.id > id) continue;
      const found = await app.query('message.history', { channel: channel.id, around: id, limit: 1 }).catch(() => undefined);
      const message = found?.messages.find((/** @type {any} */ one) => one.id === id);
      if (!message || !this.isConnected) continue;
      go(addressOf(message), { replace: true });
      return;
    }
    const found = await Promise.all(OTHERS.map(({ query, field, path }) => app.query(query, { [field]: id }).then(() => path, () => undefined)));
    const path = found.find((one) => one !== undefined);
    if (path && this.isConnected) {
      go(`${path}/${id}`, { replace: true });
      return;
    }
    this.#failed = true;
    this.invalidate();
  }
}

customElements.define('m-reference', ReferenceView);
