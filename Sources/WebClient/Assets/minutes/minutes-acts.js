import { h } from '../dom/h.js';
import { confirm } from '../dom/confirm.js';
import { askForm } from '../dom/form-dialog.js';
import { dateOf } from '../dom/time.js';
import { findMembers } from '../registrations/desk-acts.js';
import { app } from '../shell/app.js';
import { showError, showNotice } from '../shell/notices.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./event-minutes').Minutes} Minutes */

/** @param {any} error */
function newer(error) {
  return error?.code === 'conflict' ? { text: t('minutes.newer') } : undefined;
}

/** @param {number} event @param {Minutes | undefined} minutes */
export function write(event, minutes) {
  return askForm({
    title: minutes ? t('minutes.edit') : t('minutes.write'),
    fields: [{ name: 'text', label: t('minutes.text'), kind: 'textarea', required: true, maxBytes: 200_000, hint: t('minutes.textHint') }],
    values: { text: minutes?.text ?? '' },
    action: t('minutes.save'),
    refused: newer,
    submit: ({ text }) => app.command('minutes.write', { event, revision: minutes?.revision ?? 0, text }),
  });
}

/** @param {number} event @param {Minutes} minutes */
export async function share(event, minutes) {
  if (!await confirm({ title: t('minutes.shareTitle'), text: t('minutes.shareText'), action: t('minutes.share') })) return;
  await app.command('minutes.share', { event, revision: minutes.revision }).then(() => showNotice(t('minutes.shared')), showError);
}

/** @param {number} event @param {Minutes} minutes */
export function amend(event, minutes) {
  return askForm({
    title: t('minutes.amend'),
    text: h('p', null, t('minutes.amendText')),
    fields: [{ name: 'text', label: t('minutes.amendment'), kind: 'textarea', required: true, maxBytes: 20_000 }],
    values: { text: '' },
    action: t('minutes.amend'),
    refused: newer,
    submit: ({ text }) => app.command('minutes.amend', { event, revision: minutes.revision, text }),
  });
}

/** @param {number} event @param {Minutes} minutes */
export async function approve(event, minutes) {
  if (!await confirm({ title: t('minutes.approveTitle'), text: t('minutes.approveText'), action: t('minutes.approve') })) return;
  await app.command('minutes.approve', { event, revision: minutes.revision }).then(() => showNotice(t('minutes.approved')), showError);
}

/** @param {number} event @param {import('./event-minutes').Decision[]} decisions */
export function decide(event, decisions) {
  const open = decisions.filter(({ supersededBy }) => !supersededBy);
  return askForm({
    title: t('minutes.decide'),
    fields: [
      { name: 'text', label: t('minutes.decision'), kind: 'textarea', required: true, maxBytes: 10_000 },
      ...(open.length > 0 ? [/** @type {import('../dom/form').Field} */ ({
        name: 'supersedes', label: t('minutes.supersedes'), kind: 'select',
        options: [{ value: '', label: t('minutes.supersedesNone') }, ...open.map(({ id, number }) => ({ value: String(id), label: t('minutes.number', { number }) }))],
      })] : []),
    ],
    values: { text: '', supersedes: '' },
    action: t('minutes.decide'),
    submit: ({ text, supersedes }) => app.command('decision.record', { event, text, ...(supersedes ? { supersedes: Number(supersedes) } : {}) }),
  });
}

/** @param {import('../wire/protocol').Event} event */
export function addAction(event) {
  return askForm({
    title: t('minutes.addAction'),
    fields: [
      { name: 'text', label: t('minutes.task'), required: true, maxBytes: 500 },
      { name: 'owner', label: t('minutes.owner'), kind: 'picker', required: true, find: (text) => findMembers(event.network, text) },
      { name: 'due', label: t('minutes.due'), kind: 'date', required: true },
    ],
    values: { text: '', due: dateOf(new Date(Date.now() + 30 * 86_400_000).toISOString()) },
    action: t('minutes.addAction'),
    submit: ({ text, owner, due }) => app.command('action.add', { event: event.id, text: text.trim(), owner: owner.id, due }),
  });
}

/**
 * Says another text, another day, or hands it to somebody else.
 * @param {{ id: number, network: number, text: string, owner?: { id: number, name: string }, due: string }} action
 */
export function changeAction(action) {
  return askForm({
    title: t('tasks.change'),
    fields: [
      { name: 'text', label: t('minutes.task'), required: true, maxBytes: 500 },
      { name: 'owner', label: t('minutes.owner'), kind: 'picker', required: true, find: (text) => findMembers(action.network, text) },
      { name: 'due', label: t('minutes.due'), kind: 'date', required: true },
    ],
    values: { text: action.text, due: action.due, ...(action.owner ? { owner: { id: action.owner.id, label: action.owner.name } } : {}) },
    action: t('minutes.save'),
    submit: ({ text, owner, due }) => app.command('action.change', { action: action.id, text: text.trim(), owner: owner.id, due }),
  });
}

/**
 * Whether it could be said.
 * @param {number} action @param {boolean} done
 */
export async function setDone(action, done) {
  try {
    await app.command('action.change', { action, done });
    return true;
  } catch (error) {
    showError(error);
    app.community.touch('minutes');
    return false;
  }
}
