import { h, patch } from './h.js';
import { Form } from './form.js';

/** @typedef {import('./h').Child} Child */

let lastId = 0;

/**
 * A few questions in a dialog. The browser's own dialog keeps the focus inside and gives it back.
 * @param {Omit<import('./form').FormSpec, 'id' | 'cancel'> & { title: string, text?: Child }} question
 * @returns {Promise<{ answer: any } | undefined>} what `submit` answered, or nothing when one thought better of it
 */
export function askForm({ title, text, ...spec }) {
  const id = `form-dialog-${++lastId}`;
  const dialog = document.createElement('dialog');
  dialog.className = 'confirm-dialog form-dialog';
  dialog.setAttribute('aria-labelledby', `${id}-heading`);
  /** @type {{ answer: any } | undefined} */
  let done;
  const draw = () => patch(dialog, [
    h('h2', { class: 'h5', id: `${id}-heading` }, title),
    text && h('div', { class: 'form-dialog-text', key: 'text' }, text),
    form.render(),
  ]);
  const form = new Form(draw, {
    ...spec,
    id,
    submit: async (values) => {
      done = { answer: await spec.submit(values) };
      dialog.close();
    },
    changed: (name) => {
      spec.changed?.(name);
      draw();
    },
    cancel: () => dialog.close(),
  });
  draw();
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(done);
    });
    dialog.showModal();
    const first = dialog.querySelector('input, select, textarea');
    if (first instanceof HTMLElement) first.focus();
  });
}
