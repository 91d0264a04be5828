import { announce } from '../dom/announcer.js';
import { nameOf } from '../people/people.js';
import { app } from '../shell/app.js';
import { place } from '../shell/router.js';
import { t } from '../i18n/i18n.js';

/**
 * Reads out who wrote what in the channel that is open.
 * @param {import('../wire/protocol').Update} update
 */
export function announceMessage(update) {
  const where = place();
  if (where.screen !== 'channel' || where.channel !== update.data.channel || update.by === app.me) return;
  announce(t('timeline.announced', { name: nameOf(update.by ?? 0), text: update.data.text ?? '' }));
}
