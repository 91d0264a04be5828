import { h } from '../dom/h.js';
import { iconButton } from '../dom/controls.js';
import { findMembers } from '../registrations/desk-acts.js';
import { t } from '../i18n/i18n.js';

/**
 * Several people of a network, one after the other.
 * @param {number} network
 * @param {string} label
 * @param {number[]} [without] who is there already and is not offered
 * @returns {(asking: import('../dom/form-controls').Asking) => import('../dom/h').VNode}
 */
export function peopleList(network, label, without = []) {
  let refocus = false;
  return ({ id, value, problem, describedBy, change }) => {
    /** @type {import('../dom/form').Choice[]} */
    const people = value ?? [];
    return h('div', { class: 'named-list' },
      people.length > 0 && h('ul', { class: 'named-entries', key: 'entries' }, people.map((person) => h('li', { key: person.id },
        h('span', { class: 'named-name' }, person.label, person.detail && h('span', { class: 'card-detail' }, person.detail)),
        iconButton('it-close', t('solutions.leaveOut', { name: person.label }), { onclick: () => change(people.filter((one) => one !== person)) })))),
      people.length < 20 && h('div', { key: `pick ${people.length}` }, h('label', { class: 'visually-hidden', for: `${id}-pick` }, label),
        h('m-picker', {
          'field-id': `${id}-pick`, 'described-by': describedBy, invalid: Boolean(problem), '.find': async (/** @type {string} */ text) => (await findMembers(network, text)).filter((/** @type {{ id: number }} */ { id: found }) => !without.includes(found)),
          ref: (/** @type {HTMLElement} */ picker) => { if (refocus) queueMicrotask(() => picker.querySelector('input')?.focus()); refocus = false; },
          onchoose: (/** @type {CustomEvent} */ event) => {
            if (!event.detail || people.some((one) => one.id === event.detail.id)) return;
            refocus = true;
            change([...people, event.detail]);
          },
        })));
  };
}
