import { h } from '../dom/h.js';
import { cardText } from '../dom/controls.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { go } from '../shell/router.js';
import { showError } from '../shell/notices.js';
import { confirm } from '../dom/confirm.js';
import { channelIcon, channelKind, channelName, inOrder } from '../channels/names.js';
import { unreadBadge } from '../channels/unread-badge.js';
import { joinChannel, joinNetwork } from './join.js';
import { networkNews } from './network-news.js';
import { networkHeading, networkNotFound } from './tabs.js';
import { visit } from './visits.js';
import { local, plural, t } from '../i18n/i18n.js';
import '../documents/recent.js';
import '../events/coming.js';
import '../minutes/network-work.js';
import './network-people.js';
import './network-pins.js';

/** @typedef {import('../wire/protocol').Network} Network */
/** @typedef {import('../wire/protocol').Channel} Channel */

/** A network's own page: what is new, what is pinned, its channels, those one may still join, and its people. */
export class NetworkHome extends View {
  /** What is being done, so that it is not done twice. */
  #busy = '';
  /** @type {import('./visits').Visit | undefined} */ #last;
  /** @type {{ members: number, facilitators: { id: number, name: string }[] } | undefined} */ #facts;

  topics() {
    return ['networks', 'channels'];
  }

  connected() {
    const network = this.number('network') ?? 0;
    this.#last = visit(network);
    app.query('network.get', { network }).then((facts) => {
      this.#facts = facts;
      this.invalidate();
    }, () => undefined);
  }

  render() {
    const network = app.state.networks.get(this.number('network') ?? 0);
    if (!network) return networkNotFound();
    return h('div', { class: 'screen-text' },
      networkHeading(network, 'home'),
      this.#facts && h('p', { class: 'network-facts', key: 'facts' }, [
        plural('network.members', this.#facts.members),
        this.#facts.facilitators.length > 0 && t('network.facilitatedBy', { names: this.#facts.facilitators.map(({ name }) => name).join(', ') }),
      ].filter(Boolean).join(' · ')),
      network.role ? this.#inside(network) : this.#outside(network));
  }

  /** @param {Network} network */
  #outside(network) {
    const join = () => this.#do('join', () => joinNetwork(network.id));
    return h('div', { class: 'join-panel', key: 'join' },
      h('p', null, t('network.joinText')),
      h('button', { type: 'button', class: 'btn btn-primary', disabled: this.#busy !== '' || network.dormant === true, onclick: join },
        this.#busy === 'join' ? t('network.joining') : t('network.join')));
  }

  /** @param {Network} network */
  #inside(network) {
    const channels = inOrder([...app.state.channels.values()].filter((channel) => channel.network === network.id && channel.kind !== 'direct'));
    const mine = channels.filter((channel) => channel.member);
    const read = mine.filter((channel) => channel.unread === 0);
    const others = channels.filter((channel) => !channel.member && channel.kind !== 'private' && !channel.archived);
    return [
      networkNews(network.id, this.#last),
      section('events', t('coming.title'), h('m-coming-events', { network: network.id })),
      section('documents', t('recentDocuments.title'), h('m-recent-documents', { network: network.id })),
      section('work', t('work.title'), h('m-network-work', { network: network.id })),
      section('pins', t('network.pins'), h('m-network-pins', { network: network.id })),
      others.length > 0 && section('others', t('network.moreChannels'),
        h('ul', { class: 'card-list' }, others.map((channel) => h('li', { key: channel.id }, channelLink(channel), this.#joinButton(channel))))),
      (read.length > 0 || mine.length === 0) && section('mine', read.length < mine.length ? t('network.otherChannels') : t('network.channels'), mine.length === 0
        ? h('p', { class: 'state-text' }, t('network.noChannels'))
        : h('ul', { class: 'card-list' }, read.map((channel) => h('li', { key: channel.id }, channelLink(channel))))),
      section('people', t('network.people'), h('m-network-people', { network: network.id })),
      h('div', { key: 'leave', class: 'leave-section' },
        h('button', {
          type: 'button', class: 'btn btn-outline-secondary btn-xs', disabled: this.#busy !== '', onclick: () => this.#leave(network),
        }, t('network.leave'))),
    ];
  }

  /** @param {Channel} channel */
  #joinButton(channel) {
    return h('button', {
      type: 'button', class: 'btn btn-outline-primary btn-xs', disabled: this.#busy !== '',
      onclick: () => this.#do(`channel ${channel.id}`, () => joinChannel(channel)),
    }, t('channel.join'), h('span', { class: 'visually-hidden' }, ` ${channelName(channel)}`));
  }

  /** @param {Network} network */
  async #leave(network) {
    const title = t('network.leaveTitle', { name: local(network.name) });
    if (!await confirm({ title, text: t('network.leaveText'), action: t('network.leave') })) return;
    await this.#do('leave', async () => {
      await app.command('network.leave', { network: network.id });
      go('/');
    });
  }

  /** @param {string} what @param {() => Promise<unknown>} act */
  async #do(what, act) {
    this.#busy = what;
    this.invalidate();
    await act().catch(showError);
    this.#busy = '';
    this.invalidate();
  }
}

/** @param {string} key @param {string} title @param {import('../dom/h').Child} content */
function section(key, title, content) {
  return h('section', { key }, h('h2', { class: 'h5' }, title), content);
}

/** @param {Channel} channel */
function channelLink(channel) {
  return h('a', { class: 'card-link', href: `/channels/${channel.id}` }, channelIcon(channel),
    cardText(channelName(channel), channelKind(channel)), unreadBadge(channel));
}

customElements.define('m-network-home', NetworkHome);
