import { app } from '../shell/app.js';
import { showNotice } from '../shell/notices.js';
import { plural, t } from '../i18n/i18n.js';

/** Every channel with something new counts as read up to now. */
export async function markAllRead() {
  const upTo = app.connection.cursor?.seq ?? 0;
  const channels = [...app.state.channels.values()].filter((channel) => channel.member && channel.unread > 0);
  // One after the other: the server lets a person do five things a second, and asks to wait beyond.
  for (const channel of channels) await app.command('channel.mark', { channel: channel.id, upTo });
  showNotice(channels.length === 0 ? t('home.noNews') : plural('palette.markedRead', channels.length));
}
