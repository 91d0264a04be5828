/** @typedef {import('../wire/protocol').Update} Update */

const GATHER_MS = 150;
const LONGEST_MS = 5000;

/**
 * Resolves doubts by asking the lists again; several doubts in a row are one question. An answer may be older than
 * updates that overtook it on its way: then it is asked once more, ever more slowly while the updates do not end.
 */
export class Settling {
  #timer = false;
  #asking = false;
  #overtaken = false;
  #wait = GATHER_MS;
  /** @type {{ doubts: () => Set<string>, ask: () => Promise<void>, later: (act: () => void, ms: number) => void }} */ #how;

  /** @param {{ doubts: () => Set<string>, ask: () => Promise<void>, later: (act: () => void, ms: number) => void }} how */
  constructor(how) {
    this.#how = how;
  }

  /** @param {Update} update one that was applied */
  updated(update) {
    if (this.#asking && COUNTED.test(update.type)) this.#overtaken = true;
    this.#schedule();
  }

  #schedule() {
    if (this.#how.doubts().size === 0 || this.#timer || this.#asking) return;
    this.#timer = true;
    this.#how.later(() => void this.#settle(), this.#wait);
  }

  async #settle() {
    this.#timer = false;
    this.#asking = true;
    this.#overtaken = false;
    const doubts = this.#how.doubts();
    doubts.clear();
    try {
      await this.#how.ask();
      if (this.#overtaken) this.#how.doubts().add('lists');
    } catch {
      doubts.add('lists');
    }
    this.#asking = false;
    this.#wait = this.#how.doubts().size > 0 ? Math.min(LONGEST_MS, this.#wait * 2) : GATHER_MS;
    this.#schedule();
  }
}

/** What changes a list or a count. */
const COUNTED = /^(network|channel|access|person)\.|^message\.(posted|edited|deleted)$/;
