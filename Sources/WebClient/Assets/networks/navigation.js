import { h } from '../dom/h.js';
import { iconButton } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { place } from '../shell/router.js';
import { channelIcon, channelName, inOrder } from '../channels/names.js';
import { isMuted, tuneNetwork } from '../channels/tune.js';
import { unreadBadge } from '../channels/unread-badge.js';
import { networksByType } from './order.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Network} Network */
/** @typedef {import('../wire/protocol').Channel} Channel */

/** One's networks with their channels, direct conversations, and the networks one may join. */
export class Navigation extends View {
  topics() {
    return ['networks', 'channels', 'people', 'place', 'drafts'];
  }

  render() {
    const { joined, joinable } = networksByType(app.state.networks.values());
    const direct = [...app.state.channels.values()].filter((channel) => channel.kind === 'direct' && !channel.favourite);
    return h('nav', { class: 'navigation', 'aria-label': t('navigation.label') },
      h('ul', { class: 'navigation-top', key: 'top' }, h('li', { key: 'calendar' }, this.#link(
        '/events', place().screen === 'calendar', icon('it-calendar', 'icon-sm'), t('navigation.calendar'))),
      h('li', { key: 'solutions' }, this.#link('/solutions', place().screen === 'solutions', icon('it-box', 'icon-sm'), t('navigation.solutions')))),
      joined.length === 0 && h('p', { class: 'navigation-empty' }, t('navigation.empty')),
      this.#favourites(),
      joined.map((network) => this.#network(network)),
      direct.length > 0 && h('section', { class: 'navigation-network', key: 'direct' },
        h('h2', null, t('navigation.direct')),
        h('ul', null, direct.map((channel) => this.#channel(channel)))),
      joinable.length > 0 && h('section', { class: 'navigation-network', key: 'joinable' },
        h('h2', null, t('navigation.joinable')),
        h('ul', null, joinable.map((network) => h('li', { key: network.id }, this.#link(
          `/networks/${network.id}`, isAt('network', network.id), icon('it-plus-circle', 'icon-sm'), local(network.name)))))));
  }

  /** What one goes to most comes first, whatever its network. */
  #favourites() {
    const favourites = inOrder([...app.state.channels.values()].filter((channel) => channel.favourite && channel.member && !channel.archived));
    return favourites.length > 0 && h('section', { class: 'navigation-network', key: 'favourites' },
      h('h2', null, t('navigation.favourites')),
      h('ul', null, favourites.map((channel) => this.#channel(channel, true))));
  }

  /** @param {Network} network */
  #network(network) {
    const channels = inOrder([...app.state.channels.values()].filter((channel) => (
      channel.network === network.id && channel.member && channel.kind !== 'direct' && !channel.archived && !channel.favourite)));
    return h('section', { class: 'navigation-network', key: network.id },
      h('div', { class: 'navigation-head' }, h('h2', null, h('a', { href: `/networks/${network.id}`, 'aria-current': isAt('network', network.id) ? 'page' : null },
        local(network.name)), network.dormant && h('span', { class: 'tag' }, t('network.dormant'))),
        iconButton('it-settings', t('tune.title', { name: local(network.name) }), { class: 'icon-button network-tune', onclick: () => tuneNetwork(network) })),
      channels.length === 0
        ? h('p', { class: 'navigation-empty' }, h('a', { href: `/networks/${network.id}` }, t('navigation.noChannels')))
        : h('ul', null, channels.map((channel) => this.#channel(channel))));
  }

  /** @param {Channel} channel @param {boolean} [withNetwork] a favourite stands apart from its network */
  #channel(channel, withNetwork = false) {
    const muted = isMuted(channel);
    const network = withNetwork && channel.kind !== 'direct' && app.state.networks.get(channel.network);
    const name = [channelName(channel), network && h('span', { class: 'navigation-detail' }, local(network.name)),
      muted && h('span', { class: 'visually-hidden' }, `, ${t('tune.muted')}`)];
    // Whoever muted a channel wants no number there either.
    return h('li', { key: channel.id, class: muted ? 'is-muted' : channel.unread > 0 ? 'is-unread' : '' }, this.#link(
      `/channels/${channel.id}`, isAt('channel', channel.id), channelIcon(channel), name,
      [hasDraft(channel) && h('span', { class: 'navigation-draft', key: 'draft' }, icon('it-pencil', 'icon-xs'), h('span', { class: 'visually-hidden' }, ` (${t('navigation.draft')})`)),
        !muted && unreadBadge(channel)]));
  }

  /**
   * @param {string} href
   * @param {boolean} current
   * @param {import('../dom/h').VNode} picture
   * @param {import('../dom/h').Child} name
   * @param {import('../dom/h').Child} [badge]
   */
  #link(href, current, picture, name, badge) {
    return h('a', { class: 'navigation-link', href, 'aria-current': current ? 'page' : null },
      picture, h('span', { class: 'navigation-name' }, name), badge);
  }
}

/** @param {Channel} channel */
function hasDraft(channel) {
  return app.state.drafts.has(`${channel.id}/`) && !isAt('channel', channel.id);
}

/** @param {'network' | 'channel'} screen @param {number} id */
function isAt(screen, id) {
  const here = place();
  return here.screen === screen && (here.screen === 'network' ? here.network : here.screen === 'channel' ? here.channel : 0) === id;
}

customElements.define('m-navigation', Navigation);
