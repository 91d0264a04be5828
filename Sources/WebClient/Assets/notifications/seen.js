import { app } from '../shell/app.js';

/**
 * Whoever sees the page of a thing knows what was told of it: what is told while it is in sight is read at once, and
 * what came while one looked elsewhere when one looks again.
 * @param {'document' | 'solution' | 'adoption'} kind
 * @param {number} id
 * @returns {() => void} to be called when the page goes
 */
export function readWhileSeen(kind, id) {
  const read = () => {
    if (document.visibilityState !== 'visible' || app.state.notifications.unread === 0) return;
    void app.command('notification.read', { [kind]: id }).catch(() => undefined);
  };
  const stop = app.connection.on('update', ({ type, data }) => {
    if (type === 'notification.added' && data[kind] === id) read();
  });
  document.addEventListener('visibilitychange', read);
  read();
  return () => {
    stop();
    document.removeEventListener('visibilitychange', read);
  };
}
