import { app } from '../shell/app.js';

/** @typedef {import('../wire/protocol').Channel} Channel */
/** @typedef {{ channel: Channel, with: number, accepted: boolean }} Share */

/**
 * What was heard of shares on this page, by channel and network; the lists of the server tell the rest.
 * @type {Map<string, Share>}
 */
const heard = new Map();

/** Listens for channels that are offered to networks that one runs. */
export function startOffers() {
  app.connection.on('update', ({ type, data }) => {
    const key = `${data?.id} ${data?.with}`;
    if (type === 'channel.shareProposed') heard.set(key, { channel: data, with: data.with, accepted: false });
    else if (type === 'channel.shared') heard.set(key, { channel: data, with: data.with, accepted: true });
    else if (type === 'channel.unshared') heard.delete(key);
    else return;
    app.community.touch('channels');
  });
}

/**
 * The shares of a network's channels, and of other networks' channels with it, as far as this page has heard of them.
 * @param {number} network
 * @returns {Share[]}
 */
export function heardShares(network) {
  return [...heard.values()].filter((share) => share.with === network || share.channel.network === network);
}
