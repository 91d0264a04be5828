/** @typedef {import('./changes').Changes} Changes */
/** @typedef {{ person: number, anchor: number, head: number, active: boolean }} HeardCaret */

const ACTIVE_MS = 3000;
/** One who is silent for so long is no longer shown: a page may have gone without a word. */
const GONE_MS = 60_000;

/** Where the others were last heard of, moved along with the text. */
export class Carets {
  /** @type {Map<number, { anchor: number, head: number, at: number }>} */
  #heard = new Map();
  /** @type {() => void} */ #changed;
  #timer = 0;

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @returns {HeardCaret[]} */
  get all() {
    const now = Date.now();
    return [...this.#heard].map(([person, { anchor, head, at }]) => ({ person, anchor, head, active: now - at < ACTIVE_MS }));
  }

  /** @param {number} person @param {number} anchor @param {number} head */
  heard(person, anchor, head) {
    this.#heard.set(person, { anchor, head, at: Date.now() });
    this.#tell();
  }

  /** @param {Changes} changes @param {number | undefined} by whose caret stands where the change ends */
  moved(changes, by) {
    for (const [person, place] of this.#heard) {
      const most = changes.length;
      this.#heard.set(person, { ...place, anchor: changes.mapPos(Math.min(place.anchor, most), 1), head: changes.mapPos(Math.min(place.head, most), 1) });
    }
    const writer = by === undefined ? undefined : this.#heard.get(by);
    if (writer) {
      writer.at = Date.now();
      this.#tell();
    }
  }

  stop() {
    window.clearTimeout(this.#timer);
  }

  #tell() {
    this.#changed();
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      const now = Date.now();
      for (const [person, { at }] of this.#heard) {
        if (now - at > GONE_MS) this.#heard.delete(person);
      }
      if (this.#heard.size > 0) this.#tell();
      else this.#changed();
    }, ACTIVE_MS + 50);
  }
}
