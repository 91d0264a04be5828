import { app } from '../shell/app.js';
import { Timeline } from '../messages/timeline.js';
import { emptyState } from './state.js';

/** @typedef {import('./state').State} State */

const DATABASE = 'metropoli-state';
const STORE = 'state';
const KEY = 'last';
const SETTLE_MS = 3000;
const MOST_TIMELINES = 40;
const MOST_MESSAGES = 50;

let timer = 0;
/** Signed out: nothing is kept until somebody has signed in. */
let forgotten = false;
let seq = 0;

/** The journal's place that what is shown goes up to. */
export function knownSeq() {
  return app.connection.cursor?.seq ?? seq;
}

/**
 * Keeps what was last read, and shows it again when there is no line to ask for more.
 * @param {boolean} signedIn else nobody may see what is left here
 */
export function startSavedState(signedIn) {
  if (!signedIn) void forgetSavedState();
  const { connection, community } = app;
  connection.on('snapshot', () => {
    forgotten = false;
  });
  connection.on('live', saveSoon);
  connection.on('update', saveSoon);
  community.subscribe('loaded', saveSoon);
  connection.on('state', (state) => {
    if (state === 'waiting' && !app.state.me) void restore();
  });
}

function saveSoon() {
  if (timer === 0) timer = window.setTimeout(() => void save(), SETTLE_MS);
}

async function save() {
  timer = 0;
  const { state, connection } = app;
  if (forgotten || !state.me || !connection.cursor) return;
  const timelines = [...state.timelines.values()].filter((timeline) => timeline.loaded && timeline.messages.length > 0).slice(-MOST_TIMELINES);
  const saved = {
    ...state, timelines: timelines.map(({ channel, thread, messages }) => ({ channel, thread, messages: messages.slice(-MOST_MESSAGES) })),
    seq: connection.cursor.seq,
  };
  await run('readwrite', (store) => store.put(saved, KEY)).catch(() => undefined);
}

/** Only while nothing newer is known. */
async function restore() {
  const saved = await run('readonly', (store) => store.get(KEY)).catch(() => undefined);
  if (!saved || app.state.me || app.connection.state === 'idle' || app.connection.state === 'signedOut') return;
  seq = saved.seq;
  const state = { ...emptyState(), ...saved, doubts: new Set(), timelines: new Map() };
  for (const { channel, thread, messages } of saved.timelines) {
    const timeline = new Timeline(channel, thread);
    timeline.merge({ messages, more: { before: true, after: false } }, 'latest');
    state.timelines.set(thread ? `${channel}/${thread}` : `${channel}`, timeline);
  }
  app.community.restore(/** @type {State} */ (state));
  void app.outbox.open(saved.me.id);
}

/** Signing out: nothing of it stays here. */
export async function forgetSavedState() {
  window.clearTimeout(timer);
  timer = 0;
  seq = 0;
  forgotten = true;
  await run('readwrite', (store) => store.clear()).catch(() => undefined);
}

/**
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} act
 * @returns {Promise<any>}
 */
async function run(mode, act) {
  const database = await new Promise((/** @type {(value: IDBDatabase) => void} */ resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}
