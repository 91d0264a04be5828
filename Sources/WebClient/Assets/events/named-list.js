import { h } from '../dom/h.js';
import { iconButton } from '../dom/controls.js';
import { t } from '../i18n/i18n.js';

/** @typedef {{ ref?: number, name: string, title: string }} Named one whom the community knows by `ref`, or a bare name */
/** @typedef {{ pick: string, free: string, add: string, remove: string, title?: string, most: number }} Words */

/**
 * A list of those whom the community knows, found as one types, and of names from elsewhere.
 * @param {{ find: (text: string) => Promise<import('../dom/form').Choice[]>, words: Words, redraw: () => void }} how
 * @returns {(asking: import('../dom/form-controls').Asking) => import('../dom/h').VNode}
 */
export function namedList({ find, words, redraw }) {
  let typed = '';
  let refocus = false;
  return ({ id, value, problem, describedBy, change }) => {
    /** @type {Named[]} */
    const entries = value ?? [];
    const set = (/** @type {Named[]} */ next) => {
      change(next);
      redraw();
    };
    const addTyped = () => {
      if (typed.trim() === '') return;
      const name = typed.trim();
      typed = '';
      set([...entries, { name, title: '' }]);
    };
    const isFull = entries.length >= words.most;
    return h('div', { class: 'named-list' },
      entries.length > 0 && h('ol', { class: 'named-entries', key: 'entries' }, entries.map((entry, index) => h('li', { key: `${entry.ref ?? entry.name} ${index}` },
        h('span', { class: 'named-name' }, entry.name),
        words.title && h('input', {
          type: 'text', class: 'form-control', 'aria-label': `${words.title}: ${entry.name}`, placeholder: words.title, '.value': entry.title,
          oninput: (/** @type {Event} */ event) => { entry.title = /** @type {HTMLInputElement} */ (event.currentTarget).value; change(entries); } }),
        iconButton('it-close', `${words.remove}: ${entry.name}`, { onclick: () => set(entries.filter((one) => one !== entry)) })))),
      !isFull && h('div', { class: 'named-add', key: 'add' },
        h('div', { key: 'pick' }, h('label', { class: 'named-label', for: `${id}-pick` }, words.pick),
          // A new picker for the next one.
          h('m-picker', { key: entries.length, 'field-id': `${id}-pick`, 'described-by': describedBy, invalid: Boolean(problem), '.find': find,
            ref: (/** @type {HTMLElement} */ picker) => { if (refocus) queueMicrotask(() => picker.querySelector('input')?.focus()); refocus = false; },
            onchoose: (/** @type {CustomEvent} */ event) => {
              if (!event.detail || entries.some(({ ref }) => ref === event.detail.id)) return;
              refocus = true;
              set([...entries, { ref: event.detail.id, name: event.detail.label, title: '' }]);
            } })),
        h('div', { key: 'free' }, h('label', { class: 'named-label', for: `${id}-free` }, words.free),
          h('div', { class: 'named-free' },
            h('input', { id: `${id}-free`, type: 'text', class: 'form-control', autocomplete: 'off', maxlength: 150, '.value': typed,
              oninput: (/** @type {Event} */ event) => { typed = /** @type {HTMLInputElement} */ (event.currentTarget).value; },
              onkeydown: (/** @type {KeyboardEvent} */ event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                addTyped();
              } }),
            h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: addTyped }, words.add)))));
  };
}

/** What is said about those who speak. */
export function speakerWords() {
  return { pick: t('events.form.speakerPick'), free: t('events.form.speakerFree'), add: t('events.form.add'), remove: t('events.form.remove'), title: t('events.form.speakerTitle'), most: 50 };
}

/** What is said about those who run an event. */
export function organiserWords() {
  return { pick: t('events.form.organiserPick'), free: t('events.form.organiserFree'), add: t('events.form.add'), remove: t('events.form.remove'), most: 20 };
}
