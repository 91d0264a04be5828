/** @typedef {import('../store/state').Slice} Slice */

/** Keeps nothing: tells the screens that show polls that one of them is another one now. */
/** @type {Slice} */
export const polls = {
  snapshot(_state, _snapshot, touch) {
    touch('polls');
  },

  updates: {
    'poll.created': changed,
    'poll.voted': changed,
    'poll.ended': changed,
    'poll.closed': changed,
  },
};

/** @type {(state: import('../store/state').State, update: import('../wire/protocol').Update, touch: import('../store/state').Touch) => void} */
function changed(_state, _update, touch) {
  touch('polls');
}
