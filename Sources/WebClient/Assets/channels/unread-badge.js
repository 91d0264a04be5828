import { h } from '../dom/h.js';
import { plural } from '../i18n/i18n.js';

/**
 * Unread messages as a number, mentions in a stronger colour; both said in words too.
 * @param {import('../wire/protocol').Channel} channel
 */
export function unreadBadge(channel) {
  if (!channel.member || channel.unread === 0) return null;
  const shown = channel.unread > 99 ? '99+' : String(channel.unread);
  const words = plural('unread.messages', channel.unread) + (channel.mentions > 0 ? `, ${plural('unread.mentions', channel.mentions)}` : '');
  return h('span', { class: `unread-badge${channel.mentions > 0 ? ' has-mentions' : ''}` },
    h('span', { 'aria-hidden': 'true' }, channel.mentions > 0 ? `@ ${shown}` : shown),
    h('span', { class: 'visually-hidden' }, ` (${words})`));
}
