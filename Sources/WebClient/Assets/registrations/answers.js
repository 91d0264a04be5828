import { h } from '../dom/h.js';
import { app } from '../shell/app.js';
import { local, plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').FormQuestion} Question */
/** @typedef {import('../dom/form').Field} Field */

const PREFIX = 'answers.';

/**
 * What those who register for an event are asked.
 * @param {number} event
 * @returns {Promise<Question[]>}
 */
export async function loadForm(event) {
  return (await app.query('registration.form', { event })).fields;
}

/**
 * The questions as a form's fields; the names lead a refusal to its field.
 * @param {Question[]} questions
 * @returns {Field[]}
 */
export function answerFields(questions) {
  return questions.map((question) => field(question));
}

/**
 * What the form holds before anything is answered: a yes is given by nobody but the reader.
 * @param {Question[]} questions
 */
export function noAnswers(questions) {
  return Object.fromEntries(questions.filter(({ kind }) => kind === 'consent').map(({ name }) => [PREFIX + name, false]));
}

/** @param {Question} question @returns {Field} */
function field({ name, label, kind, required, minimum, maximum, choices = [], text, link }) {
  const shared = { name: PREFIX + name, label: local(label), required };
  switch (kind) {
    case 'consent': return {
      ...shared, kind: 'own', control: consent(local(text), link),
      check: (value) => (value === true ? undefined : t('registrations.form.consentNeeded')),
    };
    case 'flag': return { ...shared, required: true, kind: 'check' };
    case 'number': return { ...shared, kind: 'number', min: minimum, max: maximum };
    case 'choice': return {
      ...shared, kind: 'select',
      options: [{ value: '', label: t('registrations.form.choose') }, ...choices.map((choice) => ({ value: choice.name, label: [local(choice.label), left(choice)].filter(Boolean).join(' – ') }))],
      check: (value) => taken(choices, [value]),
    };
    case 'choices': return {
      ...shared, kind: 'checks', options: choices.map((choice) => ({ value: choice.name, label: local(choice.label), hint: left(choice) })),
      check: (value) => taken(choices, value ?? []),
    };
    default: return { ...shared, kind: (maximum ?? 0) > 300 ? 'textarea' : 'text', maxBytes: maximum };
  }
}

/**
 * What one must say yes to, with where more about it stands.
 * @param {string} text @param {string | undefined} link
 * @returns {(asking: import('../dom/form-controls').Asking) => import('../dom/h').VNode}
 */
function consent(text, link) {
  return ({ id, value, problem, describedBy, change }) => h('div', { class: 'consent' },
    h('label', { class: 'check', for: id },
      h('input', { id, type: 'checkbox', '.checked': value === true, 'aria-required': 'true', 'aria-invalid': problem ? 'true' : null, 'aria-describedby': describedBy,
        onchange: (/** @type {InputEvent} */ event) => change(/** @type {HTMLInputElement} */ (event.currentTarget).checked) }),
      h('span', null, text)),
    link && h('a', { href: link, target: '_blank', rel: 'noopener', key: 'link' }, t('registrations.form.consentMore'), h('span', { class: 'visually-hidden' }, ` ${t('registrations.form.newTab')}`)));
}

/** @param {import('../wire/protocol').FormChoice} choice */
function left(choice) {
  if (choice.left === undefined) return undefined;
  return choice.left === 0 ? t('registrations.form.taken') : plural('registrations.form.left', choice.left);
}

/** @param {import('../wire/protocol').FormChoice[]} choices @param {string[]} chosen */
function taken(choices, chosen) {
  const gone = choices.find((choice) => choice.left === 0 && chosen.includes(choice.name));
  return gone && t('registrations.form.choiceTaken', { choice: local(gone.label) });
}

/**
 * The form's values as the command wants them; what was not answered is left out.
 * @param {Question[]} questions
 * @param {Record<string, any>} values
 */
export function answersOf(questions, values) {
  /** @type {Record<string, any>} */
  const answers = {};
  for (const { name, kind } of questions) {
    const value = values[PREFIX + name];
    if (kind === 'flag' || kind === 'consent') answers[name] = value === true;
    else if (kind === 'number') {
      if (String(value ?? '') !== '') answers[name] = Number(value);
    } else if (Array.isArray(value) ? value.length > 0 : String(value ?? '').trim() !== '') answers[name] = typeof value === 'string' ? value.trim() : value;
  }
  return answers;
}

/**
 * A refusal at the question that it is about.
 * @param {any} error
 */
export function refusedAnswer(error) {
  const path = error?.code === 'full' && error.refusal?.fields?.[0]?.path;
  return path ? { field: path.replace(/^with\./, ''), text: t('registrations.form.fullChoice') } : undefined;
}

/**
 * An answer in words.
 * @param {Question} question
 * @param {any} value
 */
export function answerText({ kind, choices = [] }, value) {
  if (value === undefined || value === null) return '';
  const named = (/** @type {string} */ name) => local(choices.find((choice) => choice.name === name)?.label) || name;
  if (kind === 'flag' || kind === 'consent') return value ? t('registrations.form.yes') : t('registrations.form.no');
  if (kind === 'choice') return named(value);
  if (kind === 'choices') return value.map(named).join(', ');
  return String(value);
}
