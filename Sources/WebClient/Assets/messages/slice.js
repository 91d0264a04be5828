import { Timeline } from './timeline.js';
import { idsOf } from '../networks/slice.js';

/** @typedef {import('../store/state').Slice} Slice */
/** @typedef {import('../store/state').State} State */
/** @typedef {import('../store/state').Touch} Touch */
/** @typedef {import('../wire/protocol').Update} Update */
/** @typedef {import('../wire/protocol').Message} Message */

/** @param {number} channel @param {number} [thread] */
export function timelineKey(channel, thread) {
  return thread ? `${channel}/${thread}` : `${channel}`;
}

/**
 * @param {State} state
 * @param {number} channel
 * @param {number} [thread]
 * @returns {Timeline}
 */
export function timelineOf(state, channel, thread) {
  const key = timelineKey(channel, thread);
  const timeline = state.timelines.get(key) ?? new Timeline(channel, thread);
  state.timelines.set(key, timeline);
  return timeline;
}

/**
 * @param {State} state
 * @param {number} channel
 * @param {number} id
 * @returns {Message | undefined}
 */
export function findMessage(state, channel, id) {
  for (const timeline of state.timelines.values()) {
    const message = timeline.channel === channel ? timeline.find(id) : undefined;
    if (message) return message;
  }
  return undefined;
}

/** @type {(state: State, update: Update, touch: Touch) => void} */
function applyToTimelines(state, update, touch) {
  for (const timeline of state.timelines.values()) {
    // Acknowledgements name only the message.
    if (update.data.channel !== undefined && timeline.channel !== update.data.channel) continue;
    if (timeline.apply(update)) touch(`timeline/${timelineKey(timeline.channel, timeline.thread)}`);
  }
}

/** @type {Slice} */
export const messages = {
  updates: {
    'message.posted': applyToTimelines,
    'message.edited': applyToTimelines,
    'message.deleted': applyToTimelines,
    'message.reacted': applyToTimelines,
    'message.unreacted': applyToTimelines,
    'message.pinned': applyToTimelines,
    'message.unpinned': applyToTimelines,

    'announcement.acknowledged'(state, update, touch) {
      if (update.data.person === state.me?.id) applyToTimelines(state, update, touch);
    },

    'channel.left'(state, { data }) {
      if (data.person === state.me?.id) forget(state, [data.channel]);
    },

    'access.lost'(state, { data }) {
      forget(state, idsOf('channel', data.streams));
    },
  },
};

/**
 * What may no longer be read is not kept either.
 * @param {State} state
 * @param {number[]} channels
 */
function forget(state, channels) {
  for (const [key, timeline] of state.timelines) {
    if (channels.includes(timeline.channel)) state.timelines.delete(key);
  }
}
