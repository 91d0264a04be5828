import { askForm } from '../dom/form-dialog.js';
import { app } from '../shell/app.js';
import { warn } from '../events/event-acts.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../dom/form').Field} Field */

/**
 * Where an event meets on the network; for who facilitates.
 * @param {import('../wire/protocol').Event} event
 */
export async function askRoom(event) {
  /** @type {Record<string, any>} */
  const values = { provider: event.room?.provider ?? '', url: event.room?.url ?? '', name: event.room?.name ?? '' };
  const option = (/** @type {string} */ value, /** @type {string} */ label) => ({ value, label });
  const done = await askForm({
    title: t('webinar.room.title'),
    fields: () => /** @type {Field[]} */ ([
      { name: 'provider', label: t('webinar.room.provider'), kind: 'select', options: [option('', t('webinar.room.none')), option('link', t('webinar.room.link')), option('jitsi', 'Jitsi'), option('bigbluebutton', 'BigBlueButton')] },
      values.provider === 'link' && { name: 'url', label: t('webinar.room.url'), required: true, maxBytes: 2000, hint: t('webinar.room.urlHint'), check: notSecure },
      values.provider !== '' && values.provider !== 'link' && { name: 'name', label: t('webinar.room.name'), maxBytes: 100, hint: t('webinar.room.nameHint') },
    ].filter(Boolean)),
    values,
    action: t('webinar.room.save'),
    refused: (error) => (error?.code === 'conflict' ? { text: t('webinar.room.changed') } : undefined),
    submit: () => app.command('event.update', { event: event.id, revision: event.revision, room: roomOf(values) }),
  });
  if (done) await warn(event.id, done.answer);
}

/** @param {any} url */
function notSecure(url) {
  return String(url).trim().startsWith('https://') ? undefined : t('webinar.room.notSecure');
}

/**
 * The room as the command wants it.
 * @param {Record<string, any>} values
 */
function roomOf({ provider, url, name }) {
  if (!provider) return null;
  if (provider === 'link') return { provider, url: url.trim() };
  return { provider, ...(name.trim() ? { name: name.trim() } : {}) };
}
