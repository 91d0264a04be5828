import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { clockTime, fullTime } from '../dom/time.js';
import { app } from '../shell/app.js';
import { avatar } from '../people/avatar.js';
import { nameOf } from '../people/people.js';
import { attachments, namesOf } from '../files/attachments.js';
import { acknowledgement } from '../announcements/acknowledge.js';
import { bodiesInWords, isForMine } from '../networks/sub-bodies.js';
import { reactionBar } from './reactions.js';
import { messageActions } from './message-actions.js';
import { editForm } from './edit-form.js';
import './quote-view.js';
import { isMentioned } from './timeline.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Message} Message */
/** @typedef {import('../wire/protocol').Channel} Channel */
/** @typedef {import('../dom/h').VNode} VNode */

/**
 * How a message is shown here and now.
 * @typedef {object} RowContext
 * @property {Channel} channel
 * @property {boolean} inThread
 * @property {boolean} compact the same author went on writing: no name, no picture
 * @property {boolean} tabbable
 * @property {boolean} withActions
 * @property {boolean} target what a link led to
 * @property {boolean} justSent
 * @property {boolean} editing
 * @property {(message?: number) => void} edit
 */

/** @param {Message} message @param {RowContext} context @returns {VNode} */
export function messageRow(message, context) {
  const { compact, target, tabbable, inThread } = context;
  // One message at a time is on the keyboard's path, with all that is in it; arrows lead to the others.
  const tabindex = tabbable ? null : '-1';
  const mentionsMe = !message.deleted && message.by !== app.me && (isMentioned(message, app.me) || isForMine(message.addressed));
  const classes = ['message', compact && 'is-compact', target && 'is-target', mentionsMe && 'is-mention', message.pinned && 'is-pinned'];
  return h('li', {
    key: message.id, class: classes.filter(Boolean).join(' '), 'data-message': message.id, tabindex: tabbable ? '0' : '-1',
  },
  compact ? h('time', { class: 'message-gutter', datetime: message.at }, clockTime(message.at)) : avatar(message.by),
  h('div', { class: 'message-body' },
    h('div', { class: compact ? 'visually-hidden' : 'message-meta' },
      h('strong', null, nameOf(message.by)),
      h('time', { datetime: message.at, title: fullTime(message.at) }, clockTime(message.at))),
    message.pinned && h('p', { class: 'message-mark' }, icon('it-pin', 'icon-xs'), t('message.pinned')),
    !message.deleted && address(message.addressed, context.channel),
    !message.deleted && message.quotes.map((id) => h('m-quote', { key: `quote ${id}`, channel: message.channel, message: id })),
    content(message, context),
    !message.deleted && [
      attachments(message.files, tabindex),
      message.acknowledge && acknowledgement(message, context.channel),
      reactionBar(message, tabindex),
    ],
    !inThread && message.replies > 0 && h('a', { class: 'thread-link', tabindex, href: `/channels/${message.channel}/threads/${message.id}` },
      icon('it-comment', 'icon-xs'), plural('thread.replies', message.replies)),
    context.justSent && h('p', { class: 'message-state is-sent' }, icon('it-check', 'icon-xs'), t('outbox.sent'))),
  context.withActions && !message.deleted && !context.editing && messageActions(message, context));
}

/**
 * The comuni that it is addressed to.
 * @param {number[] | undefined} addressed
 * @param {Channel} channel
 */
export function address(addressed, channel) {
  return addressed && addressed.length > 0 && h('p', { class: 'message-mark message-address', key: 'address' }, icon('it-pa', 'icon-xs'),
    h('span', null, h('strong', null, t('addressed.to')), ' ', bodiesInWords(addressed, channel.network), isForMine(addressed) && [' · ', h('strong', null, t('addressed.mine'))]));
}

/**
 * Files sent without a word bear their names as text: said once, below.
 * @param {Message} message
 */
function isOnlyFiles({ text, files }) {
  return files.length > 0 && text === namesOf(files);
}

/** @param {Message} message @param {RowContext} context @returns {VNode} */
function content(message, context) {
  if (message.deleted) return h('p', { class: 'message-tombstone' }, t('message.deleted'));
  if (context.editing) return editForm(message, () => context.edit());
  return h('div', { class: 'message-content' },
    !isOnlyFiles(message) && h('div', { class: 'message-text', html: message.html ?? '' }),
    message.edited && h('span', { class: 'message-edited' }, t('message.edited')));
}
