/**
 * One part of a kit while somebody writes it: what it was, what it shall be, and what another one wrote meanwhile.
 *
 * Nothing typed is ever replaced: where both changed the same part, both texts stay until the writer decides.
 */
export class PartWriting {
  /** What the part said when the writing began, or when the writer last decided. */
  base;
  text;
  /** @type {string | undefined} */ theirs;

  /** @param {string} base @param {string} [text] */
  constructor(base, text = base) {
    this.base = base;
    this.text = text;
  }

  get isChanged() {
    return this.text !== this.base;
  }

  get isDisputed() {
    return this.theirs !== undefined;
  }

  /**
   * The part says this now.
   * @param {string} current
   */
  heard(current) {
    if (current === this.text || !this.isChanged) {
      // The same was written by both, or nothing was written here yet.
      if (!this.isChanged) this.text = current;
      this.base = current;
      this.theirs = undefined;
    } else this.theirs = current === this.base ? undefined : current;
  }

  /**
   * This much of it is with the server now; what was written since is not.
   * @param {string} text
   */
  saved(text) {
    this.base = text;
    this.theirs = undefined;
  }

  /** One's own text shall stand, although one has seen the other. */
  keepMine() {
    this.base = this.theirs ?? this.base;
    this.theirs = undefined;
  }

  /** The other's text stands. */
  takeTheirs() {
    this.base = this.theirs ?? this.base;
    this.text = this.base;
    this.theirs = undefined;
  }
}
