import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Message} Message */

/**
 * An announcement that asks to be confirmed. The update goes to the facilitators' desk alone,
 * so the reader's own act is noted here at once.
 * @param {Message} message
 */
export function acknowledgement(message) {
  if (message.by === app.me) return h('p', { class: 'acknowledge is-asked' }, icon('it-info-circle', 'icon-sm'), t('acknowledge.asked'));
  if (hasAcknowledged(message)) return h('p', { class: 'acknowledge is-done' }, icon('it-check-circle', 'icon-sm'), t('acknowledge.done'));
  return h('p', { class: 'acknowledge' },
    h('button', { type: 'button', class: 'btn btn-primary btn-xs', onclick: () => void acknowledge(message) }, t('acknowledge.action')),
    h('span', null, t('acknowledge.wanted')));
}

/** @param {Message} message */
function hasAcknowledged(message) {
  const given = /** @type {any} */ (message.acknowledged);
  return Array.isArray(given) ? given.includes(app.me) : given === true;
}

/** @param {Message} message */
async function acknowledge(message) {
  try {
    const { id, channel } = message;
    await app.command('announcement.acknowledge', { message: id });
    app.community.applyNote('announcement.acknowledged', { message: id, channel, person: app.me });
  } catch (error) {
    showError(error);
  }
}
