import { h } from '../dom/h.js';
import { ask, labelled } from '../dom/ask.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { showNotice } from '../shell/notices.js';
import { t } from '../i18n/i18n.js';

export const ZONE = 'Europe/Rome';

/**
 * Asks when an announcement is to be published.
 * @param {{ channel: number, text: string, acknowledge: boolean, addressed: number[] }} announcement
 * @param {() => void} done
 */
export function schedule({ channel, text, acknowledge, addressed }, done) {
  ask({
    title: t('schedule.title'),
    content: labelled('schedule-at', t('schedule.at'), h('input', { id: 'schedule-at', name: 'at', type: 'datetime-local', class: 'form-control', required: true, 'aria-describedby': 'schedule-at-hint' }), t('schedule.zone')),
    action: t('schedule.action'),
    act: async (form) => {
      const local = String(form.get('at') ?? '');
      if (local === '') return t('schedule.missing');
      try {
        await app.command('announcement.schedule', { channel, text, at: { local, zone: ZONE }, ...(acknowledge ? { acknowledge: true } : {}), ...(addressed.length > 0 ? { addressed } : {}) });
        showNotice(t('schedule.done'));
        done();
        return undefined;
      } catch (error) {
        const code = /** @type {any} */ (error).code;
        return code === 'invalid' ? t('schedule.past') : errorText(error);
      }
    },
  });
}
