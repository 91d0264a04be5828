import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { bodyList } from '../networks/sub-bodies.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../dom/form').Choice} Choice */

/** The comuni that a message being written is addressed to. */
export class Addressing {
  #draw;
  #back;
  #channel = 0;
  #open = false;
  /** @type {Choice[]} */ #bodies = [];
  #city = 0;
  /** @type {ReturnType<typeof bodyList> | undefined} */ #list;

  /** @param {() => void} draw @param {() => void} back to the text */
  constructor(draw, back) {
    this.#draw = draw;
    this.#back = back;
  }

  get ids() {
    return this.#bodies.map(({ id }) => id);
  }

  /**
   * What was chosen in another channel is not for this one.
   * @param {number} channel
   */
  begin(channel) {
    if (channel !== this.#channel) this.clear();
    this.#channel = channel;
  }

  clear() {
    this.#open = false;
    this.#bodies = [];
  }

  /** @param {string} id */
  button(id) {
    return h('button', { type: 'button', class: 'composer-address-button', 'aria-expanded': String(this.#open), 'aria-controls': `${id}-address`, key: 'address-button', onclick: this.#toggle },
      icon('it-pa', 'icon-sm'), t('addressed.choose'));
  }

  /** @param {number} city @param {string} id */
  view(city, id) {
    if (city !== this.#city) this.#list = bodyList(city);
    this.#city = city;
    return h('div', { class: 'composer-address', id: `${id}-address`, role: 'group', 'aria-label': t('addressed.label'), hidden: !this.#open, key: 'address', onkeydown: this.#key },
      this.#open && [h('p', { class: 'composer-address-title', key: 'title' }, t('addressed.to')),
        this.#list?.({ id: `${id}-address`, value: this.#bodies, problem: undefined, describedBy: null, change: this.#change })]);
  }

  #change = (/** @type {Choice[]} */ bodies) => {
    this.#bodies = bodies;
    this.#draw();
  };

  #toggle = (/** @type {Event} */ event) => {
    // What is chosen stays to be seen until it is taken away.
    this.#open = !this.#open || this.#bodies.length > 0;
    this.#draw();
    const field = /** @type {Element} */ (event.currentTarget).closest('form')?.querySelector('.composer-address input');
    if (this.#open && field instanceof HTMLElement) field.focus();
    else this.#back();
  };

  /** Enter chooses here, and sends nothing. */
  #key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    if (this.#bodies.length === 0) this.#open = false;
    this.#draw();
    this.#back();
  };
}
