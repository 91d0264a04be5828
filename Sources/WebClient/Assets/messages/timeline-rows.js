import { h } from '../dom/h.js';
import { clockTime, dayKey, dayName } from '../dom/time.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Message} Message */
/** @typedef {import('../dom/h').VNode} VNode */

const SAME_BREATH_MS = 5 * 60_000;

/**
 * Messages with the days between them and the line above what is new.
 * @param {Message[]} messages
 * @param {{ after: number | undefined, count: number }} since the last message read when the channel was opened, and how many came after it
 * @param {number | undefined} me
 * @param {(message: Message, compact: boolean) => VNode} row
 * @returns {VNode[]}
 */
export function timelineRows(messages, since, me, row) {
  /** @type {VNode[]} */
  const rows = [];
  /** @type {Message | undefined} */
  let before;
  let lineDrawn = since.after === undefined;
  for (const message of messages) {
    const newDay = !before || dayKey(before.at) !== dayKey(message.at);
    if (newDay) rows.push(h('li', { key: `day ${message.id}`, class: 'day-line' }, h('span', null, dayName(message.at))));
    const startsNew = !lineDrawn && message.id > (since.after ?? 0) && message.by !== me;
    if (startsNew) {
      lineDrawn = true;
      rows.push(h('li', { key: 'new', class: 'new-line' }, h('span', null, newSince(message, since.count))));
    }
    rows.push(row(message, !newDay && !startsNew && inOneBreath(before, message)));
    before = message;
  }
  return rows;
}

/** @param {Message} first @param {number} count */
function newSince(first, count) {
  const when = { day: dayName(first.at), time: clockTime(first.at) };
  return count > 0 ? plural('timeline.newSince', count, when) : t('timeline.new', when);
}

/** @param {Message | undefined} before @param {Message} message */
function inOneBreath(before, message) {
  return before !== undefined && before.by === message.by && !before.deleted && !message.deleted && !message.pinned
    && Date.parse(message.at) - Date.parse(before.at) < SAME_BREATH_MS;
}

/**
 * Where "new" begins: after the marker if it is known, else before as many messages as are unread.
 * @param {Message[]} messages
 * @param {import('../wire/protocol').Channel} channel
 * @param {number | undefined} me
 * @returns {number | undefined} the last message that was read
 */
export function lastRead(messages, channel, me) {
  if (channel.unread === 0) return undefined;
  if (channel.upTo !== undefined) return channel.upTo;
  let left = channel.unread;
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index];
    if (message.by !== me && !message.deleted) left -= 1;
    if (left === 0) return message.id - 1;
  }
  return 0;
}
