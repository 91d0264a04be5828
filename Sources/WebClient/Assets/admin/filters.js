import { h } from '../dom/h.js';

const GATHER_MS = 250;

/**
 * What a list is narrowed to. Typing is gathered, so that a list is not asked at each letter.
 * @template {Record<string, any>} Values
 */
export class Filters {
  /** @type {Values} */ values;
  #timer = 0;
  /** @type {() => void} */ #changed;
  /** @type {string} */ #id;

  /** @param {string} id @param {Values} values @param {() => void} changed */
  constructor(id, values, changed) {
    this.#id = id;
    this.values = values;
    this.#changed = changed;
  }

  /** @param {string} name @param {any} value @param {number} [afterMs] */
  #set(name, value, afterMs = 0) {
    this.values = { ...this.values, [name]: value };
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(this.#changed, afterMs);
  }

  /** @param {string} name @param {string} label */
  text(name, label) {
    return this.#field(name, label, h('input', { id: this.#name(name), type: 'search', class: 'form-control', autocomplete: 'off', '.value': this.values[name] ?? '',
      oninput: (/** @type {Event} */ event) => this.#set(name, /** @type {HTMLInputElement} */ (event.currentTarget).value, GATHER_MS) }));
  }

  /** @param {string} name @param {string} label */
  date(name, label) {
    return this.#field(name, label, h('input', { id: this.#name(name), type: 'date', class: 'form-control', '.value': this.values[name] ?? '',
      onchange: (/** @type {Event} */ event) => this.#set(name, /** @type {HTMLInputElement} */ (event.currentTarget).value) }));
  }

  /** @param {string} name @param {string} label @param {{ value: string, label: string }[]} options */
  choice(name, label, options) {
    return this.#field(name, label, h('select', { id: this.#name(name), class: 'form-control',
      onchange: (/** @type {Event} */ event) => this.#set(name, /** @type {HTMLSelectElement} */ (event.currentTarget).value) },
    options.map((option) => h('option', { key: option.value, value: option.value, '.selected': option.value === (this.values[name] ?? '') }, option.label))));
  }

  /** @param {string} name @param {string} label @param {(text: string) => Promise<import('../dom/form').Choice[]>} find */
  picker(name, label, find) {
    return this.#field(name, label, h('m-picker', { 'field-id': this.#name(name), '.find': find, '.chosen': this.values[name],
      onchoose: (/** @type {CustomEvent} */ event) => this.#set(name, event.detail) }));
  }

  /** @param {string} name */
  #name(name) {
    return `${this.#id}-${name}`;
  }

  /** @param {string} name @param {string} label @param {import('../dom/h').VNode} control */
  #field(name, label, control) {
    return h('div', { class: 'field', key: name }, h('label', { for: this.#name(name) }, label), control);
  }
}

/**
 * Only what was chosen.
 * @param {Record<string, any>} values
 */
export function given(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '' && value !== null));
}
