import { h } from '../dom/h.js';
import { membersOf } from '../channels/members.js';
import { avatar } from '../people/avatar.js';
import { peopleNamed } from '../people/people.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Person} Person */

const MOST_OFFERED = 6;

/**
 * The beginning of a mention just before the caret, if one is being written.
 * @param {string} text
 * @param {number} caret
 * @returns {{ from: number, beginning: string } | undefined}
 */
export function mentionAt(text, caret) {
  const match = /(?:^|[\s(])@([\p{L}'’]{1,30}(?: [\p{L}'’]{0,30})?)$/u.exec(text.slice(0, caret));
  return match ? { from: caret - match[1].length - 1, beginning: match[1] } : undefined;
}

/**
 * In the field a mention reads `@Anna Bianchi`; on the wire it is `@[Anna Bianchi](5)`.
 * @param {string} text
 * @param {Map<string, number>} chosen
 */
export function withMentions(text, chosen) {
  let result = text;
  // Longer names first: "@Anna Bianchi Rossi" is not "@Anna Bianchi" and a surname.
  for (const [name, id] of [...chosen].sort(([a], [b]) => b.length - a.length)) {
    result = result.replaceAll(`@${name}`, `@[${name}](${id})`);
  }
  return result;
}

/**
 * Only who reads the channel can be mentioned in it; until it is known who that is, nobody is left out.
 * @param {string} beginning
 * @param {number} channel
 */
export function offeredFor(beginning, channel) {
  const members = membersOf(channel);
  return peopleNamed(beginning, MOST_OFFERED, ({ id }) => members?.has(id) ?? true);
}

/**
 * @param {string} id
 * @param {Person[]} offered
 * @param {number} chosen
 * @param {(person: Person) => void} choose
 */
export function mentionList(id, offered, chosen, choose) {
  return h('ul', { class: 'mention-list', role: 'listbox', id, 'aria-label': t('mention.list'), key: 'mentions' }, offered.map((person, index) => (
    h('li', {
      key: person.id, id: `${id}-${index}`, role: 'option', 'aria-selected': String(index === chosen),
      // Before the field loses the focus.
      onmousedown: (/** @type {MouseEvent} */ event) => {
        event.preventDefault();
        choose(person);
      },
    }, avatar(person.id), h('span', null, person.name)))));
}
