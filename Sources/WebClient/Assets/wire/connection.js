import { afterClose } from './close-codes.js';
import { backoffMs } from './backoff.js';
import { Cursor } from './cursor.js';
import { decodeFrame, encodeFrames } from './codec.js';
import { Emitter } from './emitter.js';
import { RequestRefused, Requests } from './requests.js';

/** @typedef {import('./protocol').ServerObject} ServerObject */
/** @typedef {import('./protocol').Welcome} Welcome */
/** @typedef {import('./protocol').Snapshot} Snapshot */
/** @typedef {import('./protocol').Update} Update */
/** @typedef {import('./protocol').Signal} Signal */

/**
 * What a person is told about the line, one word for each sentence on screen.
 * @typedef {'idle' | 'connecting' | 'catchingUp' | 'live' | 'waiting' | 'signedOut' | 'replaced' | 'refused'} ConnectionState
 */

/**
 * The part of `WebSocket` that is used, so that tests can stand in for it.
 * @typedef {object} Socket
 * @property {(text: string) => void} send
 * @property {(code?: number) => void} close
 * @property {((event: any) => void) | null} onopen
 * @property {((event: { data: any }) => void) | null} onmessage
 * @property {((event: { code: number }) => void) | null} onclose
 */

/**
 * @typedef {object} Environment
 * @property {() => Socket} openSocket
 * @property {(act: () => void, ms: number) => any} setTimer
 * @property {(timer: any) => void} clearTimer
 * @property {() => number} now
 * @property {() => number} random
 */

// The server says something at least every 25 s; twice that and the line is dead, whatever the browser thinks.
const SILENCE_MS = 60_000;

/**
 * @typedef {{ state: ConnectionState, welcome: Welcome, snapshot: Snapshot, update: Update, signal: Signal, live: number }} ConnectionEvents
 */

/**
 * Keeps one connection to the server alive: hello, resume, replies, and when to come back.
 * @extends {Emitter<ConnectionEvents>}
 */
export class Connection extends Emitter {
  /** @type {ConnectionState} */
  state = 'idle';
  /** @type {Cursor | undefined} */
  cursor;
  /**
   * When the next attempt is due, while waiting.
   * @type {number | undefined}
   */
  nextAttemptAt;

  /** @type {Environment} */ #env;
  /** @type {{ device: string, client: string }} */ #who;
  /** @type {Socket | undefined} */ #socket;
  /** @type {Welcome | undefined} */ #welcome;
  #requests = new Requests();
  #attempt = 0;
  #byeRetryMs = 0;
  #gapAt = 0;
  /** @type {any} */ #retryTimer;
  /** @type {any} */ #silenceTimer;
  /** @type {any} */ #dueTimer;

  /** @param {Environment} environment @param {{ device: string, client: string }} who */
  constructor(environment, who) {
    super();
    this.#env = environment;
    this.#who = who;
  }

  start() {
    if (this.state === 'idle' || this.state === 'signedOut' || this.state === 'replaced') this.#open();
  }

  /** Signing out: forgets the cursor and refuses what still waits. */
  stop() {
    this.#drop();
    this.cursor = undefined;
    this.#requests.abandon('signed_out');
    this.#become('idle');
  }

  /** The network came back, or the person asks: don't sit out the wait. */
  retryNow() {
    if (this.state === 'waiting') this.#open();
  }

  /** Whether a request would be answered soon, rather than after the next connection. */
  get isOpen() {
    return this.#welcome !== undefined;
  }

  /**
   * Commands must bear a nonce: an unanswered request is sent again on the next connection.
   * @param {string} name @param {object} [body] @param {string} [nonce]
   * @returns {Promise<any>}
   */
  request(name, body = {}, nonce) {
    // What nobody is signed in for is not kept for whoever signs in next.
    if (this.state === 'idle' || this.state === 'signedOut') {
      return Promise.reject(new RequestRefused({ code: this.state === 'idle' ? 'signed_out' : 'unauthenticated', retryable: false }));
    }
    const reply = this.#requests.add(name, body, nonce);
    this.#flush();
    return reply;
  }

  /**
   * Signals are news of the moment: without a connection they are dropped.
   * @param {string} name
   * @param {object} body
   */
  signal(name, body) {
    if (this.#welcome && this.#socket) this.#socket.send(JSON.stringify({ signal: name, with: body }));
  }

  #open() {
    this.#drop();
    this.#become('connecting');
    const socket = this.#env.openSocket();
    this.#socket = socket;
    socket.onopen = () => {
      if (this.#socket !== socket) return;
      const cursor = this.cursor?.toHello();
      const hello = { version: 1, ...this.#who, ...(cursor ? { cursor } : {}) };
      socket.send(JSON.stringify({ hello }));
    };
    socket.onmessage = ({ data }) => {
      if (this.#socket !== socket) return;
      this.#watchSilence();
      for (const object of decodeFrame(String(data))) {
        // A gap or a bye inside the frame replaces the socket: the rest belongs to the past.
        if (this.#socket !== socket) return;
        this.#receive(object);
      }
    };
    socket.onclose = ({ code }) => {
      if (this.#socket === socket) this.#closed(code);
    };
    this.#watchSilence();
  }

  /** @param {ServerObject} object */
  #receive(object) {
    if (object.update) this.#receiveUpdate(object.update);
    else if (object.id !== undefined) {
      this.#requests.settle(/** @type {any} */ (object), this.#env.now());
      this.#flush();
    } else if (object.signal) this.emit('signal', { signal: object.signal, with: object.with });
    else if (object.head !== undefined) this.cursor?.promised(object.head);
    else if (object.live !== undefined) this.#caughtUp(object.live);
    else if (object.welcome) this.#welcomed(object.welcome);
    else if (object.resumed) this.cursor?.resumed(object.resumed.offsets);
    else if (object.reset) this.cursor = undefined;
    else if (object.snapshot) this.#restart(object.snapshot);
    else if (object.bye) this.#byeRetryMs = object.bye.retryAfterMs ?? 0;
  }

  /** @param {Welcome} welcome */
  #welcomed(welcome) {
    this.#welcome = welcome;
    this.emit('welcome', welcome);
    this.#become('catchingUp');
    this.#flush();
  }

  /** @param {Snapshot} snapshot */
  #restart(snapshot) {
    if (!this.#welcome) return;
    this.cursor = new Cursor(this.#welcome.epoch, snapshot.seq, snapshot.offsets);
    this.emit('snapshot', snapshot);
  }

  /** @param {Update} update */
  #receiveUpdate(update) {
    const { cursor } = this;
    const me = this.#welcome?.person.id;
    if (!cursor || me === undefined) return;
    const verdict = cursor.judge(update, me);
    if (verdict === 'old') return;
    if (verdict === 'gap') {
      this.#gap(update.seq);
      return;
    }
    cursor.advance(update, me);
    this.emit('update', update);
  }

  /**
   * Something was missed: ask for it again; if the hole is still there, start from a fresh snapshot.
   * @param {number} seq
   */
  #gap(seq) {
    if (this.#gapAt === seq) this.cursor = undefined;
    this.#gapAt = seq;
    this.#open();
  }

  /** @param {number} seq */
  #caughtUp(seq) {
    this.cursor?.promised(seq);
    this.#attempt = 0;
    this.#become('live');
    this.emit('live', seq);
  }

  #flush() {
    if (!this.#welcome || !this.#socket) return;
    const limits = this.#welcome.limits ?? {};
    const due = this.#requests.takeSendable(limits.inFlight ?? 32, this.#env.now());
    for (const frame of encodeFrames(due, limits.frameBytes ?? 262_144)) this.#socket.send(frame);
    this.#env.clearTimer(this.#dueTimer);
    const next = this.#requests.nextDue;
    if (next !== undefined && next > this.#env.now()) {
      this.#dueTimer = this.#env.setTimer(() => this.#flush(), next - this.#env.now());
    }
  }

  #watchSilence() {
    this.#env.clearTimer(this.#silenceTimer);
    this.#silenceTimer = this.#env.setTimer(() => {
      this.#closed(1006);
    }, SILENCE_MS);
  }

  /** @param {number} code */
  #closed(code) {
    this.#drop();
    const next = afterClose(code);
    if (next === 'resume') {
      const wait = backoffMs(this.#attempt++, { random: this.#env.random, atLeastMs: this.#byeRetryMs });
      this.#byeRetryMs = 0;
      this.nextAttemptAt = this.#env.now() + wait;
      this.#retryTimer = this.#env.setTimer(() => this.#open(), wait);
      this.#become('waiting');
      return;
    }
    if (next === 'signIn') {
      this.cursor = undefined;
      this.#requests.abandon('unauthenticated');
    }
    this.#become(next === 'signIn' ? 'signedOut' : next);
  }

  /** Lets go of the socket and of every timer; late events of the old socket find it replaced. */
  #drop() {
    for (const timer of [this.#retryTimer, this.#silenceTimer, this.#dueTimer]) this.#env.clearTimer(timer);
    const socket = this.#socket;
    this.#socket = undefined;
    this.#welcome = undefined;
    this.nextAttemptAt = undefined;
    this.#requests.disconnected();
    socket?.close(1000);
  }

  /** @param {ConnectionState} state */
  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.emit('state', state);
  }
}
