import { h } from '../dom/h.js';
import { confirm } from '../dom/confirm.js';
import { askForm } from '../dom/form-dialog.js';
import { zoneName } from '../dom/time.js';
import { app } from '../shell/app.js';
import { showError, showNotice } from '../shell/notices.js';
import { go } from '../shell/router.js';
import { timeFields, timesOf, timeValues } from './event-values.js';
import { when } from './when.js';
import { clashInWords } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */

/**
 * What who runs a network may do with one of its events.
 * @param {Event} event
 */
export function actsOf(event) {
  const ahead = ['draft', 'published', 'postponed'].includes(event.state);
  const act = (/** @type {string} */ key, /** @type {string} */ label, /** @type {() => void} */ onclick, look = 'btn-outline-primary') => (
    h('button', { type: 'button', key, class: `btn ${look} btn-sm`, onclick }, label));
  return [
    event.state === 'draft' && act('publish', t('events.act.publish'), () => void publish(event), 'btn-primary'),
    !['cancelled', 'archived'].includes(event.state) && h('a', { class: 'btn btn-outline-primary btn-sm', key: 'edit', href: `/events/${event.id}/edit` }, t('events.act.edit')),
    event.state !== 'draft' && h('a', { class: 'btn btn-outline-primary btn-sm', key: 'desk', href: `/events/${event.id}/desk` }, t('events.act.desk')),
    ahead && event.state !== 'draft' && act('move', t('events.act.move'), () => void move(event)),
    act('duplicate', t('events.act.duplicate'), () => void duplicate(event)),
    event.state === 'published' && act('postpone', t('events.act.postpone'), () => void withReason(event, 'event.postpone')),
    [...['draft', 'published', 'postponed'], 'live'].includes(event.state) && act('cancel', t('events.act.cancel'), () => void withReason(event, 'event.cancel'), 'btn-outline-danger'),
    ['ended', 'minuted', 'cancelled'].includes(event.state) && act('archive', t('events.act.archive'), () => void archive(event)),
  ];
}

/** @param {Event} event */
async function publish(event) {
  if (!await confirm({ title: t('events.publishTitle'), text: t('events.publishText', { title: event.title, when: when(event) }), action: t('events.act.publish') })) return;
  await app.command('event.publish', { event: event.id, revision: event.revision }).then(() => showNotice(t('events.published')), showError);
}

/** @param {Event} event */
async function archive(event) {
  await app.command('event.archive', { event: event.id, revision: event.revision }).then(() => showNotice(t('events.archived')), showError);
}

/** @param {Event} event @param {'event.cancel' | 'event.postpone'} command */
function withReason(event, command) {
  const off = command === 'event.cancel';
  return askForm({
    title: off ? t('events.cancelTitle') : t('events.postponeTitle'),
    text: h('p', null, off ? t('events.cancelText') : t('events.postponeText')),
    fields: [{ name: 'reason', label: t('events.reason'), kind: 'textarea', required: true, maxBytes: 1000, hint: t('events.reasonHint') }],
    values: { reason: '' },
    action: off ? t('events.act.cancel') : t('events.act.postpone'),
    danger: off,
    submit: ({ reason }) => app.command(command, { event: event.id, revision: event.revision, reason: reason.trim().replaceAll(/\s+/g, ' ') }),
  });
}

/** @param {Event} event */
async function move(event) {
  /** @type {Record<string, any>} */
  const values = { ...timeValues(event), reason: '' };
  const zone = event.start.zone ?? zoneName();
  const done = await askForm({
    title: t('events.moveTitle'),
    text: h('p', null, t('events.moveText', { when: when(event) })),
    fields: () => /** @type {import('../dom/form').Field[]} */ ([...timeFields(values, zone), { name: 'reason', label: t('events.reason'), kind: 'textarea', maxBytes: 1000, hint: t('events.reasonHint') }]),
    values,
    action: t('events.act.move'),
    submit: ({ reason }) => app.command('event.reschedule', {
      event: event.id, revision: event.revision, ...timesOf(values, zone), ...(reason.trim() ? { reason: reason.trim().replaceAll(/\s+/g, ' ') } : {}),
    }),
  });
  if (done) await warn(event.id, done.answer);
}

/** @param {Event} event */
async function duplicate(event) {
  // The same hours, of a day to be chosen.
  /** @type {Record<string, any>} */
  const values = timeValues(event);
  const zone = event.start.zone ?? zoneName();
  const done = await askForm({
    title: t('events.duplicateTitle'),
    text: h('p', null, t('events.duplicateText')),
    fields: () => timeFields(values, zone),
    values,
    action: t('events.act.duplicate'),
    submit: () => app.command('event.duplicate', { event: event.id, ...timesOf(values, zone) }),
  });
  if (!done) return;
  go(`/events/${done.answer.id}`);
  await warn(done.answer.id, done.answer, t('events.duplicated'));
}

/**
 * Says that it is saved; and what is wanted twice, and asks why that is right: the reason is logged.
 * @param {number} event
 * @param {{ revision: number, warnings?: import('../wire/protocol').EventClash[] }} answer
 * @param {string} [saved]
 */
export async function warn(event, { revision, warnings = [] }, saved = t('events.saved')) {
  showNotice(saved);
  if (warnings.length === 0) return;
  const done = await askForm({
    title: t('events.clashTitle'),
    text: [h('p', { key: 'saved' }, t('events.clashText')), h('ul', { class: 'rule-list', key: 'clashes' }, warnings.map((clash, index) => h('li', { key: index }, clashInWords(clash))))],
    fields: [{ name: 'reason', label: t('events.clashReason'), kind: 'textarea', required: true, maxBytes: 500, hint: t('events.clashHint') }],
    values: { reason: '' },
    action: t('events.clashRight'),
    submit: ({ reason }) => app.command('event.update', { event, revision, override: { reason: reason.trim().replaceAll(/\s+/g, ' ') } }),
  });
  if (done) showNotice(t('events.clashLogged'));
}
