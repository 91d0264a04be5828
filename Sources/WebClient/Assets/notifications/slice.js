/** All of it: what holds unless one chooses. */
const TELLING = { mailCalendar: true, mailRegistrations: true, mailReminders: true, showRegistrations: true, showChanges: true, showReminders: true };
/** Of documents, solutions and adoptions: by mail too, unless one chooses. */
const SOLUTIONS = { reviews: 'mail', comments: 'mail', changes: 'mail', adoptions: 'mail' };

/** @type {import('../store/state').Slice} */
export const notifications = {
  snapshot(state, snapshot, touch) {
    const { unread = 0, doNotDisturb, browser = false, mail = 'each', mailAnytime = false, events = {}, solutions = {} } = snapshot.notifications ?? {};
    state.notifications = { unread, browser, mail, mailAnytime, events: { ...TELLING, ...events }, solutions: { ...SOLUTIONS, ...solutions }, ...(doNotDisturb ? { doNotDisturb } : {}) };
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
      const { doNotDisturb, browser = false, mail = 'each', mailAnytime = false, events = {}, solutions = {} } = data;
      state.notifications = { unread: state.notifications.unread, browser, mail, mailAnytime, events: { ...TELLING, ...events }, solutions: { ...SOLUTIONS, ...solutions }, ...(doNotDisturb ? { doNotDisturb } : {}) };
      touch('notifications');
    },
  },
};
