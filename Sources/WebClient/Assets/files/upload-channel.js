import { app } from '../shell/app.js';

/**
 * A file goes through a channel of the network that one takes part in and may write in; nothing where there is none.
 * @param {number | undefined} network
 */
export function uploadChannel(network) {
  return [...app.state.channels.values()].find((one) => one.network === network && one.kind === 'open' && one.member && !one.archived);
}
