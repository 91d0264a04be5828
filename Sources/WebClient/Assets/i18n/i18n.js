/** @typedef {'it' | 'en'} Language */
/** @typedef {Record<string, string>} Table */

const KEY = 'metropoli.language';

/** @type {Record<Language, Table>} */
let tables = { it: {}, en: {} };
/** @type {Language} */
let current = 'it';
/** @type {Set<() => void>} */
const listeners = new Set();

/**
 * Italian comes first: a browser's wish counts only once the person has made it here.
 * @param {Record<Language, Table>} loaded
 */
export function startLanguage(loaded) {
  tables = loaded;
  current = localStorage.getItem(KEY) === 'en' ? 'en' : 'it';
  document.documentElement.lang = current;
}

/**
 * The texts of a part of the client that is loaded when it is first wanted.
 * @param {Record<Language, Table>} more
 */
export function addTexts(more) {
  tables = { it: { ...tables.it, ...more.it }, en: { ...tables.en, ...more.en } };
}

/** @returns {Language} */
export function language() {
  return current;
}

/** @param {Language} next */
export function setLanguage(next) {
  if (next === current) return;
  current = next;
  localStorage.setItem(KEY, next);
  document.documentElement.lang = next;
  for (const listener of [...listeners]) listener();
}

/**
 * The language of a person's account, where this browser was not told another.
 * @param {string} wanted
 */
export function offerLanguage(wanted) {
  if (localStorage.getItem(KEY) !== null || wanted === current || (wanted !== 'it' && wanted !== 'en')) return;
  current = wanted;
  document.documentElement.lang = wanted;
  for (const listener of [...listeners]) listener();
}

/** @param {() => void} listener @returns {() => void} */
export function onLanguage(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const text = tables[current][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * A text with a count: `key_one` or `key_other`, with `{n}`.
 * @param {string} key
 * @param {number} n
 * @param {Record<string, string | number>} [values]
 */
export function plural(key, n, values = {}) {
  // "many" (Italian: 1 000 000) reads like the others.
  const form = new Intl.PluralRules(current).select(n) === 'one' ? 'one' : 'other';
  return t(`${key}_${form}`, { n, ...values });
}

/**
 * A name that the community gives in several languages.
 * @param {import('../wire/protocol').LocalText | undefined} text
 */
export function local(text) {
  if (text === undefined || typeof text === 'string') return text ?? '';
  return text[current] ?? text.it ?? text.en ?? Object.values(text)[0] ?? '';
}
