import { Emitter } from '../wire/emitter.js';
import { bytesOf } from './changes.js';
import { TextCheck } from './text-check.js';
import { passes, troubleOf } from './trouble.js';

/** @typedef {import('./changes').Changes} Changes */
/** @typedef {import('./changes').Kit} Kit */
/** @typedef {import('./changes').Text} Text */

/**
 * An accepted change, as the server tells it.
 * @typedef {{ revision: number, changes: any, by?: number, opId?: string }} Change
 */

/** @typedef {{ revision: number, text?: string, changes?: Change[], hash?: string }} Opened what `document.open` answers */
/** @typedef {{ opId: string, base: number, changes: any }} Operation */

/**
 * What outlives the page: the last text both sides know, and what was changed in it here.
 * @typedef {object} Saved
 * @property {number} revision
 * @property {string} text
 * @property {{ operation: Operation, changes: any, edits: number }} [inFlight]
 * @property {{ changes: any, edits: number }[]} queue
 */

/**
 * @typedef {object} Environment
 * @property {Kit} kit
 * @property {(operation: Operation) => Promise<{ revision: number, hash?: string }>} send
 * @property {() => string} opId
 * @property {(text: string) => Promise<string | undefined>} hash SHA-256 in hexadecimal, where the browser has it
 * @property {() => number} now
 * @property {(act: () => void, ms: number) => void} later
 */

/** @typedef {{ edits: number, bytes: number, changes: Changes }} Chunk */
/** @typedef {import('./trouble').Trouble} Trouble */

/** How many changes are remembered for places that were told of an earlier revision. */
const RECENT = 256;
/** A server that fails for so long on one operation does not take it. */
const MOST_FAILURES = 8;
const SAME_EDIT_MS = 1000;
const AGAIN_MS = 2000;
/**
 * One document edited by several people: the server orders the operations, each side transforms what the other did not know yet.
 * One operation is on its way, what is typed meanwhile is composed and follows it. Knows nothing of pages or sockets.
 * @extends {Emitter<{ remote: { changes: Changes, by: number | undefined, revision: number }, changed: void, gap: void, check: void, trouble: Trouble }>}
 */
export class CoEditing extends Emitter {
  /** Of the text that the server has. */
  revision = 0;
  /** @type {Trouble | undefined} */
  trouble;
  /** The code of the refusal, when there was one. */
  refusal = '';
  /** @type {Text} */ #confirmed;
  /** @type {{ operation: Operation, changes: Changes, edits: number } | undefined} */ #inFlight;
  /** @type {Chunk[]} */ #queue = [];
  /**
   * Changes that came before those they follow.
   * @type {Map<number, Change>}
   */
  #early = new Map();
  #open = false;
  /** The operation whose answer is awaited. */
  #sending = '';
  #failures = 0;
  #lastEditAt = -Infinity;
  /**
   * The last changes that both sides had, by the revision they made.
   * @type {Map<number, Changes>}
   */
  #log = new Map();
  /** @type {TextCheck} */ #check;
  /** @type {Environment} */ #env;
  #mostBytes;

  /** @param {Environment} environment @param {{ mostBytes: number }} limits how large one operation may be */
  constructor(environment, { mostBytes }) {
    super();
    this.#env = environment;
    this.#mostBytes = mostBytes;
    this.#confirmed = environment.kit.text('');
    this.#check = new TextCheck({ hash: environment.hash, differs: () => this.fail('differs'), ask: () => this.emit('check', undefined) });
  }

  /** How many edits the server does not have yet. */
  get pending() {
    return this.#queue.reduce((sum, { edits }) => sum + edits, this.#inFlight?.edits ?? 0);
  }

  /** The text with one's own changes in it. */
  get text() {
    return this.#own.reduce((text, changes) => changes.apply(text), this.#confirmed).sliceString(0);
  }

  /** The text as the server last had it. */
  get confirmedText() {
    return this.#confirmed.sliceString(0);
  }

  /**
   * Where a place in the server's text of a revision is in the text here; nothing when that revision is not here yet, or too long ago.
   * @param {number} at
   * @param {number} revision
   * @param {number} [side] -1 stays before what is inserted there, 1 goes behind it
   * @returns {number | undefined}
   */
  place(at, revision, side = 1) {
    if (revision > this.revision) return undefined;
    let here = at;
    for (let next = revision + 1; next <= this.revision; next += 1) {
      const changes = this.#log.get(next);
      if (!changes || here > changes.length) return undefined;
      here = changes.mapPos(here, side);
    }
    for (const changes of this.#own) {
      if (here > changes.length) return undefined;
      here = changes.mapPos(here, side);
    }
    return here;
  }

  /**
   * Where a place in the text here is in the server's of `revision`; what is only here has none, and its beginning stands for it.
   * @param {number} at
   */
  confirmedPlace(at) {
    return [...this.#own].reverse().reduce((here, changes) => changes.invertedDesc.mapPos(here), at);
  }

  get #own() {
    return [...(this.#inFlight ? [this.#inFlight] : []), ...this.#queue].map(({ changes }) => changes);
  }

  /**
   * What to keep of it, when something is not with the server yet.
   * @returns {Saved | undefined}
   */
  get saved() {
    if (this.pending === 0) return undefined;
    const flying = this.#inFlight;
    return {
      revision: this.revision, text: this.confirmedText,
      ...(flying ? { inFlight: { operation: flying.operation, changes: flying.changes.toJSON(), edits: flying.edits } } : {}),
      queue: this.#queue.map(({ changes, edits }) => ({ changes: changes.toJSON(), edits })),
    };
  }

  /**
   * Goes on where an earlier page stopped.
   * @param {Saved} saved
   */
  restore(saved) {
    const { changes } = this.#env.kit;
    this.revision = saved.revision;
    this.#confirmed = this.#env.kit.text(saved.text);
    this.#check.began(saved.revision, this.#confirmed);
    if (saved.inFlight) this.#inFlight = { ...saved.inFlight, changes: changes(saved.inFlight.changes) };
    this.#queue = saved.queue.map((chunk) => this.#chunk(changes(chunk.changes), chunk.edits));
    this.emit('changed', undefined);
  }

  /**
   * Whether a change may be made: one that no frame could carry may not.
   * @param {Changes} changes
   */
  fits(changes) {
    return bytesOf(changes) <= this.#mostBytes;
  }

  /**
   * What was typed here.
   * @param {Changes} changes
   */
  local(changes) {
    if (changes.empty || this.trouble) return;
    const now = this.#env.now();
    const isNew = now - this.#lastEditAt > SAME_EDIT_MS || this.#queue.length === 0;
    this.#lastEditAt = now;
    const fresh = this.#chunk(changes, isNew ? 1 : 0);
    const last = this.#queue.at(-1);
    if (last && last.bytes + fresh.bytes <= this.#mostBytes) {
      this.#queue[this.#queue.length - 1] = { changes: last.changes.compose(changes), edits: last.edits + fresh.edits, bytes: last.bytes + fresh.bytes };
    } else this.#queue.push(fresh);
    this.#advance();
    this.emit('changed', undefined);
  }

  /** The line is gone: nothing comes in until it is opened again. */
  disconnected() {
    this.#open = false;
    this.emit('changed', undefined);
  }

  /**
   * The answer to `document.open`: the text, or what was changed since the revision known here.
   * @param {Opened} answer
   */
  opened(answer) {
    if (this.trouble) return;
    if (answer.text !== undefined) {
      if (this.revision > 0 && !this.#startAgain(answer.text, answer.revision)) return;
      this.#confirmed = this.#env.kit.text(answer.text);
      this.revision = answer.revision;
      this.#check.began(this.revision, this.#confirmed);
    } else {
      // Those that came meanwhile may be among them.
      for (const change of answer.changes ?? []) this.#take(change);
      if (this.revision < answer.revision) this.fail('differs');
    }
    if (this.trouble) return;
    if (answer.hash !== undefined) this.#check.expect(answer.revision, answer.hash, true);
    this.#open = true;
    this.#takeEarly();
    if (this.#inFlight) this.#sendInFlight();
    this.#advance();
    this.emit('changed', undefined);
  }

  /** @param {Change} change */
  changed(change) {
    if (this.trouble || change.revision <= this.revision) return;
    this.#early.set(change.revision, change);
    if (!this.#open) return;
    this.#takeEarly();
    if (this.#early.size > 0 && !this.trouble) {
      this.#open = false;
      this.emit('gap', undefined);
    }
    this.#advance();
    this.emit('changed', undefined);
  }

  /**
   * Nothing more is to be sent: what is not saved yet must be shown.
   * @param {Trouble} trouble
   */
  fail(trouble) {
    if (this.trouble) return;
    this.trouble = trouble;
    this.emit('trouble', trouble);
    this.emit('changed', undefined);
  }

  /**
   * The server no longer has the way from the text known here to its own: whole texts can only replace each other when nothing of
   * one's own would be lost.
   * @param {string} text
   * @param {number} revision
   */
  #startAgain(text, revision) {
    if (this.pending > 0) {
      this.fail('forgotten');
      return false;
    }
    const before = this.#confirmed.length;
    const changes = this.#env.kit.changes([...(before > 0 || text !== '' ? [[before, ...(text === '' ? [] : text.split('\n'))]] : [])]);
    if (!changes.empty && text !== this.confirmedText) this.emit('remote', { changes, by: undefined, revision });
    this.#early.clear();
    return true;
  }

  #takeEarly() {
    for (let next = this.#early.get(this.revision + 1); next && !this.trouble; next = this.#early.get(this.revision + 1)) this.#take(next);
    for (const revision of this.#early.keys()) {
      if (revision <= this.revision) this.#early.delete(revision);
    }
  }

  /**
   * The next accepted change, another's or one's own.
   * @param {Change} change
   */
  #take(change) {
    if (change.revision !== this.revision + 1 || this.trouble) return;
    try {
      if (this.#inFlight && change.opId === this.#inFlight.operation.opId) this.#arrived(change);
      else this.#transform(change);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.fail('differs');
      return;
    }
    this.#log.set(this.revision, this.#env.kit.changes(change.changes));
    this.#log.delete(this.revision - RECENT);
    this.#check.took(this.revision, this.#confirmed);
  }

  /**
   * One's own, as the server placed it.
   * @param {Change} change
   */
  #arrived(change) {
    const { changes } = /** @type {{ changes: Changes }} */ (this.#inFlight);
    const placed = this.#env.kit.changes(change.changes).apply(this.#confirmed);
    // Both sides transformed it over the same changes.
    if (!placed.eq(changes.apply(this.#confirmed))) {
      this.fail('differs');
      return;
    }
    this.#confirmed = placed;
    this.revision = change.revision;
    this.#inFlight = undefined;
  }

  /** @param {Change} change */
  #transform(change) {
    let remote = this.#env.kit.changes(change.changes);
    const confirmed = remote.apply(this.#confirmed);
    if (this.#inFlight) {
      const mine = this.#inFlight.changes;
      this.#inFlight = { ...this.#inFlight, changes: mine.map(remote) };
      remote = remote.map(mine, true);
    }
    this.#queue = this.#queue.map((chunk) => {
      const mine = chunk.changes;
      const moved = { ...chunk, changes: mine.map(remote) };
      remote = remote.map(mine, true);
      return moved;
    });
    this.#confirmed = confirmed;
    this.revision = change.revision;
    this.emit('remote', { changes: remote, by: change.by, revision: change.revision });
  }

  #advance() {
    if (!this.#open || this.#inFlight || this.trouble) return;
    const next = this.#queue.shift();
    if (!next) return;
    const operation = { opId: this.#env.opId(), base: this.revision, changes: next.changes.toJSON() };
    this.#inFlight = { operation, changes: next.changes, edits: Math.max(1, next.edits) };
    this.#sendInFlight();
  }

  #sendInFlight() {
    const operation = /** @type {{ operation: Operation }} */ (this.#inFlight).operation;
    if (this.#sending === operation.opId) return;
    this.#sending = operation.opId;
    this.#env.send(operation).then((answer) => {
      this.#sending = '';
      this.#failures = 0;
      if (answer.hash !== undefined) this.#check.expect(answer.revision, answer.hash, false);
    }, (error) => {
      this.#sending = '';
      if (this.#inFlight?.operation.opId !== operation.opId) return;
      if (error?.code === 'internal') this.#failures += 1;
      if (!passes(error) || this.#failures > MOST_FAILURES) {
        this.refusal = error?.code ?? '';
        this.fail(troubleOf(error));
      } else this.#env.later(() => this.#open && this.#inFlight?.operation.opId === operation.opId && this.#sendInFlight(), AGAIN_MS);
    });
  }

  /** @param {Changes} changes @param {number} edits @returns {Chunk} */
  #chunk(changes, edits) {
    return { changes, edits, bytes: bytesOf(changes) };
  }
}
