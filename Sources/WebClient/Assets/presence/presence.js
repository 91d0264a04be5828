import { app } from '../shell/app.js';

/** @type {Map<number, string>} */
const presence = new Map();
/**
 * Per channel: who types, and until when.
 * @type {Map<number, Map<number, number>>}
 */
const typing = new Map();

const TYPING_MS = 6000;
const SAY_AGAIN_MS = 3000;
let saidAt = 0;

/** @param {number} person */
export function isOnline(person) {
  return presence.get(person) === 'online';
}

/** @param {number} channel @returns {number[]} */
export function whoTypes(channel) {
  const now = Date.now();
  return [...(typing.get(channel) ?? [])].filter(([, until]) => until > now).map(([person]) => person);
}

/**
 * The person is writing; told at most every few seconds.
 * @param {number} channel
 */
export function sayTyping(channel) {
  if (Date.now() - saidAt < SAY_AGAIN_MS) return;
  saidAt = Date.now();
  app.connection.signal('typing', { channel });
}

export function startPresence() {
  app.connection.on('signal', ({ signal, with: body }) => {
    if (signal === 'typing') heardTyping(body.channel, body.by);
    if (signal === 'presence') heardPresence(body.person, body.state);
  });
  app.connection.on('update', ({ type, data, by }) => {
    if (type === 'message.posted' && by !== undefined && typing.get(data.channel)?.delete(by)) {
      app.community.touch(`typing/${data.channel}`);
    }
  });
  app.connection.on('live', () => {
    sayPresence();
    void askPresence();
  });
  app.connection.on('state', (state) => {
    if (state !== 'waiting') return;
    // Without a line nobody's presence is known.
    presence.clear();
    typing.clear();
    app.community.touch('presence');
  });
  document.addEventListener('visibilitychange', sayPresence);
}

/** Signals tell changes; who was there before is asked once per connection. */
async function askPresence() {
  const joined = [...app.state.networks.values()].filter((network) => network.role);
  try {
    for (const { id } of joined) {
      const { people } = await app.query('presence.list', { network: id });
      for (const { person, state } of people) presence.set(person, state);
    }
    app.community.touch('presence');
  } catch {
    // Nobody is shown as present until they are heard of.
  }
}

function sayPresence() {
  if (app.me === undefined) return;
  app.connection.signal('presence', { person: app.me, state: document.visibilityState === 'visible' ? 'online' : 'away' });
}

/** @param {number} person @param {string} state */
function heardPresence(person, state) {
  if (presence.get(person) === state) return;
  presence.set(person, state);
  app.community.touch('presence');
}

/**
 * Clocks differ: how long it lasts is counted from when it was heard.
 * @param {number} channel
 * @param {number} person
 */
function heardTyping(channel, person) {
  if (person === app.me) return;
  const here = typing.get(channel) ?? new Map();
  typing.set(channel, here);
  here.set(person, Date.now() + TYPING_MS);
  app.community.touch(`typing/${channel}`);
  window.setTimeout(() => app.community.touch(`typing/${channel}`), TYPING_MS + 50);
}
