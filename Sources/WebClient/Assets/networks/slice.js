/** @typedef {import('../store/state').Slice} Slice */
/** @typedef {import('../store/state').State} State */

/** @type {Slice} */
export const networks = {
  snapshot(state, snapshot, touch) {
    for (const network of snapshot.networks) state.networks.set(network.id, network);
    touch('networks');
  },

  updates: {
    // Who may see a new network is its type's rule, which only the server knows.
    'network.created'(state) {
      state.doubts.add('lists');
    },

    'network.changed'(state, { data }, touch) {
      const known = state.networks.get(data.id);
      if (!known) return;
      state.networks.set(data.id, { ...known, ...data });
      touch('networks');
    },

    'network.joined'(state, { data }, touch) {
      if (data.person !== state.me?.id) return;
      const known = state.networks.get(data.network);
      if (known) state.networks.set(data.network, { ...known, role: data.role ?? 'member' });
      // Its channels become visible with it, and no update lists them.
      state.doubts.add('lists');
      touch('networks');
    },

    'network.appointed'(state, { data }, touch) {
      const known = state.networks.get(data.network);
      if (data.person !== state.me?.id || !known) return;
      state.networks.set(data.network, { ...known, role: data.role });
      touch('networks');
    },

    'network.left'(state, { data }, touch) {
      if (data.person === state.me?.id) loseNetwork(state, data.network, touch);
    },

    'access.lost'(state, { data }, touch) {
      for (const network of idsOf('network', data.streams)) loseNetwork(state, network, touch);
    },

    'access.gained'(state) {
      state.doubts.add('lists');
    },
  },
};

/**
 * @param {State} state
 * @param {number} id
 * @param {import('../store/state').Touch} touch
 */
function loseNetwork(state, id, touch) {
  const known = state.networks.get(id);
  if (!known) return;
  const { role, ...rest } = known;
  state.networks.set(id, rest);
  for (const channel of [...state.channels.values()]) {
    if (channel.network === id) state.channels.delete(channel.id);
  }
  // Whether it may be joined again, and so still be seen, is its type's rule.
  state.doubts.add('lists');
  touch('networks');
  touch('channels');
}

/**
 * @param {string} kind
 * @param {string[]} streams such as `channel/12`
 */
export function idsOf(kind, streams) {
  return (streams ?? [])
    .map((stream) => stream.split('/'))
    .filter((parts) => parts.length === 2 && parts[0] === kind)
    .map((parts) => Number(parts[1]));
}
