const AT_END = 40;
const NEAR = 400;
const NEW_LINE_BELOW = 72;

/**
 * Keeps what one reads where it is while rows come and go above and below it;
 * at the end it stays at the end, as new messages come.
 */
export class ScrollKeeper {
  atEnd = true;
  /** There is more below than is in the page: its last row is no end to stay at. */
  goesOn = false;
  /** @type {{ message: string, top: number } | undefined} */
  #anchor;
  /** Where the end was when it was last gone to. */
  #endTop = 0;
  /** @type {HTMLElement} */ #box;

  /** @param {HTMLElement} box */
  constructor(box) {
    this.#box = box;
  }

  /** The person scrolled, or what is below grew (a picture, a font): from the end one leaves by going up only. */
  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#box;
    const left = scrollHeight - scrollTop - clientHeight;
    if (this.goesOn) this.atEnd = false;
    else if (this.atEnd && left >= AT_END && scrollTop >= this.#endTop) this.toEnd();
    else this.atEnd = left < AT_END;
    if (this.atEnd) this.#endTop = this.#box.scrollTop;
  }

  get nearStart() {
    return this.#box.scrollTop < NEAR;
  }

  get nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#box;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  /** What is shown grew or shrank by itself. */
  resized() {
    if (this.atEnd) this.scrolled();
    if (this.atEnd) this.toEnd();
  }

  /** The last message that is wholly in sight, 0 if none is. */
  lastInSight() {
    const edge = this.#box.getBoundingClientRect().bottom;
    let last = 0;
    for (const row of this.#box.querySelectorAll('[data-message]')) {
      if (row.getBoundingClientRect().bottom > edge + 1) break;
      last = Number(/** @type {HTMLElement} */ (row).dataset.message);
    }
    return last;
  }

  beforeChange() {
    // The event that tells of scrolling comes a frame after it: a click may be sooner.
    if (this.atEnd) this.scrolled();
    if (this.atEnd) return;
    const edge = this.#box.getBoundingClientRect().top;
    for (const row of this.#box.querySelectorAll('[data-message]')) {
      const { top, bottom } = row.getBoundingClientRect();
      if (bottom <= edge) continue;
      this.#anchor = { message: /** @type {HTMLElement} */ (row).dataset.message ?? '', top: top - edge };
      return;
    }
    this.#anchor = undefined;
  }

  afterChange() {
    if (this.atEnd) {
      this.toEnd();
      return;
    }
    if (!this.#anchor) return;
    const row = this.#row(this.#anchor.message);
    if (!row) return;
    const moved = row.getBoundingClientRect().top - this.#box.getBoundingClientRect().top - this.#anchor.top;
    if (moved !== 0) this.#box.scrollTop += moved;
  }

  /**
   * Shows where the new messages begin, if they are more than what fits.
   * @returns {boolean} whether it moved
   */
  toNew() {
    const line = this.#box.querySelector('.new-line');
    if (!line) return false;
    const above = this.#box.getBoundingClientRect().top - line.getBoundingClientRect().top;
    if (above <= 0) return false;
    this.atEnd = false;
    this.#box.scrollTop -= above + NEW_LINE_BELOW;
    this.scrolled();
    return true;
  }

  toEnd() {
    this.atEnd = true;
    this.#box.scrollTop = this.#box.scrollHeight;
    this.#endTop = this.#box.scrollTop;
  }

  /** @param {number | string} message @returns {HTMLElement | null} */
  toMessage(message) {
    const row = this.#row(String(message));
    if (!row) return null;
    row.scrollIntoView({ block: 'center', behavior: 'auto' });
    this.scrolled();
    return row;
  }

  /** @param {string} message @returns {HTMLElement | null} */
  #row(message) {
    return this.#box.querySelector(`[data-message="${message}"]`);
  }
}
