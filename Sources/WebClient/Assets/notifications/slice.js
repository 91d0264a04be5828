/** @type {import('../store/state').Slice} */
export const notifications = {
  snapshot(state, snapshot, touch) {
    const { unread = 0, doNotDisturb, browser = false } = snapshot.notifications ?? {};
    state.notifications = { unread, browser, ...(doNotDisturb ? { doNotDisturb } : {}) };
    touch('notifications');
  },

  updates: {
    'notification.added'(state, { data }, touch) {
      state.notifications = { ...state.notifications, unread: data.unread };
      touch('notifications');
    },

    'notification.read'(state, { data }, touch) {
      state.notifications = { ...state.notifications, unread: data.unread };
      touch('notifications');
    },

    'notification.set'(state, { data }, touch) {
      const { doNotDisturb, browser = false } = data;
      state.notifications = { unread: state.notifications.unread, browser, ...(doNotDisturb ? { doNotDisturb } : {}) };
      touch('notifications');
    },
  },
};
