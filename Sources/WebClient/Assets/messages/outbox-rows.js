import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { clockTime } from '../dom/time.js';
import { app } from '../shell/app.js';
import { avatar } from '../people/avatar.js';
import { nameOf } from '../people/people.js';
import { address } from './message-row.js';
import { attachments } from '../files/attachments.js';
import { errorText } from '../shell/errors.js';
import { knownSeq } from '../store/saved-state.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/outbox').OutboxEntry} OutboxEntry */
/** @typedef {import('./timeline').Timeline} Timeline */

/**
 * What was written here and is not in the timeline yet.
 * @param {Timeline} timeline
 * @returns {OutboxEntry[]}
 */
export function pendingEntries(timeline) {
  const seq = knownSeq();
  /** @type {Set<number>} */
  const taken = new Set();
  return app.outbox.entriesOf(timeline.channel, timeline.thread).filter((entry) => {
    if (entry.state === 'sent') return entry.id !== undefined && !timeline.find(entry.id) && entry.id > seq;
    // The update may come before the reply: then the message is there twice for a moment, and is shown once.
    const echo = timeline.messages.find((message) => message.by === entry.person && message.id > entry.after
      && message.text === entry.body.text && !app.outbox.sentIds.has(message.id) && !taken.has(message.id));
    if (echo) taken.add(echo.id);
    return !echo;
  });
}

/** @param {OutboxEntry} entry */
export function outboxRow(entry) {
  const failed = entry.state === 'failed';
  return h('li', { key: entry.nonce, class: `message is-pending${failed ? ' is-failed' : ''}` },
    avatar(entry.person),
    h('div', { class: 'message-body' },
      h('div', { class: 'message-meta' }, h('strong', null, nameOf(entry.person)), h('time', { datetime: entry.at }, clockTime(entry.at))),
      entryAddress(entry),
      h('div', { class: 'message-text is-plain' }, entry.body.text.replace(/@\[([^\]]+)\]\(\d+\)/g, '@$1')),
      attachments(entry.files),
      failed
        ? h('p', { class: 'message-state is-failed', role: 'alert' }, icon('it-warning-circle', 'icon-xs'),
          h('span', null, t('outbox.failed', { why: errorText({ code: entry.error }) })),
          h('button', { type: 'button', class: 'link-button', onclick: () => app.outbox.retry(entry.nonce) }, t('state.retry')),
          h('button', { type: 'button', class: 'link-button', onclick: () => app.outbox.discard(entry.nonce) }, t('outbox.discard')))
        : h('p', { class: 'message-state' }, icon('it-clock', 'icon-xs'), t('outbox.waiting'))));
}

/** @param {OutboxEntry} entry */
function entryAddress(entry) {
  const channel = app.state.channels.get(entry.body.channel);
  return channel && address(entry.body.addressed, channel);
}
