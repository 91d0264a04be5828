/** @typedef {import('./protocol').Update} Update */
/** @typedef {import('./protocol').Offsets} Offsets */
/** @typedef {'apply' | 'old' | 'gap'} Verdict */

const BEGINS = new Set(['channel.joined', 'network.joined']);
/** Such a stream belongs to who opened it, and counts its own revisions: see `documents/co-editing.js`. */
const OPENED = /^document\//;
const ENDS = new Set(['channel.left', 'network.left']);

/**
 * Where this client stands in the journal, and the last offset of every stream it reads.
 * Knows nothing of sockets: it judges updates, the connection acts.
 */
export class Cursor {
  /** @param {string} epoch @param {number} seq @param {Offsets} offsets */
  constructor(epoch, seq, offsets) {
    this.epoch = epoch;
    this.seq = seq;
    /** @type {Map<string, number>} */
    this.offsets = new Map(Object.entries(offsets));
  }

  /** @param {Offsets} offsets the last offset of each stream before the first update that follows */
  resumed(offsets) {
    this.offsets = new Map(Object.entries(offsets));
  }

  /**
   * @param {Update} update
   * @param {number} me
   * @returns {Verdict}
   */
  judge(update, me) {
    if (update.seq <= this.seq) return 'old';
    if (BEGINS.has(update.type) && update.data.person === me) return 'apply';
    if (OPENED.test(update.stream)) return 'apply';
    const last = this.offsets.get(update.stream) ?? 0;
    return update.offset === last + 1 ? 'apply' : 'gap';
  }

  /** @param {Update} update one that was judged `apply` @param {number} me */
  advance(update, me) {
    this.seq = update.seq;
    if (!OPENED.test(update.stream)) this.offsets.set(update.stream, update.offset);
    if (ENDS.has(update.type) && update.data.person === me) this.offsets.delete(update.stream);
    if (update.type === 'access.lost') {
      for (const stream of update.data.streams ?? []) this.offsets.delete(stream);
    }
    if (update.type === 'access.gained') {
      for (const [stream, offset] of Object.entries(update.data.offsets ?? {})) {
        this.offsets.set(stream, Number(offset));
      }
    }
  }

  /**
   * `live` and `head` promise that everything up to `seq` was sent.
   * @param {number} seq
   */
  promised(seq) {
    if (seq > this.seq) this.seq = seq;
  }

  toHello() {
    return { epoch: this.epoch, seq: this.seq };
  }
}
