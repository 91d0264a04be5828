import { app } from '../shell/app.js';
import { setZone } from '../dom/time.js';
import { offerLanguage } from '../i18n/i18n.js';

/**
 * @typedef {object} Mandate
 * @property {number} id
 * @property {number} organisation
 * @property {string} [organisationName]
 * @property {string} role
 * @property {string} [title]
 * @property {string} [from]
 * @property {string} [to]
 */

/**
 * @typedef {object} Me
 * @property {{ id: number, name: string, email?: string, language: string, zone: string, roles: string[] }} person
 * @property {Mandate[]} mandates
 */

/** @type {Me | undefined} */
let me;
let asked = 0;

/**
 * What only the server tells about oneself; asked once per person, again when it changed.
 * @returns {Me | undefined} nothing until the answer has come
 */
export function ownFacts() {
  if (app.me !== undefined && asked !== app.me) void loadOwnFacts();
  return me?.person.id === app.me ? me : undefined;
}

export async function loadOwnFacts() {
  asked = app.me ?? 0;
  try {
    me = await app.query('person.me');
    setZone(me?.person.zone ?? '');
    offerLanguage(me?.person.language ?? '');
    app.community.touch('me');
  } catch {
    // Whoever shows it does without.
  }
}

/** @param {Mandate} mandate */
export function mandateText(mandate) {
  return [mandate.title, mandate.organisationName].filter(Boolean).join(' – ');
}
