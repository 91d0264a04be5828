import { app } from '../shell/app.js';
import { local, plural, t } from '../i18n/i18n.js';

/** @typedef {import('./network-types').SettingRule} SettingRule */
/** @typedef {import('../dom/form').Field} Field */
/** @typedef {import('../dom/form').Choice} Choice */

/**
 * A setting as it is asked for in a form, with its bounds.
 * @param {SettingRule} rule
 * @returns {Field}
 */
export function settingField(rule) {
  const field = { name: `settings.${rule.name}`, label: local(rule.label), required: rule.required === true, hint: boundsText(rule) };
  switch (rule.kind) {
    case 'integer': return { ...field, kind: 'number', min: rule.minimum, max: rule.maximum };
    case 'flag': return { ...field, kind: 'check' };
    case 'organisation': return { ...field, kind: 'picker', find: (text) => findOrganisations(text, rule.kinds) };
    default: return { ...field, kind: 'textarea', maxBytes: rule.maximum };
  }
}

/**
 * What a form's answers mean on the wire; what was left empty is left out.
 * @param {SettingRule[]} rules
 * @param {Record<string, any>} values
 */
export function settingsOf(rules, values) {
  /** @type {Record<string, any>} */
  const settings = {};
  for (const { name, kind } of rules) {
    const value = values[`settings.${name}`];
    if (value === undefined || value === '' || value === null) continue;
    settings[name] = kind === 'integer' ? Number(value) : kind === 'organisation' ? value.id : value;
  }
  return settings;
}

/**
 * What is set now, as a form's first answers.
 * @param {SettingRule[]} rules
 * @param {Record<string, any>} settings
 * @param {(id: number) => string} nameOfOrganisation
 */
export function settingValues(rules, settings, nameOfOrganisation) {
  return Object.fromEntries(rules.filter(({ name }) => settings[name] !== undefined).map(({ name, kind }) => [
    `settings.${name}`, kind === 'organisation' ? { id: settings[name], label: nameOfOrganisation(settings[name]) } : kind === 'integer' ? String(settings[name]) : settings[name],
  ]));
}

/** @param {SettingRule} rule */
export function boundsText(rule) {
  if (rule.kind === 'integer') return t('facilitation.bounds.integer', { min: rule.minimum ?? '', max: rule.maximum ?? '' });
  if (rule.kind === 'text') return plural('facilitation.bounds.text', rule.maximum ?? 0);
  if (rule.kind === 'flag') return t('facilitation.bounds.flag');
  return rule.kinds?.includes('citta_metropolitana') ? t('facilitation.bounds.city') : t('facilitation.bounds.organisation');
}

/**
 * @param {SettingRule} rule
 * @param {any} value
 * @param {(id: number) => string} nameOfOrganisation
 */
export function settingText(rule, value, nameOfOrganisation) {
  if (value === undefined) return t('facilitation.notSet');
  if (rule.kind === 'flag') return value ? t('facilitation.yes') : t('facilitation.no');
  if (rule.kind === 'organisation') return nameOfOrganisation(value);
  return String(value);
}

/** @param {string} text @param {string[]} [kinds] @returns {Promise<Choice[]>} */
export async function findOrganisations(text, kinds) {
  const { organisations } = await app.query('organisation.list', { text, limit: 12, ...(kinds?.length === 1 ? { kind: kinds[0] } : {}) });
  return organisations.filter((/** @type {any} */ one) => !kinds || kinds.includes(one.kind))
    .map((/** @type {any} */ one) => ({ id: one.id, label: one.name, detail: one.region }));
}

/**
 * The names of the organisations that settings speak of.
 * @param {SettingRule[]} rules
 * @param {Record<string, any>} settings
 * @returns {Promise<(id: number) => string>}
 */
export async function organisationNames(rules, settings) {
  const wanted = rules.filter(({ kind, name }) => kind === 'organisation' && settings[name] !== undefined);
  /** @type {Map<number, string>} */
  const names = new Map();
  for (const kind of new Set(wanted.flatMap(({ kinds }) => kinds ?? []))) {
    const { organisations } = await app.query('organisation.list', { kind, limit: 2000 });
    for (const { id, name } of organisations) names.set(id, name);
  }
  return (id) => names.get(id) ?? `#${id}`;
}
