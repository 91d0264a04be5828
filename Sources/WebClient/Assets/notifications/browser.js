import { app } from '../shell/app.js';
import { go, place } from '../shell/router.js';
import { isQuiet } from './quiet.js';
import { addressOf, placeText, sentence } from './text.js';

/** Whether this browser may tell of what happens while one looks elsewhere: `unsupported` where it cannot. */
export function permission() {
  return 'Notification' in window ? Notification.permission : 'unsupported';
}

/** Tells of new notifications through the browser, if the person wants it, allowed it, and it is not their quiet time. */
export function startBrowserNotifications() {
  app.connection.on('update', ({ type, data }) => {
    if (type === 'notification.added' && app.connection.state === 'live') void tell(data);
    if (type === 'notification.read') void withdraw(data);
  });
}

/** @type {Map<number, { shown: Notification, channel?: number, message?: number }>} */
const shown = new Map();

/** @param {Omit<import('./text').Notification, 'at' | 'read'>} notification */
async function tell(notification) {
  const { browser, doNotDisturb } = app.state.notifications;
  if (!browser || permission() !== 'granted' || isQuiet(doNotDisturb, new Date()) || isInSight(notification)) return;
  // One per notification, however many tabs are open; the text stays inside the application.
  const one = new Notification(sentence(notification), { body: placeText(notification), tag: `metropoli-${notification.id}`, lang: document.documentElement.lang });
  shown.set(notification.id, { shown: one, channel: notification.channel, message: notification.message });
  one.onclick = () => {
    window.focus();
    go(addressOf(notification));
    one.close();
  };
  one.onclose = () => shown.delete(notification.id);
}

/**
 * What was read elsewhere need not be told any more.
 * @param {{ upTo?: number, channel?: number, channelUpTo?: number }} read
 */
function withdraw({ upTo = 0, channel, channelUpTo = 0 }) {
  for (const [id, one] of shown) {
    if (id <= upTo || (channel !== undefined && one.channel === channel && (one.message ?? 0) <= channelUpTo)) one.shown.close();
  }
}

/** @param {{ channel?: number, document?: number, solution?: number, adoption?: number }} notification */
function isInSight(notification) {
  const here = place();
  if (document.visibilityState !== 'visible' || !document.hasFocus()) return false;
  switch (here.screen) {
    case 'channel': return here.channel === notification.channel;
    case 'document': return here.document === notification.document;
    case 'solution': return here.solution === notification.solution;
    case 'adoption': return here.adoption === notification.adoption;
    default: return false;
  }
}
