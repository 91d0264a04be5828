import { h } from './h.js';
import { View } from './view.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('./form').Choice} Choice */

const GATHER_MS = 200;
let lastId = 0;

/** A field that finds one of many as one types: a combobox with a list, by the pattern of the ARIA guide. */
export class Picker extends View {
  static observedAttributes = ['invalid', 'described-by'];
  /** @type {(text: string) => Promise<Choice[]>} */ find = async () => [];
  /** @type {Choice | undefined} */ #chosen;
  /** @type {Choice[]} */ #offered = [];
  /** @type {'idle' | 'asking' | 'offered' | 'failed'} */ #state = 'idle';
  #text = '';
  #at = -1;
  #timer = 0;
  #asked = 0;
  #list = `picker-${++lastId}`;

  /** @param {Choice | undefined | ''} choice */
  set chosen(choice) {
    if ((choice || undefined)?.id === this.#chosen?.id) return;
    this.#chosen = choice || undefined;
    this.#text = this.#chosen?.label ?? '';
    this.invalidate();
  }

  get chosen() {
    return this.#chosen;
  }

  disconnected() {
    window.clearTimeout(this.#timer);
  }

  render() {
    const open = this.#state !== 'idle';
    const active = this.#at >= 0 && this.#state === 'offered' ? `${this.#list}-${this.#at}` : null;
    return h('div', { class: 'picker' },
      h('input', {
        id: this.getAttribute('field-id'), class: 'form-control', type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: 'false',
        'aria-expanded': String(open), 'aria-controls': this.#list, 'aria-autocomplete': 'list', 'aria-activedescendant': active,
        'aria-invalid': this.hasAttribute('invalid') ? 'true' : null, 'aria-describedby': this.getAttribute('described-by'),
        placeholder: t('picker.placeholder'), '.value': this.#text, oninput: this.#typed, onkeydown: this.#key, onblur: this.#left,
      }),
      h('ul', { id: this.#list, class: 'picker-list', role: 'listbox', 'aria-label': t('picker.list'), hidden: !open || this.#offered.length === 0 },
        this.#offered.map((choice, index) => h('li', {
          key: choice.id, id: `${this.#list}-${index}`, role: 'option', 'aria-selected': String(index === this.#at),
          // Before the field loses the focus.
          onmousedown: (/** @type {Event} */ event) => { event.preventDefault(); this.#choose(choice); },
        }, h('span', { class: 'picker-name' }, choice.label), choice.detail && h('span', { class: 'picker-detail' }, choice.detail)))),
      h('p', { class: open && this.#offered.length === 0 ? 'picker-state' : 'visually-hidden', role: 'status' }, this.#words()));
  }

  #words() {
    if (this.#state === 'asking') return t('picker.asking');
    if (this.#state === 'failed') return t('picker.failed');
    if (this.#state === 'offered') return this.#offered.length === 0 ? t('picker.none') : plural('picker.offered', this.#offered.length);
    return '';
  }

  /** @param {Event} event */
  #typed = (event) => {
    this.#text = /** @type {HTMLInputElement} */ (event.currentTarget).value;
    if (this.#chosen) this.#set(undefined);
    window.clearTimeout(this.#timer);
    this.#asked += 1;
    if (this.#text.trim() === '') return this.#close();
    this.#timer = window.setTimeout(() => void this.#ask(this.#text.trim(), this.#asked), GATHER_MS);
  };

  /** @param {string} text @param {number} asked */
  async #ask(text, asked) {
    if (this.#offered.length === 0) this.#state = 'asking';
    this.invalidate();
    try {
      const offered = await this.find(text);
      if (asked !== this.#asked) return;
      this.#offered = offered;
      this.#state = 'offered';
    } catch {
      if (asked !== this.#asked) return;
      this.#offered = [];
      this.#state = 'failed';
    }
    this.#at = this.#offered.length > 0 ? 0 : -1;
    this.invalidate();
  }

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    if (event.key === 'Escape' && this.#state !== 'idle') {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    }
    if (this.#state !== 'offered' || this.#offered.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.#at = (this.#at + step + this.#offered.length) % this.#offered.length;
      this.draw();
      this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#choose(this.#offered[this.#at]);
    }
  };

  #left = () => {
    this.#asked += 1;
    this.#close();
  };

  /** @param {Choice} choice */
  #choose(choice) {
    this.#text = choice.label;
    this.#asked += 1;
    this.#set(choice);
    this.#close();
  }

  /** @param {Choice | undefined} choice */
  #set(choice) {
    this.#chosen = choice;
    this.dispatchEvent(new CustomEvent('choose', { detail: choice }));
  }

  #close() {
    window.clearTimeout(this.#timer);
    this.#offered = [];
    this.#state = 'idle';
    this.#at = -1;
    this.draw();
  }
}

customElements.define('m-picker', Picker);
