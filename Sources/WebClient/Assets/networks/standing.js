import { app } from '../shell/app.js';

/** Whether one administers the community. */
export function isAdministrator() {
  return (app.state.me?.roles ?? []).includes('admin');
}

/** Whether one looks after what people report. */
export function isModerator() {
  return (app.state.me?.roles ?? []).some((role) => role === 'admin' || role === 'moderator');
}

/**
 * Whether one runs a network: its facilitators, and administrators.
 * @param {import('../wire/protocol').Network} network
 */
export function runsNetwork(network) {
  return network.role === 'facilitator' || isAdministrator();
}
