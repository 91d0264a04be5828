import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { clockTime } from '../dom/time.js';
import { filtered } from './desk-list.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Registration} Registration */

const MOST_SHOWN = 40;

/**
 * At the door, with a phone: find the name, press once.
 * @param {{ rows: Registration[], text: string, busy: Set<number>, onsearch: (text: string) => void, oncome: (row: Registration) => void, onundo: (row: Registration) => void }} door
 */
export function checkIn({ rows, text, busy, onsearch, oncome, onundo }) {
  const expected = rows.filter(({ state }) => state === 'confirmed' || state === 'checked_in');
  const here = expected.filter(({ state }) => state === 'checked_in').length;
  const found = filtered(expected, 'all', text).sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'it'));
  return h('div', { class: 'check-in', key: 'door' },
    h('p', { class: 'check-in-count', role: 'status', key: 'count' }, h('strong', null, String(here)), ' ', plural('registrations.door.count', here, { expected: expected.length })),
    h('progress', { max: Math.max(1, expected.length), value: here, key: 'progress', 'aria-label': t('registrations.door.progress') }),
    h('div', { class: 'field', key: 'search' }, h('label', { for: 'check-in-text' }, t('registrations.door.search')),
      h('input', { id: 'check-in-text', type: 'search', class: 'form-control', autocomplete: 'off', autocapitalize: 'words', enterkeyhint: 'search', '.value': text,
        oninput: (/** @type {Event} */ event) => onsearch(/** @type {HTMLInputElement} */ (event.currentTarget).value) })),
    expected.length === 0 ? h('p', { class: 'state-text', role: 'status', key: 'none' }, t('registrations.door.none'))
      : found.length === 0 ? h('p', { class: 'state-text', role: 'status', key: 'nobody' }, t('registrations.door.nobody'))
        : h('ul', { class: 'check-in-list', key: 'list' }, found.slice(0, MOST_SHOWN).map((row) => person(row, busy.has(row.id), oncome, onundo))),
    found.length > MOST_SHOWN && h('p', { class: 'field-hint', key: 'more' }, plural('registrations.door.more', found.length - MOST_SHOWN)));
}

/** @param {Registration} row @param {boolean} isBusy @param {(row: Registration) => void} oncome @param {(row: Registration) => void} onundo */
function person(row, isBusy, oncome, onundo) {
  const name = h('span', { class: 'visually-hidden' }, ` ${row.name ?? ''}`);
  const isHere = row.state === 'checked_in';
  return h('li', { key: row.id, class: isHere ? 'is-here' : null },
    h('span', { class: 'check-in-name' }, row.name ?? '',
      isHere && h('span', { class: 'cell-detail', key: 'at' }, icon('it-check', 'icon-sm'), ' ', row.changed ? t('registrations.door.since', { at: clockTime(row.changed) }) : t('registrations.state.checkedIn'))),
    isHere
      ? h('button', { type: 'button', key: 'undo', class: 'btn btn-outline-primary', disabled: isBusy, onclick: () => onundo(row) }, t('registrations.door.undo'), name)
      : h('button', { type: 'button', key: 'come', class: 'btn btn-primary', disabled: isBusy, onclick: () => oncome(row) }, t('registrations.door.come'), name));
}
