import { h } from '../dom/h.js';
import { confirm } from '../dom/confirm.js';
import { Listing } from '../dom/listing.js';
import { dataTable } from '../dom/table.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { go } from '../shell/router.js';
import { showError } from '../shell/notices.js';
import { changeNetwork } from '../facilitation/network-about.js';
import { networkTypes, typeName } from '../facilitation/network-types.js';
import { organisationNames } from '../facilitation/settings.js';
import { askForNetwork } from './network-form.js';
import { local, plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Network & { members: number, hook?: boolean, settings?: Record<string, any>, revision: number }} WholeNetwork */

/** The networks and the modules that run them: made, set, and the automatic acts of a faulty module stopped. */
export class AdminNetworks extends View {
  /** @type {import('../facilitation/network-types').NetworkType[]} */ #types = [];
  /** @type {import('../dom/table').Sort} */ #sort = { key: 'type', down: false };
  /** @type {Listing<WholeNetwork>} */
  #list = new Listing(this.invalidate, async () => {
    const [{ networks }, types] = await Promise.all([app.query('network.list'), networkTypes()]);
    this.#types = types;
    return { rows: await Promise.all(networks.map((/** @type {any} */ { id }) => app.query('network.get', { network: id }))) };
  });

  connected() {
    void this.#list.load();
    this.until(app.connection.on('update', ({ type }) => {
      if (type === 'network.created' || type === 'network.changed') void this.#list.load();
    }));
  }

  render() {
    return [
      h('div', { class: 'section-head is-page', key: 'head' }, h('p', { class: 'lead-text' }, t('admin.networks.about')),
        h('button', { type: 'button', class: 'btn btn-primary btn-sm', disabled: this.#types.length === 0, onclick: () => void this.#create() }, t('admin.networks.create'))),
      this.#list.render({ empty: t('admin.networks.none'), show: (rows) => [
        dataTable({ caption: t('admin.networks.title'), rows, id: ({ id }) => id, columns: this.#columns(), sort: this.#sort, onsort: (sort) => { this.#sort = sort; this.draw(); } }),
        this.#modules(rows),
      ] }),
    ];
  }

  /** @returns {import('../dom/table').Column<WholeNetwork>[]} */
  #columns() {
    return [
      { key: 'name', title: t('admin.networks.name'), names: true, by: ({ name }) => local(name), cell: ({ id, name, slug }) => [
        h('a', { href: `/networks/${id}` }, local(name)), h('span', { class: 'cell-detail' }, slug)] },
      { key: 'type', title: t('admin.networks.module'), by: ({ type, name }) => `${this.#typeName(type)} ${local(name)}`, cell: ({ type }) => this.#typeName(type) },
      { key: 'members', title: t('admin.networks.members'), by: ({ members }) => members, cell: ({ id, members }) => h('a', { href: `/networks/${id}/members`, 'aria-label': plural('network.members', members) }, members) },
      { key: 'state', title: t('admin.networks.state'), by: ({ dormant }) => Number(dormant ?? false), cell: (network) => h('span', { class: 'tags' },
        network.dormant ? h('span', { class: 'tag is-warm', key: 'on' }, t('admin.networks.dormant')) : h('span', { class: 'tag is-ok', key: 'on' }, t('admin.networks.active')),
        network.hook === false && h('span', { class: 'tag is-bad', key: 'hook' }, t('admin.networks.hookOff'))) },
      { key: 'acts', title: t('table.acts'), acts: true, cell: (network) => this.#acts(network) },
    ];
  }

  /** @param {WholeNetwork} network */
  #acts(network) {
    const about = h('span', { class: 'visually-hidden' }, ` ${local(network.name)}`);
    return [
      h('button', { type: 'button', class: 'act-button', key: 'change', onclick: () => void this.#change(network) }, t('admin.networks.settings'), about),
      !network.dormant && h('button', { type: 'button', class: 'act-button', key: 'hook', onclick: () => void this.#switch(network) },
        network.hook === false ? t('admin.networks.switchOn') : t('admin.networks.switchOff'), about),
    ];
  }

  /** @param {WholeNetwork[]} networks */
  #modules(networks) {
    const missing = [...new Set(networks.map(({ type }) => type))].filter((id) => !this.#types.some((type) => type.id === id));
    return h('section', { key: 'modules' }, h('h2', { class: 'h5' }, t('admin.networks.modules')),
      h('dl', { class: 'fact-list' },
        this.#types.map((type) => h('div', { key: type.id }, h('dt', null, local(type.label), h('span', { class: 'cell-detail' }, type.id)),
          h('dd', null, h('span', { class: 'tag is-ok' }, t('admin.networks.enabled')), h('span', null, plural('admin.networks.count', networks.filter((network) => network.type === type.id).length)),
            h('span', { class: 'cell-detail' }, local(type.summary))))),
        missing.map((id) => h('div', { key: id }, h('dt', null, this.#typeName(id), h('span', { class: 'cell-detail' }, id)),
          h('dd', null, h('span', { class: 'tag is-warm' }, t('admin.networks.notEnabled')), h('span', null, plural('admin.networks.count', networks.filter((network) => network.type === id).length)),
            h('span', { class: 'cell-detail' }, t('admin.networks.notEnabledText')))))));
  }

  /** @param {string} id */
  #typeName(id) {
    return typeName(id, this.#types.find((type) => type.id === id));
  }

  async #create() {
    const done = await askForNetwork(this.#types);
    if (done) go(`/networks/${done.answer.id}/about`);
  }

  /** @param {WholeNetwork} network */
  async #change(network) {
    const type = this.#types.find(({ id }) => id === network.type);
    const nameOf = await organisationNames(type?.settings ?? [], network.settings ?? {}).catch(() => (/** @type {number} */ id) => `#${id}`);
    if (await changeNetwork({ network, type, whole: network, nameOf })) await this.#list.load();
  }

  /** @param {WholeNetwork} network */
  async #switch(network) {
    const on = network.hook === false;
    if (!on && !await confirm({ title: t('admin.networks.switchOffTitle', { name: local(network.name) }), text: t('admin.networks.switchOffText'), action: t('admin.networks.switchOff') })) return;
    try {
      await app.command('network.hook', { network: network.id, on });
      // The module first reads what it missed; only then the server says that it is on.
      network.hook = on;
      this.draw();
    } catch (error) {
      showError(error);
    }
  }
}

customElements.define('m-admin-networks', AdminNetworks);
