import { h } from './h.js';
import './picker.js';

/** @typedef {import('./form').Field} Field */
/** @typedef {{ id: string, value: any, problem: string | undefined, describedBy: string | null, change: (value: any) => void }} Asking */

/** @param {Field} field @param {Asking} asking */
export function formControl(field, asking) {
  const { id, value, problem, describedBy, change } = asking;
  const shared = {
    id, name: field.name, 'aria-invalid': problem ? 'true' : null, 'aria-describedby': describedBy, 'aria-required': field.required ? 'true' : null,
  };
  const typed = (/** @type {Event} */ event) => change(/** @type {HTMLInputElement} */ (event.currentTarget).value);
  switch (field.kind) {
    case 'textarea':
      return h('textarea', { ...shared, class: 'form-control', rows: 4, '.value': value ?? '', oninput: typed });
    case 'select':
      return h('select', { ...shared, class: 'form-control', onchange: typed },
        (field.options ?? []).map((option) => h('option', { key: option.value, value: option.value, '.selected': (value ?? '') === option.value }, option.label)));
    case 'check':
      return h('label', { class: 'check', for: id },
        h('input', { ...shared, type: 'checkbox', '.checked': value === true, onchange: (/** @type {Event} */ event) => change(isChecked(event)) }), field.label);
    case 'checks':
      return checks(field, asking);
    case 'picker':
      return h('m-picker', {
        'field-id': id, 'described-by': describedBy, invalid: Boolean(problem), '.find': field.find, '.chosen': value,
        onchoose: (/** @type {CustomEvent} */ event) => change(event.detail),
      });
    case 'own':
      return field.control?.(asking) ?? h('div', null);
    case 'file':
      return h('input', { ...shared, class: 'form-control', type: 'file', accept: field.accept ?? null,
        onchange: (/** @type {Event} */ event) => change(/** @type {HTMLInputElement} */ (event.currentTarget).files?.[0]) });
    default:
      return h('input', {
        ...shared, class: 'form-control', type: field.kind ?? 'text', min: field.min ?? null, max: field.max ?? null, step: field.step ?? null,
        inputmode: field.kind === 'number' ? 'numeric' : null, autocomplete: field.autocomplete ?? 'off', '.value': value ?? '', oninput: typed,
      });
  }
}

/** @param {Field} field @param {Asking} asking */
function checks(field, { id, value, problem, change }) {
  const chosen = new Set(value ?? []);
  return h('div', { class: 'checks' }, (field.options ?? []).map((option, index) => h('label', { class: 'check', key: option.value, for: `${id}-${index}` },
    h('input', {
      id: `${id}-${index}`, type: 'checkbox', name: field.name, value: option.value, '.checked': chosen.has(option.value),
      'aria-invalid': problem && index === 0 ? 'true' : null,
      onchange: (/** @type {Event} */ event) => {
        if (isChecked(event)) chosen.add(option.value);
        else chosen.delete(option.value);
        change([...chosen]);
      },
    }),
    h('span', null, option.label, option.hint && h('span', { class: 'field-hint' }, option.hint)))));
}

/** @param {Event} event */
function isChecked(event) {
  return /** @type {HTMLInputElement} */ (event.currentTarget).checked;
}
