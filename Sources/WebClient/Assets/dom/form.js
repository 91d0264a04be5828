import { h } from './h.js';
import { formControl } from './form-controls.js';
import { problemText } from './form-problems.js';
import { errorText } from '../shell/errors.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./h').Child} Child */
/** @typedef {{ value: string, label: string, hint?: string }} Option */
/** @typedef {{ id: number, label: string, detail?: string }} Choice */

/**
 * One question of a form. Its name is that of the command's field, so that a refusal finds its place.
 * @typedef {object} Field
 * @property {string} name such as `email` or `name.it`
 * @property {string} label
 * @property {'text' | 'email' | 'number' | 'date' | 'datetime-local' | 'textarea' | 'select' | 'checks' | 'check' | 'picker' | 'file' | 'own'} [kind]
 * @property {string} [hint]
 * @property {boolean} [required]
 * @property {Option[]} [options] of `select` and `checks`
 * @property {number} [min]
 * @property {number} [max]
 * @property {string} [step]
 * @property {number} [maxBytes]
 * @property {string} [autocomplete]
 * @property {string} [accept] of `file`
 * @property {(text: string) => Promise<Choice[]>} [find] of `picker`
 * @property {(asking: import('./form-controls').Asking) => import('./h').VNode} [control] of `own`
 * @property {(value: any, values: Record<string, any>) => string | undefined} [check] what is wrong with it, in words
 */

/**
 * @typedef {object} FormSpec
 * @property {string} id
 * @property {Field[] | (() => Field[])} fields a function where later questions depend on earlier answers
 * @property {Record<string, any>} [values] the first answers; the form writes the later ones into the same object
 * @property {string} action
 * @property {string} [busy]
 * @property {boolean} [danger]
 * @property {(values: Record<string, any>) => Promise<any>} submit
 * @property {(error: any) => { field?: string, text: string } | undefined} [refused] says a refusal in this form's words
 * @property {() => void} [cancel]
 * @property {(name: string) => void} [changed]
 */

/** A form: what is wrong is said next to the field it concerns, by the page before sending and by the server after. */
export class Form {
  /** @type {Record<string, any>} */ values;
  /** @type {Record<string, string>} */ problems = {};
  problem = '';
  busy = false;
  /** @type {FormSpec} */ #spec;
  /** @type {() => void} */ #draw;

  /** @param {() => void} draw @param {FormSpec} spec */
  constructor(draw, spec) {
    this.#draw = draw;
    this.#spec = spec;
    this.values = spec.values ?? {};
  }

  /** @returns {Field[]} */
  get fields() {
    const { fields } = this.#spec;
    return typeof fields === 'function' ? fields() : fields;
  }

  render() {
    const { id, action, busy, danger, cancel } = this.#spec;
    return h('form', { class: 'form', id, novalidate: true, onsubmit: this.#submit },
      this.problem && h('div', { class: 'notice-inline is-danger', role: 'alert', key: 'problem' }, this.problem),
      this.fields.map((field) => this.#field(field)),
      h('div', { class: 'form-actions', key: 'actions' },
        cancel && h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', key: 'cancel', onclick: cancel }, t('confirm.cancel')),
        h('button', { type: 'submit', class: `btn btn-${danger ? 'danger' : 'primary'} btn-sm`, key: 'submit', disabled: this.busy },
          this.busy ? busy ?? t('form.busy') : action)));
  }

  /** @param {Field} field */
  #field(field) {
    const id = `${this.#spec.id}-${field.name.replaceAll('.', '-')}`;
    const problem = this.problems[field.name];
    const describedBy = [field.hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ') || null;
    const change = (/** @type {any} */ value) => {
      this.values[field.name] = value;
      if (this.problems[field.name]) {
        delete this.problems[field.name];
        this.#draw();
      }
      this.#spec.changed?.(field.name);
    };
    const control = formControl(field, { id, value: this.values[field.name], problem, describedBy, change });
    const said = [
      field.hint && h('p', { class: 'field-hint', id: `${id}-hint`, key: 'hint' }, field.hint),
      problem && h('p', { class: 'field-problem', id: `${id}-problem`, key: 'wrong' }, problem),
    ];
    if (field.kind === 'check') return h('div', { class: 'field', key: field.name }, control, said);
    if (field.kind === 'checks' || field.kind === 'own') {
      return h('fieldset', { class: 'field', key: field.name, 'aria-describedby': describedBy },
        h('legend', null, field.label, optional(field)), said, control);
    }
    return h('div', { class: 'field', key: field.name }, h('label', { for: id }, field.label, optional(field)), control, said);
  }

  /** @param {SubmitEvent} event */
  #submit = async (event) => {
    event.preventDefault();
    if (this.busy) return;
    this.problem = '';
    this.problems = {};
    for (const field of this.fields) {
      const problem = missing(field, this.values[field.name]) ?? field.check?.(this.values[field.name], this.values);
      if (problem) this.problems[field.name] = problem;
    }
    if (Object.keys(this.problems).length > 0) return this.#showProblems();
    this.busy = true;
    this.#draw();
    try {
      await this.#spec.submit(this.values);
      this.busy = false;
      this.#draw();
    } catch (error) {
      this.busy = false;
      this.#refuse(error);
    }
  };

  /** @param {any} error */
  #refuse(error) {
    const own = this.#spec.refused?.(error);
    if (own?.field) this.problems[own.field] = own.text;
    else if (own) this.problem = own.text;
    else {
      const names = this.fields.map(({ name }) => name);
      for (const { path, problem } of error?.refusal?.fields ?? []) {
        const name = names.find((one) => path === `with.${one}` || path.startsWith(`with.${one}.`));
        if (name) this.problems[name] = problemText(problem);
      }
      if (Object.keys(this.problems).length === 0) this.problem = errorText(error);
    }
    this.#showProblems();
  }

  #showProblems() {
    this.#draw();
    const form = document.getElementById(this.#spec.id);
    const first = form?.querySelector('[aria-invalid="true"]');
    if (first instanceof HTMLElement) first.focus();
  }
}

/** @param {Field} field */
function optional(field) {
  return !field.required && h('span', { class: 'field-optional' }, ` ${t('form.optional')}`);
}

/** @param {Field} field @param {any} value */
function missing(field, value) {
  const isEmpty = value === undefined || value === '' || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0);
  if (field.required && isEmpty) return field.kind === 'picker' || field.kind === 'select' || field.kind === 'checks' ? t('form.choose') : t('form.missing');
  if (field.maxBytes && typeof value === 'string' && new TextEncoder().encode(value).length > field.maxBytes) return problemText('too_long');
  if (field.kind === 'number' && !isEmpty) {
    const number = Number(value);
    if (Number.isNaN(number) || (field.step === undefined && !Number.isInteger(number))) return problemText('wrong_type');
    if (number < (field.min ?? -Infinity) || number > (field.max ?? Infinity)) {
      return t('form.bounds', { min: field.min ?? '', max: field.max ?? '' });
    }
  }
  return undefined;
}
