import { app } from '../shell/app.js';
import { toShown, toWire } from './wire-text.js';
import { utf8Length } from '../wire/codec.js';

/**
 * What is being written in a channel or thread. The server keeps it for one's other devices; without a line this
 * browser does, until it can be told.
 * @typedef {object} Draft
 * @property {string} text as it is shown: a mention reads `@Anna Bianchi`
 * @property {Map<string, string>} names what a shown mention is on the wire
 * @property {number} [quotes] the message that is quoted
 * @property {boolean} dirty changed since the server was told
 * @property {number} timer
 * @property {string[]} told what the server was told and has not confirmed by an update: until then it is behind
 */

const KEY = 'metropoli.drafts';
const SETTLE_MS = 1200;
const LATEST_ECHO_MS = 5000;
const MOST_BYTES = 16_384;

/** @type {Map<string, Draft>} */
const writing = new Map();

/** @param {number} channel @param {number} [thread] */
export function draftKey(channel, thread) {
  return `${channel}/${thread ?? ''}`;
}

/** @param {number} channel @param {number} [thread] @returns {Draft} */
export function draftOf(channel, thread) {
  const key = draftKey(channel, thread);
  const draft = writing.get(key) ?? { ...toShown(app.state.drafts.get(key) ?? ''), dirty: false, timer: 0, told: [] };
  writing.set(key, draft);
  return draft;
}

/**
 * The person writes: kept once they pause.
 * @param {number} channel
 * @param {number} [thread]
 */
export function keepDraft(channel, thread) {
  const draft = draftOf(channel, thread);
  draft.dirty = true;
  if (draft.timer === 0) draft.timer = window.setTimeout(() => void save(draftKey(channel, thread)), SETTLE_MS);
}

/**
 * It was sent: there is nothing to keep.
 * @param {number} channel
 * @param {number} [thread]
 */
export function dropDraft(channel, thread) {
  const key = draftKey(channel, thread);
  const draft = draftOf(channel, thread);
  window.clearTimeout(draft.timer);
  const wasKept = (app.state.drafts.get(key) ?? '') !== '' || draft.told.length > 0;
  Object.assign(draft, { text: '', names: new Map(), quotes: undefined, dirty: wasKept, timer: 0 });
  if (wasKept) void save(key);
  else storeHere();
}

/**
 * @param {number} message
 * @param {number} channel
 * @param {number} [thread]
 */
export function quoteInDraft(message, channel, thread) {
  draftOf(channel, thread).quotes = message;
  app.community.touch(`draft/${draftKey(channel, thread)}`);
}

/** @param {string} key */
async function save(key) {
  const draft = writing.get(key);
  if (!draft) return;
  draft.timer = 0;
  const text = toWire(draft.text, draft.names);
  storeHere();
  if (!app.connection.isOpen || utf8Length(text) > MOST_BYTES) return;
  const [channel, thread] = key.split('/').map(Number);
  draft.dirty = false;
  draft.told.push(text);
  try {
    await app.command('draft.save', { channel, ...(thread ? { thread } : {}), text });
    // Of what changed nothing no update comes.
    window.setTimeout(() => heard(key, draft, text), LATEST_ECHO_MS);
  } catch {
    // Kept here, and told with the next change or the next connection.
    draft.dirty = text !== '';
    heard(key, draft, text);
  }
  storeHere();
}

/**
 * The server's state is known up to what it was told here: once it knows all, what another device wrote since is shown.
 * What is being written here, or on its way, is newer than what was written elsewhere.
 * @param {string} key
 * @param {Draft} draft
 * @param {string} text
 */
function heard(key, draft, text) {
  const at = draft.told.indexOf(text);
  if (at >= 0) draft.told.splice(0, at + 1);
  const kept = app.state.drafts.get(key) ?? '';
  if (writing.get(key) !== draft || draft.dirty || draft.told.length > 0 || toWire(draft.text, draft.names) === kept) return;
  Object.assign(draft, toShown(kept));
  app.community.touch(`draft/${key}`);
}

/** What the server does not know yet, so that it survives the tab. */
function storeHere() {
  const unknown = [...writing].filter(([, draft]) => draft.dirty).map(([key, { text, names }]) => [key, toWire(text, names)]);
  if (unknown.length === 0) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, JSON.stringify({ person: app.me, drafts: Object.fromEntries(unknown) }));
}

/** Takes up what this browser kept, and follows what one's other devices write. */
export function startDrafts() {
  const { connection } = app;
  connection.on('snapshot', ({ person }) => {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (kept.person !== person.id) return;
    for (const [key, text] of Object.entries(kept.drafts)) {
      if (!writing.has(key)) writing.set(key, { ...toShown(String(text)), dirty: true, timer: 0, told: [] });
    }
  });
  connection.on('live', () => {
    for (const [key, draft] of writing) if (draft.dirty) void save(key);
  });
  connection.on('update', ({ type, data }) => {
    if (type !== 'draft.saved') return;
    const key = draftKey(data.channel, data.thread);
    const draft = writing.get(key);
    if (draft) heard(key, draft, data.text);
  });
  window.addEventListener('pagehide', storeHere);
}

/** Signing out: nothing of it stays here. */
export function forgetDrafts() {
  for (const { timer } of writing.values()) window.clearTimeout(timer);
  writing.clear();
  localStorage.removeItem(KEY);
}
