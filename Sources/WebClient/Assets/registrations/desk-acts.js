import { h } from '../dom/h.js';
import { confirm } from '../dom/confirm.js';
import { askForm } from '../dom/form-dialog.js';
import { app } from '../shell/app.js';
import { detailOf } from '../people/write-to.js';
import { answerFields, answersOf, noAnswers, refusedAnswer } from './answers.js';
import { refusalText } from './words.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Registration} Registration */
/** @typedef {import('../wire/protocol').Event} Event */
/** @typedef {'approve' | 'reject' | 'checkIn' | 'undo' | 'cancel'} Act */

/** @type {Record<Act, { text: string, states: string[], danger?: boolean }>} */
const ACTS = {
  approve: { text: 'registrations.desk.approve', states: ['requested'] },
  checkIn: { text: 'registrations.desk.checkIn', states: ['confirmed'] },
  undo: { text: 'registrations.desk.undo', states: ['checked_in', 'no_show', 'rejected'] },
  reject: { text: 'registrations.desk.reject', states: ['requested'], danger: true },
  cancel: { text: 'registrations.desk.cancel', states: ['confirmed', 'waitlisted', 'offered', 'invited'], danger: true },
};

export const DESK_ACTS = /** @type {Act[]} */ (Object.keys(ACTS));

/** @param {Act} act @param {Registration} [row] of one, what it takes back is said */
export function actLabel(act, row) {
  if (act === 'undo' && row) return row.state === 'rejected' ? t('registrations.desk.reconsider') : row.state === 'no_show' ? t('registrations.desk.undoAbsence') : t('registrations.desk.undoPresence');
  return t(ACTS[act].text);
}

/** @param {Act} act */
export function isDangerous(act) {
  return ACTS[act].danger === true;
}

/**
 * Whether an act can be done to a registration.
 * @param {Act} act @param {Registration} row @param {Event} event
 */
export function mayAct(act, row, event) {
  if (!ACTS[act].states.includes(row.state)) return false;
  return act !== 'checkIn' && act !== 'approve' || ['published', 'live', 'ended', 'minuted', 'archived'].includes(event.state);
}

/**
 * Whether somebody can be given another place in the queue.
 * @param {Registration} row @param {Event} event
 */
export function mayMove(row, event) {
  return row.state === 'waitlisted' && ['published', 'live', 'ended', 'minuted', 'archived'].includes(event.state);
}

/**
 * Does an act to one registration.
 * @param {Act} act @param {Registration} row @param {string} [reason]
 */
export function doAct(act, row, reason) {
  return app.command(`registration.${act}`, { registration: row.id, ...(reason ? { reason } : {}) });
}

/**
 * Asks what has to be asked before: the reason of a rejection, or whether a place is really to be taken away.
 * @param {Act} act @param {Registration[]} rows
 * @returns {Promise<{ reason?: string } | undefined>} nothing when one thought better of it
 */
export async function askBefore(act, rows) {
  const who = rows.length === 1 ? rows[0].name ?? '' : plural('registrations.desk.people', rows.length);
  if (act === 'reject') {
    const done = await askForm({
      title: t('registrations.desk.rejectTitle', { who }), values: { reason: '' }, action: t('registrations.desk.reject'), danger: true,
      fields: [{ name: 'reason', label: t('registrations.desk.reason'), kind: 'textarea', maxBytes: 500, hint: t('registrations.desk.reasonHint') }],
      submit: async ({ reason }) => reason.trim().replaceAll(/\s+/g, ' '),
    });
    return done && { reason: done.answer };
  }
  if (act === 'cancel') {
    return await confirm({ title: t('registrations.desk.cancelTitle', { who }), text: t('registrations.desk.cancelText'), action: t('registrations.desk.cancel') }) ? {} : undefined;
  }
  return {};
}

/**
 * Registers or invites a colleague.
 * @param {Event} event @param {import('../wire/protocol').FormQuestion[]} questions
 */
export async function addPerson(event, questions) {
  /** @type {Record<string, any>} */
  const values = { how: 'register', ...noAnswers(questions) };
  return askForm({
    title: t('registrations.desk.addTitle'),
    text: h('p', null, t('registrations.desk.addText')),
    values,
    fields: () => [
      { name: 'person', label: t('registrations.desk.person'), kind: 'picker', required: true, find: (text) => findMembers(event.network, text) },
      { name: 'how', label: t('registrations.desk.how'), kind: 'select', required: true, options: [
        { value: 'register', label: t('registrations.desk.howRegister') }, { value: 'invite', label: t('registrations.desk.howInvite') }] },
      ...(values.how === 'register' ? answerFields(questions) : []),
    ],
    action: t('registrations.desk.addAction'),
    submit: ({ person, how }) => how === 'invite'
      ? app.command('registration.invite', { event: event.id, person: person.id })
      : app.command('registration.register', { event: event.id, person: person.id, answers: answersOf(questions, values) }),
    refused: (error) => {
      if (error?.refusal?.fields?.some((/** @type {any} */ { problem }) => problem === 'not_a_member')) return { field: 'person', text: t('registrations.desk.notMember') };
      if (error?.code === 'not_found') return { field: 'person', text: t('registrations.desk.notMember') };
      const words = refusalText(error);
      return refusedAnswer(error) ?? (words ? { text: words } : undefined);
    },
  });
}

/** @param {number} network @param {string} text */
export async function findMembers(network, text) {
  const { people } = await app.query('person.list', { network, text, limit: 8 });
  return people.map((/** @type {any} */ person) => ({ id: person.id, label: person.name, detail: detailOf(person) }));
}
