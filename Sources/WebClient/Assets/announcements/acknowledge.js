import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { app } from '../shell/app.js';
import { tell } from '../dom/ask.js';
import { failure } from '../dom/controls.js';
import { isFacilitator } from '../channels/names.js';
import { showError } from '../shell/notices.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Message} Message */

/**
 * An announcement that asks to be confirmed. The update goes to the facilitators' desk alone,
 * so the reader's own act is noted here at once.
 * @param {Message} message
 * @param {import('../wire/protocol').Channel} channel
 */
export function acknowledgement(message, channel) {
  const who = isFacilitator(channel) && h('button', { type: 'button', class: 'link-button', key: 'who', onclick: () => void showWho(message) }, t('acknowledge.who'));
  if (message.by === app.me) return h('p', { class: 'acknowledge is-asked' }, icon('it-info-circle', 'icon-sm'), t('acknowledge.asked'), who);
  if (hasAcknowledged(message)) return h('p', { class: 'acknowledge is-done' }, icon('it-check-circle', 'icon-sm'), t('acknowledge.done'), who);
  return h('p', { class: 'acknowledge' },
    h('button', { type: 'button', class: 'btn btn-primary btn-xs', onclick: () => void acknowledge(message) }, t('acknowledge.action')),
    h('span', null, t('acknowledge.wanted')), who);
}

/**
 * Who has confirmed, and who has not yet.
 * @param {Message} message
 */
async function showWho(message) {
  const show = tell(t('acknowledge.who'), h('p', { class: 'state-text', role: 'status' }, t('people.loading')));
  const load = async () => {
    try {
      const { people, missing } = await app.query('announcement.acknowledgements', { message: message.id });
      show([names('done', plural('acknowledge.people', people.length), people), names('missing', plural('acknowledge.missing', missing.length), missing)]);
    } catch {
      show(failure(t('people.failed'), () => void load()));
    }
  };
  await load();
}

/** @param {string} key @param {string} title @param {{ id: number, name: string }[]} people */
function names(key, title, people) {
  return h('section', { key }, h('h3', { class: 'h6' }, title), h('ul', { class: 'name-list' }, people.map(({ id, name }) => h('li', { key: id }, name))));
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
