import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { cardText } from '../dom/controls.js';
import { fullTime } from '../dom/time.js';
import { app } from '../shell/app.js';
import { channelIcon, channelKind, channelName, inOrder } from '../channels/names.js';
import { unreadBadge } from '../channels/unread-badge.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Channel} Channel */

/**
 * What happened in a network since one was last there: what is unread, and the channels made since.
 * @param {number} network
 * @param {import('./visits').Visit | undefined} last
 */
export function networkNews(network, last) {
  const channels = [...app.state.channels.values()].filter((channel) => channel.network === network && channel.kind !== 'direct' && !channel.archived);
  const unread = inOrder(channels.filter((channel) => channel.member && channel.unread > 0)).sort((a, b) => Number(b.mentions > 0) - Number(a.mentions > 0));
  // An id is the place in the journal of what it names.
  const fresh = inOrder(channels.filter((channel) => last !== undefined && channel.id > last.seq && !unread.includes(channel)));
  const total = unread.reduce((sum, channel) => sum + channel.unread, 0);
  const mentions = unread.reduce((sum, channel) => sum + channel.mentions, 0);
  return h('section', { key: 'news', class: 'network-news' },
    h('h2', { class: 'h5' }, t('network.news')),
    h('p', { class: 'home-summary' }, [
      total === 0 ? t('network.noNews') : plural('unread.messages', total),
      mentions > 0 && plural('unread.mentions', mentions),
      last && t('network.lastVisit', { at: fullTime(last.at) }),
    ].filter(Boolean).join(' · ')),
    (unread.length > 0 || fresh.length > 0) && h('ul', { class: 'card-list' },
      [...unread, ...fresh].map((channel) => h('li', { key: channel.id }, h('a', { class: 'card-link', href: `/channels/${channel.id}` },
        channelIcon(channel), cardText(channelName(channel), channelKind(channel)),
        fresh.includes(channel) ? h('span', { class: 'tag' }, t('network.newChannel')) : unreadBadge(channel),
        icon('it-chevron-right', 'icon-sm'))))));
}
