/** @type {import('../store/state').Slice} */
export const drafts = {
  snapshot(state, snapshot) {
    for (const { channel, thread, text } of snapshot.drafts ?? []) state.drafts.set(`${channel}/${thread ?? ''}`, text);
  },

  updates: {
    'draft.saved'(state, { data }, touch) {
      const key = `${data.channel}/${data.thread ?? ''}`;
      if (data.text) state.drafts.set(key, data.text);
      else state.drafts.delete(key);
      touch('drafts');
    },
  },
};
