import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { nameOf } from '../people/people.js';
import { whoTypes } from './presence.js';
import { plural, t } from '../i18n/i18n.js';

/** Who is writing; keeps its line also when nobody is, so that nothing jumps. */
export class TypingLine extends View {
  topics() {
    return [`typing/${this.number('channel')}`, 'people'];
  }

  render() {
    const people = whoTypes(this.number('channel') ?? 0);
    return h('p', { class: 'typing-line' }, typingText(people));
  }
}

/** @param {number[]} people */
function typingText(people) {
  if (people.length === 0) return '';
  const [first, second] = people.map(nameOf);
  if (people.length === 1) return t('typing.one', { name: first });
  if (people.length === 2) return t('typing.two', { first, second });
  return plural('typing.many', people.length);
}

customElements.define('m-typing-line', TypingLine);
