import { h, patch } from './h.js';
import { t } from '../i18n/i18n.js';

/**
 * Asks before something that cannot be taken back. The browser's own dialog keeps the focus inside and gives it back.
 * @param {{ title: string, text: string, action: string }} question
 * @returns {Promise<boolean>}
 */
export function confirm({ title, text, action }) {
  const dialog = document.createElement('dialog');
  dialog.className = 'confirm-dialog';
  dialog.setAttribute('aria-labelledby', 'confirm-title');
  patch(dialog, h('form', { method: 'dialog' },
    h('h2', { class: 'h5', id: 'confirm-title' }, title),
    h('p', null, text),
    h('div', { class: 'confirm-actions' },
      h('button', { value: 'no', class: 'btn btn-outline-primary btn-sm' }, t('confirm.cancel')),
      h('button', { value: 'yes', class: 'btn btn-danger btn-sm' }, action))));
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    dialog.showModal();
  });
}
