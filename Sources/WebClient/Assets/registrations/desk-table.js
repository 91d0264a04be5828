import { h } from '../dom/h.js';
import { dataTable } from '../dom/table.js';
import { shortTime } from '../dom/time.js';
import { nameOf } from '../people/people.js';
import { answerText } from './answers.js';
import { actLabel, DESK_ACTS, isDangerous, mayAct, mayMove } from './desk-acts.js';
import { stateTag } from './words.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Registration} Registration */
/** @typedef {import('../wire/protocol').FormQuestion} Question */
/** @typedef {import('../wire/protocol').Event} Event */

/**
 * Those who registered, with what can be done to each.
 * @param {{ event: Event, rows: Registration[], questions: Question[], chosen: Set<number>, busy: boolean, isDormant: boolean,
 *   onchoose: (row: Registration, isChosen: boolean) => void, onmove: (row: Registration) => void, onact: (act: import('./desk-acts').Act, row: Registration) => void }} desk
 */
export function deskTable({ event, rows, questions, chosen, busy, isDormant, onchoose, onmove, onact }) {
  /** @type {(import('../dom/table').Column<Registration> | false)[]} */
  const columns = [
    { key: 'name', title: t('registrations.desk.name'), names: true, cell: (row) => h('span', { class: 'desk-name' },
      !isDormant && h('label', { class: 'row-choice', key: 'choose' }, h('span', { class: 'visually-hidden' }, t('registrations.desk.chooseOne', { name: row.name ?? '' })),
        h('input', { type: 'checkbox', '.checked': chosen.has(row.id), onchange: (/** @type {InputEvent} */ change) => onchoose(row, /** @type {HTMLInputElement} */ (change.currentTarget).checked) })),
      h('a', { href: `/people/${row.person}`, key: 'name' }, row.name ?? '')) },
    { key: 'state', title: t('registrations.desk.state'), cell: (row) => [stateTag(row.state), ...details(row).map((detail, index) => h('span', { class: 'cell-detail', key: index }, detail))] },
    { key: 'at', title: t('registrations.desk.at'), cell: (row) => [row.at ? shortTime(row.at) : '–',
      row.createdBy !== undefined && h('span', { class: 'cell-detail', key: 'by' }, t('registrations.desk.by', { name: nameOf(row.createdBy) }))] },
    questions.length > 0 && { key: 'answers', title: t('registrations.desk.answers'), cell: (row) => answersShown(row, questions) },
    !isDormant && { key: 'acts', title: t('table.acts'), acts: true, cell: (row) => [
      mayMove(row, event) && h('button', { type: 'button', key: 'move', class: 'act-button', disabled: busy, onclick: () => onmove(row) },
        t('registrations.move.act'), h('span', { class: 'visually-hidden' }, ` ${row.name ?? ''}`)),
      ...DESK_ACTS.filter((act) => mayAct(act, row, event)).map((act) => (
        h('button', { type: 'button', key: act, class: `act-button ${isDangerous(act) ? 'is-danger' : ''}`, disabled: busy, onclick: () => onact(act, row) },
          actLabel(act, row), h('span', { class: 'visually-hidden' }, ` ${row.name ?? ''}`))))] },
  ];
  return dataTable({ caption: t('registrations.desk.caption'), rows, id: ({ id }) => id, columns: /** @type {any} */ (columns.filter(Boolean)) });
}

/** @param {Registration} row @param {Question[]} questions */
function answersShown(row, questions) {
  const given = questions.map((question) => ({ question, text: answerText(question, row.answers?.[question.name]) })).filter(({ text }) => text !== '');
  if (given.length === 0) return '–';
  return given.map(({ question, text }) => h('span', { class: 'cell-part', key: question.name },
    questions.length > 1 && h('span', { class: 'cell-detail' }, local(question.label)), text));
}

/** @param {Registration} row */
function details(row) {
  return [
    row.state === 'waitlisted' && row.position !== undefined && t('registrations.position', { position: row.position }),
    row.state === 'offered' && row.expires && t('registrations.desk.until', { at: shortTime(row.expires) }),
    row.reason && t('registrations.reason', { reason: row.reason }),
  ].filter((text) => typeof text === 'string' && text !== '');
}
