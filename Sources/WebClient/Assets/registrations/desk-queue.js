import { h } from '../dom/h.js';
import { askForm } from '../dom/form-dialog.js';
import { app } from '../shell/app.js';
import { showError, showNotice } from '../shell/notices.js';
import { refusalText } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Registration} Registration */

/**
 * Moves somebody who waits to another place in the queue.
 * @param {Registration} row
 * @param {number} waiting how many wait
 * @param {() => Promise<void>} reload
 */
export async function askPlace(row, waiting, reload) {
  const name = row.name ?? '';
  const done = await askForm({
    title: t('registrations.move.title', { name }),
    text: h('p', null, t('registrations.move.text', { position: row.position ?? 1, waiting })),
    values: { position: '1', reason: '' },
    fields: [
      { name: 'position', label: t('registrations.move.position'), kind: 'number', required: true, min: 1, max: Math.max(1, waiting), hint: t('registrations.move.positionHint') },
      { name: 'reason', label: t('registrations.desk.reason'), kind: 'textarea', required: true, maxBytes: 500, hint: t('registrations.move.reasonHint') },
    ],
    action: t('registrations.move.action'),
    submit: ({ position, reason }) => move(row, Number(position), reason.trim().replaceAll(/\s+/g, ' ')),
    refused: (error) => {
      const text = refusalText(error);
      return text ? { text } : undefined;
    },
  });
  if (!done) return;
  const { position, former } = done.answer;
  await reload();
  if (position === former) return;
  showNotice(t('registrations.move.done', { name, position }), {
    label: t('registrations.move.undo'),
    run: () => {
      move(row, former, t('registrations.move.undoReason')).then(reload, (error) => {
        const text = refusalText(error);
        if (text) showNotice(text);
        else showError(error);
      });
    },
  });
}

/** @param {Registration} row @param {number} position @param {string} reason @returns {Promise<{ position: number, former: number }>} */
function move(row, position, reason) {
  return app.command('registration.prioritise', { registration: row.id, position, reason });
}
