import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { confirm } from '../dom/confirm.js';
import { dataTable } from '../dom/table.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { channelKind, channelName, inOrder } from '../channels/names.js';
import { askForChange, askForChannel, askForShare } from './channel-forms.js';
import { NetworkPage } from './network-page.js';
import { sharesOf } from './shares.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Network} Network */
/** @typedef {import('../wire/protocol').Channel} Channel */
/** @typedef {import('../channels/offers').Share} Share */

const CHANGES = /^channel\.(created|changed|archived|share)|^channel\.unshared/;

/** A network's channels for who runs it: made, changed, archived, shared with other networks and taken from them. */
export class NetworkChannels extends NetworkPage {
  /** @type {Channel[] | undefined} */ #channels;
  /** @type {Share[]} */ #shares = [];
  /** @type {unknown} */ #error;

  /** @returns {import('../networks/tabs').Part} */
  get page() {
    return 'channels';
  }

  get forRunners() {
    return true;
  }

  connected() {
    void this.#load();
    this.until(app.connection.on('update', ({ type }) => {
      if (CHANGES.test(type)) void this.#load();
    }));
  }

  #load = async () => {
    const network = this.number('network') ?? 0;
    this.#error = undefined;
    try {
      const [{ channels }, shares] = await Promise.all([app.query('channel.list', { network }), sharesOf(network)]);
      this.#channels = channels;
      this.#shares = shares;
    } catch (error) {
      this.#error = error;
    }
    this.invalidate();
  };

  /** @param {Network} network */
  content(network) {
    if (this.#error) return h('div', { key: 'failed', role: 'alert' }, failure(errorText(this.#error), () => void this.#load()));
    if (!this.#channels) return h('p', { class: 'state-text', role: 'status', key: 'loading' }, t('list.loading'));
    const own = this.#channels.filter((channel) => channel.network === network.id);
    const offered = this.#shares.filter((share) => share.with === network.id && !share.accepted);
    const taken = this.#shares.filter((share) => share.with === network.id && share.accepted);
    return [
      offered.length > 0 && h('section', { key: 'offered' }, h('h2', { class: 'h5' }, t('facilitation.shares.offered')),
        h('ul', { class: 'offer-list' }, offered.map((share) => this.#offer(network, share)))),
      h('section', { key: 'own' },
        h('div', { class: 'section-head' }, h('h2', { class: 'h5' }, t('facilitation.channels.own')),
          !network.dormant && h('button', { type: 'button', class: 'btn btn-primary btn-sm', onclick: () => void this.#create(network) }, t('facilitation.channels.create'))),
        own.length === 0 ? h('p', { class: 'state-text' }, t('facilitation.channels.none'))
          : dataTable({ caption: t('facilitation.channels.own'), rows: inOrder(own).sort((a, b) => Number(a.archived ?? false) - Number(b.archived ?? false)), id: ({ id }) => id, columns: this.#columns(network) })),
      h('section', { key: 'taken' }, h('h2', { class: 'h5' }, t('facilitation.shares.taken')),
        taken.length === 0 ? h('p', { class: 'state-text' }, t('facilitation.shares.noneTaken'))
          : h('ul', { class: 'offer-list is-taken' }, taken.map((share) => h('li', { key: share.channel.id },
            h('p', null, h('strong', null, channelName(share.channel)), ' ', t('facilitation.shares.from', { network: nameOf(share.channel.network) })),
            this.#revokeButton(share, t('facilitation.shares.stop')))))),
    ];
  }

  /** @param {Network} network @returns {import('../dom/table').Column<Channel>[]} */
  #columns(network) {
    return [
      { key: 'name', title: t('facilitation.channels.name'), names: true, cell: (channel) => [
        channel.archived ? channelName(channel) : h('a', { href: `/channels/${channel.id}` }, channelName(channel)), h('span', { class: 'cell-detail' }, channel.slug)] },
      { key: 'kind', title: t('facilitation.channels.kind'), cell: (channel) => [channelKind(channel), channel.archived && h('span', { class: 'tag' }, t('facilitation.channels.archived'))].map((part, index) => (
        part && h('span', { key: index, class: 'cell-part' }, part))) },
      { key: 'history', title: t('facilitation.channels.history'), cell: ({ history }) => history === 'from_joining' ? t('facilitation.history.fromJoining') : t('facilitation.history.shared') },
      { key: 'shares', title: t('facilitation.shares.with'), cell: (channel) => this.#sharesOf(channel) },
      { key: 'acts', title: t('table.acts'), acts: true, cell: (channel) => !channel.archived && !network.dormant && this.#acts(network, channel) },
    ];
  }

  /** @param {Channel} channel */
  #sharesOf(channel) {
    const shares = this.#shares.filter((share) => share.channel.id === channel.id);
    if (shares.length === 0) return '–';
    return shares.map((share) => h('span', { class: 'share-line', key: share.with }, nameOf(share.with), ' ',
      !share.accepted && h('span', { class: 'tag is-warm' }, t('facilitation.shares.waiting')), ' ', this.#revokeButton(share, t('facilitation.shares.revoke'))));
  }

  /** @param {Network} network @param {Channel} channel */
  #acts(network, channel) {
    const about = h('span', { class: 'visually-hidden' }, ` ${channelName(channel)}`);
    return [
      h('button', { type: 'button', key: 'change', class: 'act-button', onclick: () => void askForChange(channel).then(this.#load) }, t('facilitation.change'), about),
      channel.kind !== 'private' && h('button', { type: 'button', key: 'share', class: 'act-button', onclick: () => void this.#share(network, channel) }, t('facilitation.shares.share'), about),
      h('button', { type: 'button', key: 'archive', class: 'act-button is-danger', disabled: this.busy !== '', onclick: () => void this.#archive(channel) }, t('facilitation.channels.archive'), about),
    ];
  }

  /** @param {Network} network @param {Share} share */
  #offer(network, share) {
    const name = channelName(share.channel);
    return h('li', { key: share.channel.id },
      h('p', null, h('strong', null, name), ' ', t('facilitation.shares.from', { network: nameOf(share.channel.network) })),
      h('span', { class: 'offer-acts' },
        h('button', {
          type: 'button', class: 'btn btn-primary btn-xs', disabled: this.busy !== '',
          onclick: () => this.do('accept', async () => {
            await app.command('channel.acceptShare', { channel: share.channel.id, network: network.id });
            await this.#load();
          }),
        }, t('facilitation.shares.accept'), h('span', { class: 'visually-hidden' }, ` ${name}`)),
        h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', disabled: this.busy !== '', onclick: () => this.#end(share) }, t('facilitation.shares.refuse'),
          h('span', { class: 'visually-hidden' }, ` ${name}`))));
  }

  /** @param {Share} share @param {string} label */
  #revokeButton(share, label) {
    return h('button', {
      type: 'button', class: 'act-button is-danger', disabled: this.busy !== '',
      onclick: async () => {
        const names = { channel: channelName(share.channel), network: nameOf(share.with) };
        if (share.accepted && !await confirm({ title: t('facilitation.shares.revokeTitle', names), text: t('facilitation.shares.revokeText'), action: label })) return;
        await this.#end(share);
      },
    }, label, h('span', { class: 'visually-hidden' }, ` ${channelName(share.channel)}: ${nameOf(share.with)}`));
  }

  /** @param {Share} share */
  #end(share) {
    return this.do('revoke', async () => {
      await app.command('channel.revokeShare', { channel: share.channel.id, network: share.with });
      this.#shares = this.#shares.filter((one) => one !== share);
      await this.#load();
    });
  }

  /** @param {Network} network */
  async #create(network) {
    if (await askForChannel(network)) await this.#load();
  }

  /** @param {Network} network @param {Channel} channel */
  async #share(network, channel) {
    const already = this.#shares.filter((share) => share.channel.id === channel.id).map((share) => share.with);
    const done = await askForShare(network, channel, already);
    // The other side's desk hears of it; this side keeps what it has just done.
    if (done && !this.#shares.some((share) => share.channel.id === channel.id && share.with === done.answer)) {
      this.#shares = [...this.#shares, { channel, with: done.answer, accepted: false }];
    }
    this.invalidate();
  }

  /** @param {Channel} channel */
  async #archive(channel) {
    if (!await confirm({ title: t('facilitation.channels.archiveTitle', { name: channelName(channel) }), text: t('facilitation.channels.archiveText'), action: t('facilitation.channels.archive') })) return;
    await this.do(`archive ${channel.id}`, async () => {
      await app.command('channel.archive', { channel: channel.id });
      await this.#load();
    });
  }
}

/** @param {number} network */
function nameOf(network) {
  const known = app.state.networks.get(network);
  return known ? local(known.name) : t('facilitation.shares.otherNetwork');
}

customElements.define('m-network-channels', NetworkChannels);
