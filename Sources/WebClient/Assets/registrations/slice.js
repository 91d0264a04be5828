/** @typedef {import('../store/state').Slice} Slice */
/** @typedef {import('../store/state').State} State */

/** How one takes part oneself in the events that some screen has shown. */
/** @type {Slice} */
export const registrations = {
  snapshot(state, _snapshot, touch) {
    state.registrations.clear();
    touch('registrations');
    touch('registrations asked');
  },

  updates: {
    'registration.created': told,
    'registration.changed': told,

    'event.counted'(state, { data }, touch) {
      // The place in the queue moves with the others.
      if (state.registrations.get(data.id)?.state === 'waitlisted') touch('registrations asked');
    },
  },
};

/** @type {(state: State, update: import('../wire/protocol').Update, touch: import('../store/state').Touch) => void} */
function told(state, { data }, touch) {
  if (data.person !== state.me?.id) return;
  const known = state.registrations.get(data.event);
  // An older one, which ended before.
  if (known && known.id > data.id) return;
  const { id, event, expires, reason } = data;
  const position = data.state === 'waitlisted' && known?.id === id ? known?.position : undefined;
  state.registrations.set(event, { id, event, state: data.state, expires, reason, position });
  if (data.state === 'waitlisted') touch('registrations asked');
  touch('registrations');
}
