import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { errorText } from '../shell/errors.js';
import { signIn } from './session.js';
import { t } from '../i18n/i18n.js';

/** The sign-in page's form. What is wrong is said next to the field it concerns. */
export class SignIn extends View {
  #busy = false;
  #visible = false;
  /** @type {{ login?: string, password?: string, form?: string }} */
  #problems = {};

  connected() {
    document.title = `${t('signIn.title')} – Metropoli`;
  }

  render() {
    const expired = this.hasAttribute('expired') && !this.#problems.form;
    return h('div', { class: 'sign-in' },
      h('div', { class: 'sign-in-card' },
        h('h1', { class: 'h3' }, t('signIn.title')),
        h('p', { class: 'text-secondary' }, t('signIn.lead')),
        expired && h('div', { class: 'notice-inline is-info', role: 'status' }, t('signIn.expired')),
        this.#problems.form && h('div', { class: 'notice-inline is-danger', role: 'alert' }, this.#problems.form),
        h('form', { novalidate: true, onsubmit: this.#submit },
          this.#field('login', t('signIn.login'), { type: 'email', autocomplete: 'username', inputmode: 'email' }),
          this.#field('password', t('signIn.password'), { type: this.#visible ? 'text' : 'password', autocomplete: 'current-password' },
            h('button', {
              type: 'button', class: 'field-reveal', 'aria-pressed': String(this.#visible), 'aria-label': t('signIn.reveal'),
              title: t('signIn.reveal'), onclick: this.#reveal,
            }, this.#visible ? icon('it-password-invisible', 'icon-sm') : icon('it-password-visible', 'icon-sm'))),
          h('button', { type: 'submit', class: 'btn btn-primary w-100', disabled: this.#busy }, this.#busy ? t('signIn.busy') : t('signIn.submit'))),
        h('p', { class: 'sign-in-help' }, t('signIn.help'))));
  }

  /**
   * @param {'login' | 'password'} name
   * @param {string} label
   * @param {Record<string, any>} input
   * @param {import('../dom/h').Child} [beside]
   */
  #field(name, label, input, beside) {
    const problem = this.#problems[name];
    return h('div', { class: 'field', key: name },
      h('label', { for: `sign-in-${name}` }, label),
      h('div', { class: 'field-control' },
        h('input', {
          ...input, id: `sign-in-${name}`, name, required: true, class: 'form-control', spellcheck: 'false', autocapitalize: 'none',
          'aria-invalid': problem ? 'true' : null, 'aria-describedby': problem ? `sign-in-${name}-problem` : null,
        }),
        beside),
      problem && h('p', { class: 'field-problem', id: `sign-in-${name}-problem` }, problem));
  }

  #reveal = () => {
    this.#visible = !this.#visible;
    this.draw();
  };

  /** @param {SubmitEvent} event */
  #submit = async (event) => {
    event.preventDefault();
    const [login, password] = ['login', 'password'].map((name) => this.#input(name).value);
    this.#problems = {
      ...(login.trim() === '' ? { login: t('signIn.loginMissing') } : {}),
      ...(password === '' ? { password: t('signIn.passwordMissing') } : {}),
    };
    if (this.#problems.login || this.#problems.password) {
      this.draw();
      this.#input(this.#problems.login ? 'login' : 'password').focus();
      return;
    }
    this.#busy = true;
    this.draw();
    try {
      await signIn(login.trim(), password);
    } catch (error) {
      this.#problems = { form: signInProblem(error) };
      this.#busy = false;
      this.draw();
      this.#input('password').focus();
    }
  };

  /** @param {string} name @returns {HTMLInputElement} */
  #input(name) {
    return /** @type {HTMLInputElement} */ (this.querySelector(`[name="${name}"]`));
  }
}

/** @param {any} error */
function signInProblem(error) {
  return error?.code === 'unauthenticated' ? t('signIn.wrong') : errorText(error);
}

customElements.define('m-sign-in', SignIn);
