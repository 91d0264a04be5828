/** @typedef {import('../store/state').Slice} Slice */
/** @typedef {(state: import('../store/state').State, update: import('../wire/protocol').Update, touch: import('../store/state').Touch) => void} Apply */

/** Keeps nothing: tells the screens that show documents that one of them is another one now. */
/** @type {Slice} */
export const documents = {
  snapshot(_state, _snapshot, touch) {
    touch('documents');
  },

  updates: Object.fromEntries(['created', 'renamed', 'moved', 'archived', 'unarchived', 'restored', 'published', 'commented', 'replied', 'resolved', 'reopened', 'suggested', 'attached', 'detached',
    'suggestionAccepted', 'suggestionRejected']
    .map((what) => [`document.${what}`, /** @type {Apply} */ (changed)])),
};

/** @type {Apply} */
function changed(_state, update, touch) {
  touch('documents');
  touch(`document/${update.data.document ?? update.data.id}`);
}
