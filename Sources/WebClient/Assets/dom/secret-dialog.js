import { h, patch } from './h.js';
import { icon } from './icon.js';
import { t } from '../i18n/i18n.js';

/**
 * Something that is shown once and never again, to be copied now.
 * @param {{ title: string, text: string, label: string, secret: string }} what
 * @returns {Promise<void>} when it was put away
 */
export function showSecret({ title, text, label, secret }) {
  const dialog = document.createElement('dialog');
  dialog.className = 'confirm-dialog form-dialog';
  dialog.setAttribute('aria-labelledby', 'secret-title');
  let copied = false;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
    } catch {
      // Without the permission it is selected, to be copied by hand.
      const field = dialog.querySelector('input');
      field?.focus();
      field?.select();
      return;
    }
    copied = true;
    draw();
  };
  const draw = () => patch(dialog, [
    h('h2', { class: 'h5', id: 'secret-title' }, title),
    h('p', null, text),
    h('div', { class: 'field' }, h('label', { for: 'secret-value' }, label),
      h('div', { class: 'secret-line' },
        h('input', { id: 'secret-value', class: 'form-control is-code', readonly: true, '.value': secret, onfocus: (/** @type {FocusEvent} */ event) => (
          /** @type {HTMLInputElement} */ (event.currentTarget).select()) }),
        h('button', { type: 'button', class: 'btn btn-primary btn-sm', onclick: () => void copy() }, icon('it-copy', 'icon-sm icon-white'), t('secret.copy')))),
    h('p', { class: 'field-hint', role: 'status' }, copied ? t('secret.copied') : ''),
    h('div', { class: 'confirm-actions' },
      h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: () => dialog.close() }, t('secret.done'))),
  ]);
  draw();
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve();
    });
    dialog.showModal();
  });
}
