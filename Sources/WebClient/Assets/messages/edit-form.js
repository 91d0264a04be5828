import { h } from '../dom/h.js';
import { onTouchScreen } from '../dom/touch.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { t } from '../i18n/i18n.js';

/** @param {import('../wire/protocol').Message} message @param {() => void} done */
export function editForm(message, done) {
  const save = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const text = String(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get('text') ?? '').trim();
    if (text === '' || text === message.text) {
      done();
      return;
    }
    try {
      await app.command('message.edit', { message: message.id, text, revision: message.revision });
      done();
    } catch (error) {
      showError(error);
    }
  };
  return h('form', { class: 'edit-form', onsubmit: save, key: 'edit' },
    h('label', { class: 'visually-hidden', for: `edit-${message.id}` }, t('message.editLabel')),
    h('textarea', {
      id: `edit-${message.id}`, name: 'text', rows: '3', class: 'form-control',
      ref: (/** @type {HTMLTextAreaElement} */ field) => {
        field.value = message.text ?? '';
        requestAnimationFrame(() => field.focus());
      },
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === 'Escape') done();
        if (event.key !== 'Enter' || event.shiftKey || event.isComposing || onTouchScreen()) return;
        event.preventDefault();
        /** @type {HTMLTextAreaElement} */ (event.currentTarget).form?.requestSubmit();
      },
    }),
    h('div', { class: 'edit-actions' },
      h('button', { type: 'submit', class: 'btn btn-primary btn-xs' }, t('message.save')),
      h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', onclick: done }, t('confirm.cancel'))));
}
