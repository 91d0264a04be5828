import { app } from '../shell/app.js';
import { heardShares } from '../channels/offers.js';

/** @typedef {import('../channels/offers').Share} Share */

/**
 * The shares of a network's own channels and those of other networks' channels with it.
 * A server that keeps no list of them is asked once; then what was heard counts, and the channels that came by a share.
 * @param {number} network
 * @returns {Promise<Share[]>}
 */
export async function sharesOf(network) {
  try {
    const { shares } = await app.query('channel.shares', { network });
    return shares.map((/** @type {any} */ { channel, name, network: home, with: other, accepted }) => ({
      channel: app.state.channels.get(channel) ?? { id: channel, name, network: home, slug: '', kind: 'open' }, with: other, accepted,
    }));
  } catch (/** @type {any} */ error) {
    if (error?.code !== 'not_found') throw error;
  }
  const { channels } = await app.query('channel.list', { network });
  const shares = new Map(heardShares(network).map((share) => [`${share.channel.id} ${share.with}`, share]));
  for (const channel of channels) {
    if (channel.network !== network) shares.set(`${channel.id} ${network}`, { channel, with: network, accepted: true });
  }
  return [...shares.values()];
}
