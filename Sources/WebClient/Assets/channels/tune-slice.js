/** @type {import('../store/state').Slice} */
export const tuning = {
  updates: {
    'channel.tuned'(state, { data }, touch) {
      tune(state.channels, data.channel, data);
      touch('channels');
    },

    'network.tuned'(state, { data }, touch) {
      tune(state.networks, data.network, data);
      touch('networks');
      touch('channels');
    },
  },
};

/**
 * Lists bear only what is not the default.
 * @template {{ favourite?: boolean, notify?: string }} Tuned
 * @param {Map<number, Tuned>} all
 * @param {number} id
 * @param {{ favourite?: boolean, notify?: string }} tuned
 */
function tune(all, id, { favourite: isFavourite, notify: choice }) {
  const known = all.get(id);
  if (!known) return;
  const { favourite, notify, ...rest } = known;
  const next = /** @type {Tuned} */ ({ ...rest, ...(isFavourite ? { favourite: true } : {}), ...(choice && choice !== 'default' ? { notify: choice } : {}) });
  all.set(id, next);
}
