import { app } from '../shell/app.js';

/** @typedef {import('../wire/protocol').Channel} Channel */

// The channels that network types make at birth; further open channels are each person's choice.
const DEFAULT_OPEN = new Set(['generale', 'general', 'soluzioni', 'webinar', 'incontri']);

/**
 * Joins a network and the channels everybody should be in, so that nobody misses an announcement.
 * @param {number} network
 */
export async function joinNetwork(network) {
  await app.command('network.join', { network });
  const { channels } = await app.query('channel.list', { network });
  for (const channel of /** @type {Channel[]} */ (channels)) {
    app.state.channels.set(channel.id, channel);
    if (!channel.member && isDefault(channel)) await joinChannel(channel);
  }
  app.community.touch('channels');
}

/**
 * Whoever joins starts at today's end: what was written before can be read, but is not news.
 * @param {Channel} channel
 */
export async function joinChannel(channel) {
  await app.command('channel.join', { channel: channel.id });
  const upTo = app.connection.cursor?.seq;
  // The server takes at most the channel's last message.
  if (upTo) await app.command('channel.mark', { channel: channel.id, upTo });
}

/** @param {Channel} channel */
function isDefault(channel) {
  return channel.kind === 'announcement' || (channel.kind === 'open' && DEFAULT_OPEN.has(channel.slug));
}
