import { h } from '../dom/h.js';
import { ask, labelled } from '../dom/ask.js';
import { dateOf, midnight } from '../dom/time.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { go } from '../shell/router.js';
import { firstMessageFrom } from '../messages/by-time.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Channel} Channel */
/** @param {Channel} channel */
export function jumpToDate(channel) {
  const today = dateOf(new Date().toISOString());
  ask({
    title: t('jump.title'),
    content: labelled('jump-date', t('jump.date'), h('input', { id: 'jump-date', name: 'date', type: 'date', class: 'form-control', max: today, value: today, required: true })),
    action: t('jump.action'),
    act: async (form) => {
      const date = String(form.get('date') ?? '');
      if (!/^\d{4}-\d\d-\d\d$/.test(date)) return t('jump.missing');
      try {
        const id = await firstMessageFrom((body) => app.query('message.history', { channel: channel.id, ...body }), midnight(date));
        if (id === undefined) return t('jump.nothing');
        go(`/channels/${channel.id}?message=${id}`);
        return undefined;
      } catch (error) {
        return errorText(error);
      }
    },
  });
}
