import { h } from '../dom/h.js';
import { Listing } from '../dom/listing.js';
import { dataTable } from '../dom/table.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { findOrganisations } from '../facilitation/settings.js';
import { Filters, given } from './filters.js';
import { Invitations } from './invitations.js';
import { openDevices } from './devices-dialog.js';
import { openMandates } from './mandates-dialog.js';
import { askForInvitation, askForPerson, askForRoles, eraseWithCare, suspendWithReason } from './people-forms.js';
import { roleName, roleOptions } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Person & { email?: string, state?: string, roles?: string[] }} AdminPerson */

const PAGE = 50;

/** Everybody of the community: found, created, invited, given roles and mandates, suspended, erased. */
export class AdminPeople extends View {
  /** @type {import('../dom/table').Sort} */ #sort = { key: 'name', down: false };
  #filters = new Filters('people', { text: '', organisation: /** @type {any} */ (undefined), state: '', role: '' }, () => void this.#people.load());
  /** @type {Listing<AdminPerson>} */
  #people = new Listing(this.invalidate, async (cursor) => {
    const { text, organisation, state, role } = this.#filters.values;
    const { people, cursor: next } = await app.query('person.list', given({ text: text.trim(), organisation: organisation?.id, state, role, sort: this.#sort.key, limit: PAGE, cursor, ...(this.#sort.down ? { descending: true } : {}) }));
    return { rows: people, cursor: next };
  });
  #invitations = new Invitations(this.invalidate);

  connected() {
    void this.#load();
  }

  #load = async () => {
    await Promise.all([this.#people.load(), this.#invitations.load()]);
  };

  /** @param {import('../dom/table').Sort} sort */
  #sortBy = (sort) => {
    this.#sort = sort;
    void this.#people.load();
  };

  render() {
    const filters = this.#filters;
    const all = { value: '', label: t('admin.all') };
    return [
      h('div', { class: 'section-head is-page', key: 'head' }, h('p', { class: 'lead-text' }, t('admin.people.about')),
        h('div', { class: 'section-acts' },
          h('button', { type: 'button', class: 'btn btn-primary btn-sm', onclick: () => void this.#after(askForInvitation()) }, t('admin.people.invite')),
          h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: () => void this.#after(askForPerson()) }, t('admin.people.create')))),
      h('form', { class: 'filters', role: 'search', key: 'filters', onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
        filters.text('text', t('admin.people.name')), filters.picker('organisation', t('admin.people.organisation'), findOrganisations),
        filters.choice('state', t('admin.people.state'), [all, { value: 'active', label: t('admin.state.active') }, { value: 'suspended', label: t('admin.state.suspended') }]),
        filters.choice('role', t('admin.people.role'), [all, ...roleOptions()])),
      this.#people.render({ empty: t('admin.people.none'), show: (rows) => dataTable({
        caption: t('admin.people.title'), rows, id: ({ id }) => id, columns: this.#columns(), sort: this.#sort, onsort: this.#sortBy,
      }) }),
      this.#invitations.render(),
    ];
  }

  /** @returns {import('../dom/table').Column<AdminPerson>[]} */
  #columns() {
    return [
      { key: 'name', title: t('admin.people.name'), names: true, sortable: true, cell: (person) => [person.name, person.email && h('span', { class: 'cell-detail' }, person.email.split('@')[0], h('wbr', null), '@', person.email.split('@')[1])] },
      { key: 'organisation', title: t('admin.people.organisation'), sortable: true, cell: (person) => [person.organisationName ?? t('admin.people.noMandate'), person.title && h('span', { class: 'cell-detail' }, person.title)] },
      { key: 'state', title: t('admin.people.state'), sortable: true, cell: (person) => h('span', { class: 'tags' },
        person.state === 'suspended' ? h('span', { class: 'tag is-bad', key: 'state' }, t('admin.state.suspended')) : h('span', { class: 'tag is-ok', key: 'state' }, t('admin.state.active')),
        (person.roles ?? []).map((role) => h('span', { class: 'tag is-accent', key: role }, roleName(role)))) },
      { key: 'acts', title: t('table.acts'), acts: true, cell: (person) => this.#acts(person) },
    ];
  }

  /** @param {AdminPerson} person */
  #acts(person) {
    const isMe = person.id === app.me;
    const act = (/** @type {string} */ key, /** @type {string} */ text, /** @type {() => void} */ onclick, danger = false) => h('button', {
      type: 'button', key, class: `act-button${danger ? ' is-danger' : ''}`, onclick,
    }, text, h('span', { class: 'visually-hidden' }, ` ${person.name}`));
    return [
      act('mandates', t('admin.people.mandates'), () => void openMandates(person).then(this.#load)),
      act('roles', t('admin.people.roles'), () => void this.#after(askForRoles(person, person.roles ?? []))),
      act('devices', t('admin.people.devices'), () => void openDevices(person)),
      !isMe && (person.state === 'suspended'
        ? act('restore', t('admin.people.restore'), () => void app.command('person.restore', { person: person.id }).then(this.#load, showError))
        : act('suspend', t('admin.people.suspend'), () => void this.#after(suspendWithReason(person)))),
      !isMe && act('erase', t('admin.people.erase'), () => void this.#after(eraseWithCare(person)), true),
    ];
  }

  /** @param {Promise<unknown>} done */
  async #after(done) {
    if (await done) await this.#load();
  }
}

customElements.define('m-admin-people', AdminPeople);
