/** @typedef {import('../store/state').Slice} Slice */

/** Keeps nothing: tells the screens that show an event's attendance that it is another one now. */
/** @type {Slice} */
export const attendance = {
  snapshot(_state, _snapshot, touch) {
    touch('attendance');
  },

  updates: {
    'attendance.recorded': changed,
    'certificate.issued': changed,
    'certificate.withdrawn': changed,
    'registration.created': changed,
    'registration.changed': changed,
  },
};

/** @type {(state: import('../store/state').State, update: import('../wire/protocol').Update, touch: import('../store/state').Touch) => void} */
function changed(_state, _update, touch) {
  touch('attendance');
}
