/** @typedef {import('../store/state').Slice} Slice */
/** @typedef {import('../store/state').State} State */
/** @typedef {import('../wire/protocol').Event} Event */

const NOBODY = { confirmed: 0, waiting: 0, offered: 0, requested: 0 };

/** What was asked for once and goes on by updates: the events that some screen has shown. */
/** @type {Slice} */
export const events = {
  snapshot(state, _snapshot, touch) {
    state.events.clear();
    touch('events');
    touch('events asked');
  },

  updates: {
    'event.created': whole,
    'event.published': whole,
    'event.changed': part,
    'event.rescheduled': part,
    'event.postponed': part,
    'event.cancelled': part,
    'event.started': part,
    'event.ended': part,
    'event.minuted': part,
    'event.archived': part,
    'event.counted': part,
    'series.created': seriesChanged,
    'series.published': seriesChanged,
    'series.changed': seriesChanged,

    'network.left'(state, { data }, touch) {
      if (data.person === state.me?.id) forget(state, [data.network], touch);
    },

    'access.lost'(state, { data }, touch) {
      const networks = (data.streams ?? []).map((/** @type {string} */ stream) => /^network\/(\d+)$/.exec(stream)?.[1]).filter(Boolean).map(Number);
      forget(state, networks, touch);
    },
  },
};

/** @type {(state: State, update: import('../wire/protocol').Update, touch: import('../store/state').Touch) => void} */
function whole(state, { data }, touch) {
  const known = state.events.get(data.id);
  // The members' update does not bear a room's address, which facilitators have.
  state.events.set(data.id, { counts: known?.counts ?? NOBODY, ...(known?.me ? { me: known.me } : {}), ...data });
  touch('events');
}

/** @type {(state: State, update: import('../wire/protocol').Update, touch: import('../store/state').Touch) => void} */
function part(state, { type, data }, touch) {
  const known = state.events.get(data.id);
  if (!known) {
    // It may have moved to where one looks.
    if (type === 'event.rescheduled') touch('events asked');
    return;
  }
  /** @type {Record<string, any>} */
  const next = { ...known };
  for (const [name, value] of Object.entries(data)) {
    if (value === null) delete next[name];
    else next[name] = value;
  }
  // Another time may clash with something else, or no longer.
  if (type !== 'event.counted') delete next.clashes;
  state.events.set(data.id, /** @type {Event} */ (next));
  touch('events');
}

/** @type {(state: State, update: import('../wire/protocol').Update, touch: import('../store/state').Touch) => void} */
function seriesChanged(_state, _update, touch) {
  touch('series');
}

/** @param {State} state @param {number[]} networks @param {import('../store/state').Touch} touch */
function forget(state, networks, touch) {
  for (const event of [...state.events.values()]) {
    if (networks.includes(event.network)) state.events.delete(event.id);
  }
  touch('events');
}
