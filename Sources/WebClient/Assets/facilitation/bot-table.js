import { h } from '../dom/h.js';
import { confirm } from '../dom/confirm.js';
import { askForm } from '../dom/form-dialog.js';
import { Listing } from '../dom/listing.js';
import { showSecret } from '../dom/secret-dialog.js';
import { dataTable } from '../dom/table.js';
import { shortDate } from '../dom/time.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { channelName, inOrder } from '../channels/names.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {{ network?: number, organisation?: number }} Owner */
/** @typedef {{ id: number, name: string, owner: Owner, scopes: string[], at: string, lastUse?: string, expires?: string, revoked?: string }} Bot */
/** @typedef {import('../wire/protocol').Channel} Channel */

/** Bots: made with their token shown once, listed with what they may do, revoked for ever. */
export class BotTable {
  /** @type {Listing<Bot>} */ #bots;
  /** @type {Map<number, Channel>} */ #channels = new Map();
  /** @type {(owner: Owner) => string} */ #ownerName;

  /**
   * @param {() => void} draw
   * @param {() => { network?: number }} filter
   * @param {(owner: Owner) => string} [ownerName] shown where bots of several owners are listed
   */
  constructor(draw, filter, ownerName) {
    this.#ownerName = ownerName ?? (() => '');
    this.withOwner = ownerName !== undefined;
    this.#bots = new Listing(draw, async () => {
      const [{ bots }, { channels }] = await Promise.all([app.query('bot.list', filter()), app.query('channel.list', filter())]);
      this.#channels = new Map(channels.map((/** @type {Channel} */ channel) => [channel.id, channel]));
      return { rows: bots.sort((/** @type {Bot} */ a, /** @type {Bot} */ b) => Number(Boolean(a.revoked)) - Number(Boolean(b.revoked)) || b.id - a.id) };
    });
  }

  load = () => this.#bots.load();

  render() {
    return this.#bots.render({
      empty: t('facilitation.bots.none'),
      show: (rows) => dataTable({ caption: t('facilitation.bots.caption'), rows, id: ({ id }) => id, columns: this.#columns() }),
    });
  }

  /** @returns {import('../dom/table').Column<Bot>[]} */
  #columns() {
    return [
      { key: 'name', title: t('facilitation.bots.name'), names: true, cell: (bot) => bot.name },
      ...(this.withOwner ? [{ key: 'owner', title: t('facilitation.bots.owner'), cell: (/** @type {Bot} */ bot) => this.#ownerName(bot.owner) }] : []),
      { key: 'scopes', title: t('facilitation.bots.scopes'), cell: (bot) => h('ul', { class: 'plain-list' }, bot.scopes.map((scope) => h('li', { key: scope }, this.#scopeText(scope)))) },
      { key: 'used', title: t('facilitation.bots.used'), cell: (bot) => bot.lastUse ? shortDate(bot.lastUse) : t('facilitation.bots.never') },
      { key: 'state', title: t('facilitation.bots.state'), cell: botState },
      { key: 'acts', title: t('table.acts'), acts: true, cell: (bot) => !bot.revoked && h('button', { type: 'button', class: 'act-button is-danger', onclick: () => void this.#revoke(bot) },
        t('facilitation.bots.revoke'), h('span', { class: 'visually-hidden' }, ` ${bot.name}`)) },
    ];
  }

  /** @param {string} scope such as `post:channel/12` */
  #scopeText(scope) {
    const [, act, kind, id] = /^(\w+):(\w+)\/(\d+)$/.exec(scope) ?? [];
    const channel = this.#channels.get(Number(id));
    const network = app.state.networks.get(Number(id));
    const name = kind === 'channel' ? channel && channelName(channel) : network && local(network.name);
    if (!name) return scope;
    if (act === 'announce') return t('facilitation.scope.announce', { name });
    if (act === 'post') return t('facilitation.scope.post', { name });
    return kind === 'network' ? t('facilitation.scope.readNetwork', { name }) : t('facilitation.scope.read', { name });
  }

  /** @param {Owner & { network: number }} owner */
  async create(owner) {
    const { channels } = await app.query('channel.list', { network: owner.network }).catch(() => ({ channels: [] }));
    const own = inOrder(channels.filter((/** @type {Channel} */ channel) => channel.network === owner.network && !channel.archived));
    const done = await askForm({
      title: t('facilitation.bots.create'),
      text: h('p', null, t('facilitation.bots.createText')),
      fields: [
        { name: 'name', label: t('facilitation.bots.name'), required: true, maxBytes: 100, hint: t('facilitation.bots.nameHint') },
        { name: 'scopes', label: t('facilitation.bots.scopes'), kind: 'checks', required: true, hint: t('facilitation.bots.scopesHint'), options: [
          { value: `announce:network/${owner.network}`, label: t('facilitation.bots.announce') },
          { value: `read:network/${owner.network}`, label: t('facilitation.bots.readAll') },
          ...own.flatMap((channel) => [
            { value: `post:channel/${channel.id}`, label: t('facilitation.scope.post', { name: channelName(channel) }) },
            { value: `read:channel/${channel.id}`, label: t('facilitation.scope.read', { name: channelName(channel) }) },
          ]),
        ] },
        { name: 'expires', label: t('facilitation.bots.expires'), kind: 'date', hint: t('facilitation.bots.expiresHint') },
      ],
      action: t('facilitation.bots.createAction'),
      submit: ({ name, scopes, expires }) => app.command('bot.create', {
        owner, name: name.trim(), scopes, ...(expires ? { expires: `${expires}T23:59:59.000Z` } : {}),
      }),
    });
    if (!done) return;
    void this.load();
    if (done.answer.token) {
      await showSecret({ title: t('facilitation.bots.tokenTitle'), text: t('facilitation.bots.tokenText'), label: t('facilitation.bots.token'), secret: done.answer.token });
    }
  }

  /** @param {Bot} bot */
  async #revoke(bot) {
    if (!await confirm({ title: t('facilitation.bots.revokeTitle', { name: bot.name }), text: t('facilitation.bots.revokeText'), action: t('facilitation.bots.revoke') })) return;
    await app.command('bot.revoke', { bot: bot.id }).catch(showError);
    await this.load();
  }
}

/** @param {Bot} bot */
function botState({ revoked, expires }) {
  if (revoked) return h('span', { class: 'tag is-bad' }, t('facilitation.bots.revoked', { at: shortDate(revoked) }));
  if (expires && Date.parse(expires) < Date.now()) return h('span', { class: 'tag is-bad' }, t('facilitation.bots.expired', { at: shortDate(expires) }));
  return [h('span', { class: 'tag is-ok', key: 'on' }, t('facilitation.bots.active')), expires && h('span', { class: 'cell-detail', key: 'till' }, t('facilitation.bots.until', { at: shortDate(expires) }))];
}
