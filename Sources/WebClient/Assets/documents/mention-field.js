import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { Completion } from '../messages/completion.js';
import { toWire } from '../messages/wire-text.js';
import { loadNetwork } from '../people/people.js';

/** @typedef {import('../messages/completion').Offer} Offer */

/** Where one writes something short in which people of a network may be mentioned. */
export class MentionField extends View {
  /** @type {Map<string, string>} what stands for each shown name */ #names = new Map();
  /** @type {Set<number> | undefined} nobody is left out until it is known who reads it */ #readers;
  #asked = false;
  #completion = new Completion(() => this.invalidate(), { groups: false });

  /** What was written, as it goes to the server. */
  get value() {
    return toWire(this.field.value.trim(), this.#names);
  }

  get field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea'));
  }

  render() {
    const id = this.getAttribute('field') ?? '';
    const { offers, chosen } = this.#completion;
    return h('div', { class: 'mention-field' },
      h('textarea', {
        id, key: 'text', class: 'form-control', rows: 3, 'aria-autocomplete': 'list', 'aria-controls': offers.length > 0 ? `${id}-mentions` : null,
        'aria-activedescendant': offers.length > 0 ? `${id}-mentions-${chosen}` : null,
        oninput: this.#look, onkeydown: this.#keydown, onfocus: this.#ask, onblur: () => this.#completion.close(),
      }),
      offers.length > 0 && this.#completion.list(`${id}-mentions`, this.#take));
  }

  #ask = () => {
    if (this.#asked) return;
    this.#asked = true;
    loadNetwork(this.number('network') ?? 0).then((people) => { this.#readers = new Set(people.map(({ id }) => id)); }, () => { this.#asked = false; });
  };

  #look = () => this.#completion.look(this.field.value, this.field.selectionStart, this.#readers);

  /** @param {KeyboardEvent} event */
  #keydown = (event) => {
    const { offers, chosen } = this.#completion;
    if (event.isComposing || offers.length === 0) return;
    if (event.key === 'Enter' || event.key === 'Tab') this.#take(offers[chosen]);
    else if (event.key === 'Escape') this.#completion.close();
    else if (!this.#completion.move(event.key)) return;
    // Neither the form nor the panel around it is meant.
    event.preventDefault();
    event.stopPropagation();
    this.invalidate();
  };

  /** @param {Offer} offer */
  #take = (offer) => {
    this.#completion.take(this.field, offer);
    if (offer.mention) this.#names.set(offer.mention.name, offer.mention.wire);
  };
}

customElements.define('m-mention-field', MentionField);
