import { h, patch } from './h.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./h').Child} Child */

let lastDialog = 0;

/**
 * Asks for a few words or choices in the browser's own dialog, which keeps the focus inside and gives it back.
 * What is wrong is said in it; it closes once `act` has done its work.
 * @param {object} question
 * @param {string} question.title
 * @param {Child} question.content fields
 * @param {string} question.action
 * @param {(form: FormData) => Promise<string | void> | string | void} question.act returns what is wrong, if anything
 * @param {boolean} [question.danger]
 */
export function ask({ title, content, action, act, danger }) {
  const dialog = document.createElement('dialog');
  const id = `dialog-${++lastDialog}`;
  let problem = '';
  let busy = false;
  const draw = () => patch(dialog, h('form', { method: 'dialog', novalidate: true, onsubmit: submit },
    h('h2', { class: 'h5', id: `${id}-title` }, title),
    content,
    problem && h('p', { class: 'field-problem', role: 'alert', key: 'problem' }, problem),
    h('div', { class: 'confirm-actions', key: 'actions' },
      h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: () => dialog.close() }, t('confirm.cancel')),
      h('button', { type: 'submit', class: `btn ${danger ? 'btn-danger' : 'btn-primary'} btn-sm`, disabled: busy }, action))));
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    draw();
    problem = await act(new FormData(/** @type {HTMLFormElement} */ (event.target))) ?? '';
    busy = false;
    if (problem === '') dialog.close();
    else draw();
  };
  dialog.className = 'confirm-dialog';
  dialog.setAttribute('aria-labelledby', `${id}-title`);
  dialog.addEventListener('close', () => dialog.remove());
  draw();
  document.body.append(dialog);
  dialog.showModal();
  /** @type {HTMLElement | null} */ (dialog.querySelector('input, textarea, select'))?.focus();
}

/**
 * Shows something in a dialog with a way out.
 * @param {string} title
 * @param {Child} content
 * @returns {(content: Child) => void} shows something else in it
 */
export function tell(title, content) {
  const dialog = document.createElement('dialog');
  const id = `dialog-${++lastDialog}`;
  const draw = (/** @type {Child} */ shown) => patch(dialog, h('form', { method: 'dialog' },
    h('h2', { class: 'h5', id: `${id}-title` }, title), h('div', { class: 'dialog-content', key: 'content', tabindex: '0' }, shown),
    h('div', { class: 'confirm-actions', key: 'actions' }, h('button', { class: 'btn btn-primary btn-sm' }, t('dialog.close')))));
  dialog.className = 'confirm-dialog';
  dialog.setAttribute('aria-labelledby', `${id}-title`);
  dialog.addEventListener('close', () => dialog.remove());
  draw(content);
  document.body.append(dialog);
  dialog.showModal();
  return draw;
}

/**
 * A labelled field of a form, with a hint below it.
 * @param {string} id
 * @param {string} label
 * @param {import('./h').VNode} control
 * @param {string} [hint]
 */
export function labelled(id, label, control, hint) {
  return h('div', { class: 'field', key: id }, h('label', { for: id }, label), control, hint && h('p', { class: 'field-hint', id: `${id}-hint` }, hint));
}
