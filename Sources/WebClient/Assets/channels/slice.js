import { idsOf } from '../networks/slice.js';
import { findMessage } from '../messages/slice.js';
import { isMentioned } from '../messages/timeline.js';

/** @typedef {import('../store/state').Slice} Slice */
/** @typedef {import('../store/state').State} State */
/** @typedef {import('../store/state').Touch} Touch */
/** @typedef {import('../wire/protocol').Channel} Channel */

/** @type {Slice} */
export const channels = {
  snapshot(state, snapshot, touch) {
    for (const channel of snapshot.channels) state.channels.set(channel.id, channel);
    touch('channels');
  },

  updates: {
    'channel.created'(state, { data }, touch) {
      if (state.channels.has(data.id)) return;
      const { history, ...fields } = data;
      state.channels.set(data.id, { ...fields, member: false, unread: 0, mentions: 0 });
      touch('channels');
    },

    // Another network's channel that one of ours has taken, or has no more.
    'channel.shared'(state, { data }, touch) {
      if (state.channels.has(data.id)) return;
      const { history, with: taker, ...fields } = data;
      state.channels.set(data.id, { ...fields, member: false, unread: 0, mentions: 0 });
      touch('channels');
    },

    'channel.unshared'(state) {
      state.doubts.add('lists');
    },

    'channel.changed'(state, { data }, touch) {
      const { history, ...fields } = data;
      // A rule of replies that is left out is none.
      change(state, data.id, touch, ({ replies, ...channel }) => ({ ...channel, ...fields }));
    },

    'channel.archived'(state, { data }, touch) {
      change(state, data.id, touch, (channel) => ({ ...channel, archived: true }));
    },

    'channel.joined'(state, { data, seq }, touch) {
      if (data.person !== state.me?.id) return;
      // Whoever is invited to a private channel hears of it here.
      const known = state.channels.get(data.channel) ?? data.about;
      if (!known) {
        state.doubts.add('lists');
        return;
      }
      // If there is something to read already, a `channel.marked` follows.
      const { history, ...fields } = known;
      state.channels.set(data.channel, { ...fields, member: true, unread: 0, mentions: 0, upTo: seq });
      touch('channels');
    },

    'channel.left'(state, { data }, touch) {
      if (data.person === state.me?.id) loseChannel(state, data.channel, touch);
    },

    'access.lost'(state, { data }, touch) {
      for (const id of idsOf('channel', data.streams)) loseChannel(state, id, touch);
    },

    'channel.marked'(state, { data }, touch) {
      change(state, data.channel, touch, (channel) => (
        { ...channel, unread: data.unread, mentions: data.mentions, upTo: data.upTo }));
    },

    'message.posted'(state, { data, by }, touch) {
      const me = state.me?.id;
      if (by === me) return;
      const mentioned = isMentioned(data, me) ? 1 : 0;
      change(state, data.channel, touch, (channel) => (
        { ...channel, unread: channel.unread + 1, mentions: channel.mentions + mentioned }));
    },

    'message.edited'(state, { data, by }, touch) {
      if (by === state.me?.id) return;
      const channel = state.channels.get(data.channel);
      if (!channel || isRead(channel, data.id)) return;
      const before = findMessage(state, data.channel, data.id);
      if (!before) {
        state.doubts.add('counts');
        return;
      }
      const difference = Number(isMentioned(data, state.me?.id)) - Number(isMentioned(before, state.me?.id));
      change(state, data.channel, touch, (known) => ({ ...known, mentions: known.mentions + difference }));
    },

    'message.deleted'(state, { data }, touch) {
      const channel = state.channels.get(data.channel);
      if (!channel || channel.unread === 0 || isRead(channel, data.id)) return;
      const before = findMessage(state, data.channel, data.id);
      // Without the message in hand one cannot tell whose it was, nor whom it mentioned.
      if (!before || channel.upTo === undefined) {
        state.doubts.add('counts');
        return;
      }
      if (before.deleted || before.by === state.me?.id) return;
      const mentioned = isMentioned(before, state.me?.id) ? 1 : 0;
      change(state, data.channel, touch, (known) => (
        { ...known, unread: Math.max(0, known.unread - 1), mentions: Math.max(0, known.mentions - mentioned) }));
    },
  },
};

/** @param {Channel} channel @param {number} message */
function isRead(channel, message) {
  return channel.upTo !== undefined && message <= channel.upTo;
}

/**
 * @param {State} state
 * @param {number} id
 * @param {Touch} touch
 * @param {(channel: Channel) => Channel} next
 */
function change(state, id, touch, next) {
  const channel = state.channels.get(id);
  if (!channel) return;
  state.channels.set(id, next(channel));
  touch('channels');
}

/**
 * @param {State} state
 * @param {number} id
 * @param {Touch} touch
 */
function loseChannel(state, id, touch) {
  const channel = state.channels.get(id);
  if (!channel) return;
  if (channel.kind === 'private' || channel.kind === 'direct') state.channels.delete(id);
  else state.channels.set(id, { ...channel, member: false, unread: 0, mentions: 0 });
  touch('channels');
}
