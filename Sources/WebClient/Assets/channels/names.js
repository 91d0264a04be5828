import { icon } from '../dom/icon.js';
import { app } from '../shell/app.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Channel} Channel */

/** @param {Channel} channel */
export function channelName(channel) {
  const given = local(channel.names ?? channel.name);
  if (channel.kind !== 'direct') return given || channel.slug;
  const others = (channel.people ?? []).filter(({ id }) => id !== app.me).map(({ name }) => name);
  return others.length > 0 ? others.join(', ') : given || t('channel.direct');
}

/** @type {Record<string, { text: string }>} */
const KINDS = {
  open: { text: 'channel.kind.open' },
  private: { text: 'channel.kind.private' },
  announcement: { text: 'channel.kind.announcement' },
  direct: { text: 'channel.kind.direct' },
};

/** @param {Channel} channel */
export function channelKind(channel) {
  return t((KINDS[channel.kind] ?? KINDS.open).text);
}

/** @param {Channel} channel @param {string} [classes] */
export function channelIcon(channel, classes = 'icon-sm') {
  switch (channel.kind) {
    case 'announcement': return icon('it-horn', classes);
    case 'private': return icon('it-lock', classes);
    case 'direct': return icon('it-user', classes);
    default: return icon('it-comment', classes);
  }
}

/** @param {Channel} channel whether one writes here as a facilitator of its network */
export function isFacilitator(channel) {
  const roles = app.state.me?.roles ?? [];
  return app.state.networks.get(channel.network)?.role === 'facilitator' || roles.includes('admin');
}

/**
 * In an announcement channel only facilitators write, in its threads too.
 * @param {Channel} channel
 */
export function mayWrite(channel) {
  return channel.member && !channel.archived && (channel.kind !== 'announcement' || isFacilitator(channel))
    && !app.state.networks.get(channel.network)?.dormant;
}

/** @param {Iterable<Channel>} channels Announcements first, then by name. */
export function inOrder(channels) {
  const rank = (/** @type {Channel} */ channel) => (channel.kind === 'announcement' ? 0 : channel.kind === 'open' ? 1 : 2);
  return [...channels].sort((a, b) => rank(a) - rank(b) || channelName(a).localeCompare(channelName(b), 'it'));
}
