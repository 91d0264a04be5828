import { Community } from '../store/community.js';
import { Connection } from '../wire/connection.js';
import { IndexedDBOutbox } from '../wire/outbox-storage.js';
import { Outbox } from '../wire/outbox.js';
import { newNonce } from '../wire/nonces.js';
import { slices } from '../store/slices.js';

const DEVICE = 'metropoli.device';

/** One id per tab: a duplicated tab copies sessionStorage, and then rightly replaces its twin. */
function deviceOfThisTab() {
  const device = sessionStorage.getItem(DEVICE) ?? newNonce();
  sessionStorage.setItem(DEVICE, device);
  return device;
}

function openSocket() {
  const address = new URL('/ws', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return /** @type {import('../wire/connection').Socket} */ (
    /** @type {unknown} */ (new WebSocket(address, 'metropoli.v1')));
}

const community = new Community(slices);
const connection = new Connection({
  openSocket,
  setTimer: (act, ms) => window.setTimeout(act, ms),
  clearTimer: (timer) => window.clearTimeout(timer),
  now: () => Date.now(),
  random: Math.random,
}, { device: deviceOfThisTab(), client: 'web/1.0' });
const outbox = new Outbox(new IndexedDBOutbox(), (command, body, nonce) => connection.request(command, body, nonce));

/** The parts that live as long as the page. */
export const app = {
  community,
  connection,
  outbox,

  get state() {
    return community.state;
  },

  get me() {
    return community.state.me?.id;
  },

  /** @param {string} name @param {object} [body] @returns {Promise<any>} */
  query(name, body) {
    return connection.request(name, body);
  },

  /** @param {string} name @param {object} body @returns {Promise<any>} */
  command(name, body) {
    return connection.request(name, body, newNonce());
  },
};
