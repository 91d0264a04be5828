/** @typedef {import('../store/state').Slice} Slice */

/** @type {Slice} */
export const people = {
  snapshot(state, snapshot, touch) {
    state.me = snapshot.person;
    state.people.set(snapshot.person.id, snapshot.person);
    for (const person of snapshot.people ?? []) state.people.set(person.id, person);
    for (const channel of snapshot.channels) {
      for (const person of channel.people ?? []) state.people.set(person.id, person);
    }
    touch('people');
  },

  updates: {
    'person.changed'(state, { data }, touch) {
      const id = data.id ?? data.person;
      const known = state.people.get(id);
      if (known) state.people.set(id, { ...known, ...data, id });
      if (state.me?.id === id) state.me = { ...state.me, ...data, id };
      touch('people');
      touch('me');
    },
  },
};
