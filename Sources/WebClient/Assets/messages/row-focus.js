/** Which message has the keyboard's focus and which is under the pointer; arrows lead from one to the next. */
export class RowFocus {
  /** @type {number | undefined} */ active;
  /** @type {number | undefined} */ hovered;
  focused = false;
  /** @type {HTMLElement} */ #box;
  /** @type {{ soon: () => void, now: () => void }} */ #draw;

  /** @param {HTMLElement} box @param {{ soon: () => void, now: () => void }} draw */
  constructor(box, draw) {
    this.#box = box;
    this.#draw = draw;
  }

  start() {
    this.#box.addEventListener('focusin', this.#focusIn);
    this.#box.addEventListener('focusout', this.#focusOut);
    this.#box.addEventListener('pointerover', this.#pointerOver);
    this.#box.addEventListener('pointerleave', this.#pointerLeave);
    this.#box.addEventListener('keydown', this.#keydown);
  }

  /** @param {number} message */
  to(message) {
    /** @type {HTMLElement | null} */ (this.#box.querySelector(`[data-message="${message}"]`))?.focus();
  }

  /** @param {number} message */
  hasActions(message) {
    return (this.focused && message === this.active) || message === this.hovered;
  }

  /** @param {FocusEvent} event */
  #focusIn = (event) => {
    const id = messageOf(event.target);
    if (id === undefined || (id === this.active && this.focused)) return;
    this.active = id;
    this.focused = true;
    // At once: the next Tab leads into this message, however soon it is pressed.
    this.#draw.now();
  };

  /** @param {FocusEvent} event */
  #focusOut = (event) => {
    if (event.relatedTarget instanceof Node && this.#box.contains(event.relatedTarget)) return;
    this.focused = false;
    this.#draw.soon();
  };

  /** @param {PointerEvent} event */
  #pointerOver = (event) => {
    const id = messageOf(event.target);
    // An open menu keeps its message.
    if (id === this.hovered || event.pointerType === 'touch' || this.#box.querySelector('.dropdown-menu.show')) return;
    this.hovered = id;
    this.#draw.soon();
  };

  #pointerLeave = () => {
    if (this.hovered === undefined || this.#box.querySelector('.dropdown-menu.show')) return;
    this.hovered = undefined;
    this.#draw.soon();
  };

  /**
   * Up and down go from message to message; Tab then reaches what may be done with it.
   * @param {KeyboardEvent} event
   */
  #keydown = (event) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset.message === undefined) return;
    const rows = [.../** @type {NodeListOf<HTMLElement>} */ (this.#box.querySelectorAll('[data-message]'))];
    const at = rows.indexOf(event.target);
    /** @type {Record<string, number>} */
    const moves = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 };
    const row = rows[moves[event.key]];
    if (!row) return;
    event.preventDefault();
    row.focus();
  };
}

/** @param {EventTarget | null} target */
function messageOf(target) {
  const row = target instanceof Element ? target.closest('[data-message]') : null;
  return row ? Number(/** @type {HTMLElement} */ (row).dataset.message) : undefined;
}
