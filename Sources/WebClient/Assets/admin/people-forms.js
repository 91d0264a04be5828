import { h } from '../dom/h.js';
import { askForm } from '../dom/form-dialog.js';
import { app } from '../shell/app.js';
import { findOrganisations } from '../facilitation/settings.js';
import { fold } from '../people/people.js';
import { mandateOptions, roleOptions } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {{ id: number, name: string }} Someone */
/** @typedef {import('../dom/form').Field} Field */

/** @returns {Field[]} */
export function mandateFields(required = true) {
  return [
    { name: 'organisation', label: t('admin.people.organisation'), kind: 'picker', required, find: findOrganisations },
    { name: 'role', label: t('admin.mandate.role'), kind: 'select', required, options: mandateOptions() },
    { name: 'title', label: t('admin.mandate.title'), hint: t('admin.mandate.titleHint'), maxBytes: 200 },
    { name: 'from', label: t('admin.mandate.from'), kind: 'date', hint: t('admin.mandate.fromHint') },
    { name: 'to', label: t('admin.mandate.to'), kind: 'date', hint: t('admin.mandate.toHint'),
      check: (to, { from }) => (to && from && to < from ? t('admin.mandate.toBeforeFrom') : undefined) },
  ];
}

/** @param {Record<string, any>} values */
export function mandateOf({ organisation, role, title, from, to }) {
  return { organisation: organisation.id, role, ...(title?.trim() ? { title: title.trim() } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

/** @param {any} error */
function addressTaken(error) {
  return error?.code === 'conflict' ? { field: 'email', text: t('admin.people.emailTaken') } : undefined;
}

/** @param {any} error */
function rolesRefused(error) {
  if (error?.code !== 'conflict') return undefined;
  return error.refusal?.current?.state === 'short_password' ? { text: t('admin.people.shortPassword') } : { text: t('admin.people.lastAdministrator') };
}

export function askForInvitation() {
  return askForm({
    title: t('admin.people.invite'),
    text: h('p', null, t('admin.people.inviteText')),
    fields: [{ name: 'email', label: t('admin.people.email'), kind: 'email', required: true, check: emailProblem }, ...mandateFields()],
    values: { role: 'employee' },
    action: t('admin.people.inviteAction'),
    submit: (values) => app.command('person.invite', { email: values.email.trim(), mandates: [mandateOf(values)] }),
    refused: addressTaken,
  });
}

export function askForPerson() {
  return askForm({
    title: t('admin.people.create'),
    text: h('p', null, t('admin.people.createText')),
    fields: [
      { name: 'name', label: t('admin.people.fullName'), required: true, maxBytes: 200 },
      { name: 'email', label: t('admin.people.email'), kind: 'email', required: true, check: emailProblem },
      { name: 'language', label: t('admin.people.language'), kind: 'select', required: true, options: [{ value: 'it', label: 'Italiano' }, { value: 'en', label: 'English' }] },
      ...mandateFields(),
    ],
    values: { role: 'employee', language: 'it' },
    action: t('admin.people.createAction'),
    submit: (values) => app.command('person.create', { name: values.name.trim(), email: values.email.trim(), language: values.language, mandates: [mandateOf(values)] }),
    refused: addressTaken,
  });
}

/** @param {Someone} person @param {string[]} roles */
export function askForRoles(person, roles) {
  return askForm({
    title: t('admin.people.rolesTitle', { name: person.name }),
    text: h('p', null, t('admin.people.rolesText')),
    fields: [{ name: 'roles', label: t('admin.people.roles'), kind: 'checks', options: roleOptions() }],
    values: { roles },
    action: t('admin.save'),
    submit: (values) => app.command('person.assignRoles', { person: person.id, roles: values.roles }),
    refused: rolesRefused,
  });
}

/** @param {Someone} person */
export function suspendWithReason(person) {
  return askForm({
    title: t('admin.people.suspendTitle', { name: person.name }),
    text: h('p', null, t('admin.people.suspendText')),
    fields: [{ name: 'reason', label: t('admin.reason'), kind: 'textarea', maxBytes: 500, hint: t('admin.people.suspendHint') }],
    action: t('admin.people.suspend'),
    danger: true,
    submit: ({ reason }) => app.command('person.suspend', { person: person.id, ...(reason?.trim() ? { reason: reason.trim() } : {}) }),
    refused: rolesRefused,
  });
}

/**
 * Erasing cannot be undone: the name is typed first.
 * @param {Someone} person
 */
export function eraseWithCare(person) {
  return askForm({
    title: t('admin.people.eraseTitle', { name: person.name }),
    text: h('p', null, t('admin.people.eraseText')),
    fields: [{ name: 'typed', label: t('admin.people.eraseType', { name: person.name }), required: true,
      check: (typed) => (fold(typed.trim()) === fold(person.name) ? undefined : t('admin.people.eraseMismatch')) }],
    action: t('admin.people.eraseAction'),
    danger: true,
    submit: () => app.command('person.erase', { person: person.id }),
    refused: rolesRefused,
  });
}

/** @param {string} [email] */
function emailProblem(email) {
  return /^\S+@\S+\.\S+$/.test(email?.trim() ?? '') ? undefined : t('admin.people.emailWrong');
}
