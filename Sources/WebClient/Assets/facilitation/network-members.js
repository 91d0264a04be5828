import { h } from '../dom/h.js';
import { confirm } from '../dom/confirm.js';
import { askForm } from '../dom/form-dialog.js';
import { Listing } from '../dom/listing.js';
import { dataTable } from '../dom/table.js';
import { app } from '../shell/app.js';
import { runsNetwork } from '../networks/standing.js';
import { loadNetwork } from '../people/people.js';
import { detailOf } from '../people/write-to.js';
import { NetworkInvitations } from './network-invitations.js';
import { NetworkPage } from './network-page.js';
import { networkTypes, roleName } from './network-types.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Network} Network */
/** @typedef {import('../wire/protocol').Person & { role: string, sponsor?: { id: number, name: string } }} Member */

const PAGE = 100;
const ROLES = new Set(['network.joined', 'network.left', 'network.appointed', 'network.sponsored']);

/** Who takes part in a network; who runs it adds, removes and appoints. */
export class NetworkMembers extends NetworkPage {
  #role = '';
  /** @type {import('./network-types').NetworkType[]} */ #types = [];
  /** @type {Listing<Member>} */
  #members = new Listing(this.invalidate, async (cursor) => {
    const { members, cursor: next } = await app.query('network.members', {
      network: this.number('network'), limit: PAGE, ...(this.#role ? { role: this.#role } : {}), ...(cursor ? { cursor } : {}),
    });
    return { rows: members, cursor: next };
  });
  #invitations = new NetworkInvitations(this.invalidate, () => this.number('network') ?? 0);

  /** @returns {import('../networks/tabs').Part} */
  get page() {
    return 'members';
  }

  connected() {
    void this.#members.load();
    this.#loadInvitations();
    void networkTypes().then((types) => {
      this.#types = types;
      this.invalidate();
    }, () => undefined);
    this.until(app.connection.on('update', ({ type, data }) => {
      if (ROLES.has(type) && data.network === this.number('network')) {
        void this.#members.load();
        this.#loadInvitations();
      }
    }));
  }

  #loadInvitations() {
    if (this.network && runsNetwork(this.network)) void this.#invitations.load();
  }

  /** @param {Network} network */
  content(network) {
    const runs = runsNetwork(network) && !network.dormant;
    return [
      h('div', { class: 'section-head filters', key: 'head' },
        h('div', { class: 'field' }, h('label', { for: 'member-role' }, t('facilitation.members.role')),
          h('select', { id: 'member-role', class: 'form-control', onchange: this.#filter },
            h('option', { value: '' }, t('facilitation.members.all')), h('option', { value: 'facilitator' }, t('facilitation.members.facilitators')),
            h('option', { value: 'member' }, t('facilitation.members.plain')))),
        runs && h('div', { class: 'section-acts', key: 'acts' },
          h('button', { type: 'button', class: 'btn btn-primary btn-sm', onclick: () => void this.#add(network) }, t('facilitation.members.add')),
          h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: () => void this.#invitations.ask() }, t('facilitation.invitations.ask')))),
      this.#members.render({
        empty: t('facilitation.members.none'),
        show: (rows) => dataTable({ caption: t('facilitation.members.caption'), rows, id: ({ id }) => id, columns: this.#columns(network, runs) }),
      }),
      runs && this.#invitations.render(),
    ];
  }

  /** @param {Network} network @param {boolean} runs @returns {import('../dom/table').Column<Member>[]} */
  #columns(network, runs) {
    return [
      { key: 'name', title: t('facilitation.members.name'), names: true, cell: (person) => person.name },
      { key: 'detail', title: t('facilitation.members.organisation'), cell: (person) => [person.organisationName ?? '–', person.title && h('span', { class: 'cell-detail' }, person.title)] },
      { key: 'role', title: t('facilitation.members.role'), cell: ({ role, sponsor }) => [role === 'facilitator'
        ? h('span', { class: 'tag is-accent' }, roleName(role, this.#typeOf(network))) : roleName(role, this.#typeOf(network)),
      sponsor && h('span', { class: 'cell-detail' }, t('facilitation.members.sponsoredBy', { name: sponsor.name }))] },
      ...(runs ? [{ key: 'acts', title: t('table.acts'), acts: true, cell: (/** @type {Member} */ person) => this.#acts(network, person) }] : []),
    ];
  }

  /** @param {Network} network @param {Member} person */
  #acts(network, person) {
    const about = h('span', { class: 'visually-hidden' }, ` ${person.name}`);
    const isFacilitator = person.role === 'facilitator';
    return [
      h('button', { type: 'button', class: 'act-button', key: 'role', disabled: this.busy !== '', onclick: () => void this.#appoint(network, person, isFacilitator ? 'member' : 'facilitator') },
        isFacilitator ? t('facilitation.members.unappoint') : t('facilitation.members.appoint'), about),
      h('button', { type: 'button', class: 'act-button is-danger', key: 'remove', disabled: this.busy !== '', onclick: () => void this.#remove(network, person) },
        t('facilitation.members.remove'), about),
    ];
  }

  /** @param {Network} network */
  #typeOf(network) {
    return this.#types.find(({ id }) => id === network.type);
  }

  /** @param {Event} event */
  #filter = (event) => {
    this.#role = /** @type {HTMLSelectElement} */ (event.currentTarget).value;
    void this.#members.load();
  };

  /** @param {Network} network @param {Member} person @param {'member' | 'facilitator'} role */
  async #appoint(network, person, role) {
    if (role === 'member' && !await confirm({
      title: t('facilitation.members.unappointTitle', { name: person.name }),
      text: person.id === app.me ? t('facilitation.members.unappointMe') : t('facilitation.members.unappointText'), action: t('facilitation.members.unappoint'),
    })) return;
    await this.do(`role ${person.id}`, () => app.command('network.appoint', { network: network.id, person: person.id, role }));
  }

  /** @param {Network} network @param {Member} person */
  async #remove(network, person) {
    if (!await confirm({
      title: t('facilitation.members.removeTitle', { name: person.name, network: local(network.name) }), text: t('facilitation.members.removeText'), action: t('facilitation.members.remove'),
    })) return;
    await this.do(`remove ${person.id}`, () => app.command('network.remove', { network: network.id, person: person.id }));
  }

  /** @param {Network} network */
  async #add(network) {
    const type = this.#typeOf(network);
    const already = new Set((await loadNetwork(network.id).catch(() => [])).map(({ id }) => id));
    await askForm({
      title: t('facilitation.members.add'),
      text: h('p', null, t('facilitation.members.addText')),
      fields: [
        { name: 'person', label: t('facilitation.members.person'), kind: 'picker', required: true, find: (text) => findPeople(text, already) },
        { name: 'role', label: t('facilitation.members.role'), kind: 'select', required: true, options: [
          { value: 'member', label: roleName('member', type) }, { value: 'facilitator', label: roleName('facilitator', type) }] },
        ...(type?.guestsNeedSponsor ? [{
          name: 'sponsor', label: t('facilitation.members.sponsor'), kind: /** @type {const} */ ('picker'), hint: t('facilitation.members.sponsorHint'),
          find: (/** @type {string} */ text) => findPeople(text, new Set()),
        }] : []),
      ],
      values: { role: 'member' },
      action: t('facilitation.members.addAction'),
      submit: async ({ person, role, sponsor }) => {
        await app.command('network.add', { network: network.id, person: person.id, ...(sponsor ? { sponsor: sponsor.id } : {}) });
        if (role === 'facilitator') await app.command('network.appoint', { network: network.id, person: person.id, role });
      },
      refused: (error) => error?.code === 'invalid' ? { field: 'sponsor', text: t('facilitation.members.sponsorNotAllowed') } : error?.code === 'forbidden' || error?.code === 'not_found' ? { field: 'person', text: t('facilitation.members.notAllowed') } : undefined,
    });
  }
}

/** @param {string} text @param {Set<number>} without */
async function findPeople(text, without) {
  const { people } = await app.query('person.list', { text, limit: 30 });
  return people.filter((/** @type {any} */ person) => !without.has(person.id)).slice(0, 8)
    .map((/** @type {any} */ person) => ({ id: person.id, label: person.name, detail: detailOf(person) }));
}

customElements.define('m-network-members', NetworkMembers);
