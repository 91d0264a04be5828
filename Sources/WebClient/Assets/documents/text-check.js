/** @typedef {import('./changes').Text} Text */

const EVERY = 20;
/** How many texts are remembered for a hash that comes late. */
const REMEMBERED = 64;

/** Compares the text here with the server's hash of it, every so many revisions: what differs is never left unsaid. */
export class TextCheck {
  #checkedAt = 0;
  #revision = 0;
  /**
   * The last texts that both sides had, by revision: a hash may come later than what follows it.
   * @type {Map<number, Text>}
   */
  #texts = new Map();
  /**
   * Hashes whose text is on its way.
   * @type {Map<number, string>}
   */
  #hashes = new Map();
  /** @type {{ hash: (text: string) => Promise<string | undefined>, differs: () => void, ask: () => void }} */ #how;

  /** @param {{ hash: (text: string) => Promise<string | undefined>, differs: () => void, ask: () => void }} how `ask` when no hash came for long */
  constructor(how) {
    this.#how = how;
  }

  /**
   * A text that came as a whole.
   * @param {number} revision
   * @param {Text} text
   */
  began(revision, text) {
    this.#checkedAt = revision;
    this.#revision = revision;
    this.#texts.clear();
    this.#texts.set(revision, text);
  }

  /**
   * The next revision's text.
   * @param {number} revision
   * @param {Text} text
   */
  took(revision, text) {
    this.#revision = revision;
    this.#texts.set(revision, text);
    this.#texts.delete(revision - REMEMBERED);
    const expected = this.#hashes.get(revision);
    this.#hashes.delete(revision);
    if (expected !== undefined) void this.#compare(text, revision, expected);
    else if (revision - this.#checkedAt >= 2 * EVERY && revision % EVERY === 0) this.#how.ask();
  }

  /**
   * The server's hash of a revision: compared when it is time, or `always`.
   * @param {number} revision
   * @param {string} hash
   * @param {boolean} always
   */
  expect(revision, hash, always) {
    if (!always && revision - this.#checkedAt < EVERY) return;
    const text = this.#texts.get(revision);
    if (text) void this.#compare(text, revision, hash);
    else if (revision > this.#revision) this.#hashes.set(revision, hash);
  }

  /** @param {Text} text @param {number} revision @param {string} expected */
  async #compare(text, revision, expected) {
    const own = await this.#how.hash(text.sliceString(0));
    if (own === undefined) return;
    if (own !== expected) this.#how.differs();
    else this.#checkedAt = Math.max(this.#checkedAt, revision);
  }
}
