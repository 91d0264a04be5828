import { app } from '../shell/app.js';
import { Emitter } from '../wire/emitter.js';
import { newNonce } from '../wire/nonces.js';
import { Carets } from './heard-carets.js';
import { CoEditing } from './co-editing.js';
import { hold, release } from './opening.js';
import { dropPending, keepPending, pendingOf } from './pending-storage.js';

/** @typedef {import('./co-editing').Trouble} Trouble */
/** @typedef {import('./changes').Changes} Changes */
/** @typedef {import('./changes').Kit} Kit */

const CARET = 'document.cursor';
const SAY_MS = 150;
const KEEP_MS = 250;
/** Room in a frame for what stands around the changes. */
const AROUND_BYTES = 2048;
const FRAME_BYTES = 262_144;

let lastSerial = 0;
/** @type {Map<number, DocumentSession>} */
const sessions = new Map();

/**
 * The one session of a document in this tab. It outlives its page until everything written there is with the server.
 * @param {number} document
 * @param {Kit} kit
 */
export function enterDocument(document, kit) {
  let session = sessions.get(document);
  if (!session || session.editing.trouble || session.person !== app.me) {
    session?.end();
    session = new DocumentSession(document, kit);
    sessions.set(document, session);
    void session.start();
  }
  session.users += 1;
  return session;
}

/**
 * Joins the editing of one document to the line, and keeps what is not sent yet in this browser.
 * @extends {Emitter<{ changed: void, remote: { changes: Changes, by: number | undefined, revision: number }, started: void, carets: void }>}
 */
export class DocumentSession extends Emitter {
  users = 0;
  /** No two sessions are shown in the same editor. */
  serial = ++lastSerial;
  person = app.me ?? 0;
  title = '';
  /** The text is here, and may be changed. */
  started = false;
  /** How many edits of an earlier page were taken up again. */
  resumed = 0;
  /** @type {any} why it could not be opened */
  error;
  #carets = new Carets(() => this.emit('carets', undefined));
  /** @type {(() => void)[]} */ #stops = [];
  #mayOpen = false;
  #ended = false;
  #opening = false;
  #timer = 0;
  #kept = false;
  #discarded = false;
  /** @type {() => void} */ #unlock = () => undefined;

  /** @param {number} document @param {Kit} kit */
  constructor(document, kit) {
    super();
    this.document = document;
    this.kit = kit;
    this.editing = new CoEditing({
      kit,
      opId: newNonce,
      now: () => Date.now(),
      later: (act, ms) => window.setTimeout(act, ms),
      hash: sha256,
      // The nonce is the operation's own id: sent again, also by another page, it is still the same.
      send: (operation) => app.connection.request('document.op', { document, ...operation }, operation.opId),
    }, { mostBytes: FRAME_BYTES - AROUND_BYTES });
  }

  get online() {
    return app.connection.state === 'live';
  }

  async start() {
    const { editing } = this;
    this.#stops.push(
      editing.on('remote', (remote) => {
        this.#carets.moved(remote.changes, remote.by);
        this.emit('remote', remote);
      }),
      app.connection.on('signal', ({ signal, with: body }) => {
        if (signal === CARET && body.document === this.document && body.by !== app.me) this.#heardCaret(body);
      }),
      editing.on('gap', () => void this.#openIt()),
      editing.on('check', () => void this.#openIt()),
      editing.on('changed', () => this.#changed()),
      app.connection.on('live', () => void this.#openIt()),
      app.connection.on('state', (state) => {
        if (state !== 'live' && state !== 'catchingUp') editing.disconnected();
      }),
      app.connection.on('update', (update) => {
        // It was lost with its network, or by its move to another one; whoever may still read it opens it again.
        if (update.type === 'access.lost' && (update.data.streams ?? []).includes(`document/${this.document}`)) {
          editing.disconnected();
          void this.#openIt();
        }
        if (update.stream === `document/${this.document}` && update.type === 'document.changed') {
          editing.changed({ by: update.by, ...update.data });
        }
      }),
    );
    const keepNow = () => document.visibilityState === 'hidden' && void this.#keep();
    const leaving = () => void this.#keep();
    document.addEventListener('visibilitychange', keepNow);
    window.addEventListener('pagehide', leaving);
    this.#stops.push(() => document.removeEventListener('visibilitychange', keepNow), () => window.removeEventListener('pagehide', leaving));
    hold(this.document);
    this.#lock();
    await this.#takeUp().catch(() => undefined);
    this.#mayOpen = !this.#ended;
    if (this.online) await this.#openIt();
  }

  /**
   * What is typed here moves the others' places too.
   * @param {Changes} changes
   */
  movedHere(changes) {
    this.#carets.moved(changes, undefined);
  }

  /** Who else is in the text, and where. */
  get carets() {
    return this.#carets.all;
  }

  /**
   * Tells the others where one is; at most a few times a second.
   * @param {number} anchor
   * @param {number} head
   */
  sayCaret(anchor, head) {
    this.#said = { anchor, head };
    if (this.#saying !== 0) return;
    this.#saying = window.setTimeout(() => {
      this.#saying = 0;
      const { editing } = this;
      if (!this.#said || !this.online) return;
      app.connection.signal(CARET, {
        document: this.document, revision: editing.revision, anchor: editing.confirmedPlace(this.#said.anchor), head: editing.confirmedPlace(this.#said.head),
      });
    }, SAY_MS);
  }

  /** @type {{ anchor: number, head: number } | undefined} */ #said;
  #saying = 0;

  /** @param {{ by: number, revision: number, anchor: number, head: number }} heard */
  #heardCaret(heard) {
    const anchor = this.editing.place(heard.anchor, heard.revision);
    const head = this.editing.place(heard.head, heard.revision);
    if (anchor !== undefined && head !== undefined) this.#carets.heard(heard.by, anchor, head);
  }

  /** Its page is left; what is pending is still sent. */
  leave() {
    this.users -= 1;
    this.#endWhenDone();
  }

  end() {
    this.#mayOpen = false;
    this.#ended = true;
    if (this.#timer !== 0) void this.#keep();
    if (sessions.get(this.document) === this) sessions.delete(this.document);
    this.#carets.stop();
    window.clearTimeout(this.#saying);
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#unlock();
    window.clearTimeout(this.#timer);
    release(this.document);
  }

  /** One's own text is of no more use: nothing of it is kept. */
  async discard() {
    this.#discarded = true;
    this.end();
    await dropPending({ person: this.person, document: this.document, tab: tab() }).catch(() => undefined);
  }

  /**
   * Once the server has everything; fails when that cannot be now.
   * @returns {Promise<void>}
   */
  settled() {
    if (this.editing.pending === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = window.setTimeout(() => finish(reject, new TypeError('offline')), 8000);
      const stop = this.on('changed', () => {
        if (this.editing.trouble) finish(reject, new TypeError('offline'));
        else if (this.editing.pending === 0) finish(resolve, undefined);
      });
      const finish = (/** @type {(value?: any) => void} */ act, /** @type {any} */ value) => {
        stop();
        window.clearTimeout(timer);
        act(value);
      };
    });
  }

  #endWhenDone() {
    if (this.users === 0 && (this.editing.pending === 0 || this.editing.trouble)) this.end();
  }

  async #openIt() {
    // What an earlier page left decides from which revision to open.
    if (!this.#mayOpen || this.#opening || this.editing.trouble) return;
    this.#opening = true;
    const { revision } = this.editing;
    try {
      const answer = await app.query('document.open', { document: this.document, ...(revision > 0 ? { haveRevision: revision } : {}) });
      this.title = answer.title ?? this.title;
      this.error = undefined;
      this.editing.opened(answer);
      this.#begin();
    } catch (/** @type {any} */ error) {
      this.error = error;
      if (this.started && ['not_found', 'forbidden'].includes(error?.code)) {
        this.editing.refusal = error.code;
        this.editing.fail('closed');
      }
    }
    this.#opening = false;
    this.emit('changed', undefined);
  }

  #begin() {
    if (this.started) return;
    this.started = true;
    this.emit('started', undefined);
  }

  #changed() {
    this.emit('changed', undefined);
    this.#endWhenDone();
    // Without a line this browser is the only place where it is.
    if (this.#timer === 0) this.#timer = window.setTimeout(() => void this.#keep(), this.online ? KEEP_MS : 0);
  }

  async #keep() {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#discarded || app.me !== this.person) return;
    const { saved } = this.editing;
    const of = { person: this.person, document: this.document, tab: tab() };
    // A browser that keeps nothing (private mode, full disk) must not keep one from writing.
    if (saved) {
      this.#kept = true;
      await keepPending({ ...of, title: this.title, at: new Date().toISOString(), saved }).catch(() => undefined);
    } else if (this.#kept) {
      this.#kept = false;
      await dropPending(of).catch(() => undefined);
    }
  }

  /** Goes on with what an earlier page left: this tab's, or that of a tab which is closed. */
  async #takeUp() {
    const all = await pendingOf(this.person, this.document);
    let found = all.find((one) => one.tab === tab());
    for (const one of found ? [] : all) {
      if (await isLeft(this.#lockName(one.tab))) {
        found = one;
        break;
      }
    }
    if (!found) return;
    this.title = found.title;
    this.editing.restore(found.saved);
    this.resumed = this.editing.pending;
    await this.#keep();
    if (found.tab !== tab()) await dropPending(found).catch(() => undefined);
    this.#begin();
  }

  /** @param {string} of */
  #lockName(of) {
    return `metropoli.document/${this.person}/${this.document}/${of}`;
  }

  /** Tells the other tabs that this one lives. */
  #lock() {
    void navigator.locks?.request(this.#lockName(tab()), () => new Promise((resolve) => {
      this.#unlock = () => resolve(undefined);
    })).catch(() => undefined);
  }
}

function tab() {
  return sessionStorage.getItem('metropoli.device') ?? '';
}

/**
 * Whether the tab that held this lock is gone.
 * @param {string} name
 */
async function isLeft(name) {
  if (!navigator.locks) return false;
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => lock !== null);
}

/** @param {string} text @returns {Promise<string | undefined>} */
async function sha256(text) {
  // A page served over plain http by name has none: then the lengths, which every change bears, must do.
  if (!crypto.subtle) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
