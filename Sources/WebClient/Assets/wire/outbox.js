import { Emitter } from './emitter.js';
import { newNonce } from './nonces.js';
import { RequestRefused } from './requests.js';

/**
 * A message on its way. `waiting` until the server answered, then `sent` or `failed`.
 * @typedef {object} OutboxEntry
 * @property {string} nonce
 * @property {number} person whose message it is: another person may sign in on this browser
 * @property {string} command
 * @property {{ channel: number, text: string, thread?: number, quotes?: number[], files?: number[], addressed?: number[] }} body
 * @property {import('./protocol').FileInfo[]} files what the attached ids are, to show them meanwhile
 * @property {string} at
 * @property {number} order among those of one moment
 * @property {number} after the journal's place when it was written: its message comes later
 * @property {'waiting' | 'sent' | 'failed'} state
 * @property {string} [error] the refusal's code
 * @property {number} [id] the message's id, once sent
 */

/**
 * @typedef {object} OutboxStorage
 * @property {(person: number) => Promise<OutboxEntry[]>} load oldest first
 * @property {(entry: OutboxEntry) => Promise<void>} put
 * @property {(nonce: string) => Promise<void>} remove
 */

/**
 * @typedef {(command: string, body: object, nonce: string) => Promise<{ id: number }>} Send
 */

/**
 * Messages survive an outage and a reload: each is stored before it is sent, and sent again with the same nonce
 * until the server answers, so it is posted exactly once. Within a channel they go one after the other, in order.
 * @extends {Emitter<{ changed: OutboxEntry, sent: OutboxEntry }>}
 */
export class Outbox extends Emitter {
  /** @type {Map<string, OutboxEntry>} */
  #entries = new Map();
  /** @type {Map<number, Promise<void>>} */
  #tails = new Map();
  /**
   * Messages that this tab sent.
   * @type {Set<number>}
   */
  sentIds = new Set();
  /**
   * Those that are being stored, or are.
   * @type {WeakMap<OutboxEntry, Promise<void>>}
   */
  #stored = new WeakMap();
  #lastOrder = 0;
  /** @type {OutboxStorage} */ #storage;
  /** @type {Send} */ #send;
  /** @type {() => string} */ #nonce;

  /** @param {OutboxStorage} storage @param {Send} send @param {() => string} [nonce] */
  constructor(storage, send, nonce = newNonce) {
    super();
    this.#storage = storage;
    this.#send = send;
    this.#nonce = nonce;
  }

  /**
   * Takes up what an earlier page left behind.
   * @param {number} person
   */
  async open(person) {
    for (const entry of await this.#storage.load(person)) {
      if (this.#entries.has(entry.nonce)) continue;
      this.#entries.set(entry.nonce, entry);
      this.emit('changed', entry);
      if (entry.state === 'waiting') this.#enqueue(entry);
    }
  }

  /** How many were not sent. */
  get unsent() {
    return [...this.#entries.values()].filter(({ state }) => state !== 'sent').length;
  }

  /** Its author wants nothing of it kept. */
  async forget() {
    const nonces = [...this.#entries.keys()];
    this.close();
    for (const nonce of nonces) await this.#storage.remove(nonce).catch(() => undefined);
  }

  /** The session is over: what was not sent stays stored for its author, who may sign in again. */
  close() {
    this.#entries.clear();
    this.#tails.clear();
  }

  /**
   * @param {Pick<OutboxEntry, 'person' | 'command' | 'body' | 'files' | 'at' | 'after'>} message
   * @returns {OutboxEntry}
   */
  post(message) {
    /** @type {OutboxEntry} */
    const entry = { ...message, nonce: this.#nonce(), order: ++this.#lastOrder, state: 'waiting' };
    // At once, not when its turn comes: the tab may be closed while another message is waiting before it.
    this.#stored.set(entry, this.#keep(entry));
    this.#entries.set(entry.nonce, entry);
    this.emit('changed', entry);
    this.#enqueue(entry);
    return entry;
  }

  /**
   * After a refusal the nonce is unused, so the same one may be tried again.
   * @param {string} nonce
   */
  retry(nonce) {
    const entry = this.#entries.get(nonce);
    if (entry?.state !== 'failed') return;
    entry.state = 'waiting';
    entry.error = undefined;
    this.emit('changed', entry);
    this.#enqueue(entry);
  }

  /** @param {string} nonce */
  discard(nonce) {
    const entry = this.#entries.get(nonce);
    if (!entry) return;
    this.#entries.delete(nonce);
    void this.#storage.remove(nonce);
    this.emit('changed', entry);
  }

  /**
   * What was written here, oldest first; also what was sent, for its update may still be on its way.
   * @param {number} channel
   * @param {number} [thread]
   */
  entriesOf(channel, thread) {
    return [...this.#entries.values()].filter(
      (entry) => entry.body.channel === channel && entry.body.thread === thread,
    );
  }

  /**
   * A storage that fails (private mode, full disk) must not keep a message from being sent.
   * @param {OutboxEntry} entry
   */
  async #keep(entry) {
    await this.#storage.put(entry).catch(() => undefined);
  }

  /** @param {OutboxEntry} entry */
  #enqueue(entry) {
    const { channel } = entry.body;
    const before = this.#tails.get(channel) ?? Promise.resolve();
    this.#tails.set(channel, before.then(() => this.#deliver(entry)));
  }

  /**
   * The journal's place is known up to here: of what was sent until then the update has come, and shows the message.
   * @param {number} seq
   */
  arrived(seq) {
    for (const entry of this.#entries.values()) {
      if (entry.state === 'sent' && (entry.id ?? 0) <= seq) this.#entries.delete(entry.nonce);
    }
  }

  /** @param {OutboxEntry} entry */
  async #deliver(entry) {
    await (this.#stored.get(entry) ?? this.#keep(entry));
    // Its author signed out meanwhile: it must not go out in the name of whoever signs in next.
    if (this.#entries.get(entry.nonce) !== entry) return;
    try {
      const { id } = await this.#send(entry.command, entry.body, entry.nonce);
      entry.state = 'sent';
      entry.id = id;
      this.sentIds.add(id);
      await this.#storage.remove(entry.nonce).catch(() => undefined);
      this.emit('sent', entry);
    } catch (error) {
      const code = error instanceof RequestRefused ? error.code : 'internal';
      if (code === 'signed_out' || code === 'unauthenticated') return; // waits for its author to sign in again
      entry.state = 'failed';
      entry.error = code;
      await this.#keep(entry);
    }
    this.emit('changed', entry);
  }
}
