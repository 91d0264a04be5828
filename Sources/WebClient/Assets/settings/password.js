import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { showNotice } from '../shell/notices.js';
import { t } from '../i18n/i18n.js';

const SHORTEST = 10;

/** Another password for one's account; what is wrong is said next to the field. */
export class Password extends View {
  #busy = false;
  /** @type {{ old?: string, new?: string, again?: string, form?: string }} */
  #problems = {};

  render() {
    return h('section', { class: 'settings' }, h('h2', { class: 'h5' }, t('password.title')),
      h('form', { novalidate: true, onsubmit: this.#submit },
        this.#field('old', t('password.old'), 'current-password'),
        this.#field('new', t('password.new'), 'new-password', t('password.hint', { n: SHORTEST })),
        this.#field('again', t('password.again'), 'new-password'),
        this.#problems.form && h('p', { class: 'field-problem', role: 'alert', key: 'problem' }, this.#problems.form),
        h('button', { type: 'submit', class: 'btn btn-primary btn-sm', disabled: this.#busy }, t('password.action'))));
  }

  /** @param {'old' | 'new' | 'again'} name @param {string} label @param {string} autocomplete @param {string} [hint] */
  #field(name, label, autocomplete, hint) {
    const problem = this.#problems[name];
    const id = `password-${name}`;
    return h('div', { class: 'field', key: name }, h('label', { for: id }, label),
      h('input', { id, name, type: 'password', class: 'form-control', autocomplete, required: true, 'aria-invalid': problem ? 'true' : null, 'aria-describedby': problem ? `${id}-problem` : hint ? `${id}-hint` : null }),
      problem ? h('p', { class: 'field-problem', id: `${id}-problem` }, problem) : hint && h('p', { class: 'field-hint', id: `${id}-hint` }, hint));
  }

  /** @param {SubmitEvent} event */
  #submit = async (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const [before, next, again] = ['old', 'new', 'again'].map((name) => String(new FormData(form).get(name) ?? ''));
    this.#problems = {
      ...(before === '' ? { old: t('password.oldMissing') } : {}),
      ...(next.length < SHORTEST ? { new: t('password.hint', { n: SHORTEST }) } : {}),
      ...(again !== next ? { again: t('password.different') } : {}),
    };
    const first = Object.keys(this.#problems)[0];
    if (!first) {
      this.#busy = true;
      this.draw();
      try {
        await app.command('person.setPassword', { old: before, new: next });
        form.reset();
        showNotice(t('password.done'));
      } catch (error) {
        const refusal = /** @type {any} */ (error);
        if (refusal.code === 'forbidden' || refusal.code === 'unauthenticated') this.#problems = { old: t('password.wrong') };
        else if (refusal.refusal?.fields?.some((/** @type {{ path: string }} */ { path }) => path === 'with.new')) this.#problems = { new: t('password.weak') };
        else if (refusal.refusal?.fields?.some((/** @type {{ path: string }} */ { path }) => path === 'with.old')) this.#problems = { old: t('password.wrong') };
        else this.#problems = { form: errorText(error) };
      }
      this.#busy = false;
    }
    this.draw();
    const wrong = Object.keys(this.#problems)[0];
    /** @type {HTMLElement | null} */ (this.querySelector(`[name="${wrong}"]`))?.focus();
  };
}

customElements.define('m-password', Password);
