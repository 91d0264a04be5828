/** @typedef {import('../store/state').Slice} Slice */

/** Keeps nothing: tells the screens that show what an event came to that it is something else now. */
/** @type {Slice} */
export const minutes = {
  snapshot(_state, _snapshot, touch) {
    touch('minutes');
  },

  updates: {
    'minutes.written': changed,
    'minutes.shared': changed,
    'minutes.amended': changed,
    'minutes.approved': changed,
    'decision.recorded': changed,
    'decision.superseded': changed,
    'action.changed': changed,
  },
};

/** @type {(state: import('../store/state').State, update: import('../wire/protocol').Update, touch: import('../store/state').Touch) => void} */
function changed(_state, _update, touch) {
  touch('minutes');
}
