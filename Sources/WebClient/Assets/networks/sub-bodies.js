import { h } from '../dom/h.js';
import { iconButton } from '../dom/controls.js';
import '../dom/picker.js';
import { app } from '../shell/app.js';
import { ownFacts } from '../people/me.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../dom/form').Choice} Choice */

const ASK_AGAIN_MS = 60_000;
/** As many as the server takes unless it is told otherwise. */
const MOST = 50;

/** @type {Map<number, Map<number, string>>} the comuni of each city, by their number */
const known = new Map();
/** @type {Map<number, number>} when a city's were asked for */
const asked = new Map();

/**
 * The comuni of a city, asked for once: they hardly ever change.
 * @param {number} city
 */
export async function loadBodies(city) {
  const found = known.get(city);
  if (found) return found;
  const { organisations } = await app.query('organisation.list', { city, kind: 'comune', limit: 2000 });
  const names = new Map(organisations.map((/** @type {any} */ { id, name }) => [id, name]));
  known.set(city, names);
  app.community.touch('bodies');
  return names;
}

/**
 * To which comuni of a network something is addressed, in words.
 * @param {number[]} addressed
 * @param {number} network
 */
export function bodiesInWords(addressed, network) {
  const city = app.state.networks.get(network)?.subBodies;
  const names = city && known.get(city);
  if (city && !names && Date.now() - (asked.get(city) ?? 0) > ASK_AGAIN_MS) {
    asked.set(city, Date.now());
    // Until they come, and without a line, it says how many they are.
    void loadBodies(city).catch(() => undefined);
  }
  const named = addressed.flatMap((id) => (names && names.get(id)) ?? []);
  const others = addressed.length - named.length;
  return [...named, ...(others > 0 ? [plural('addressed.bodies', others)] : [])].join(', ');
}

/**
 * Whether something is addressed to a comune that one acts for.
 * @param {number[] | undefined} addressed
 */
export function isForMine(addressed) {
  if (!addressed?.length) return false;
  const today = new Date().toISOString();
  return (ownFacts()?.mandates ?? []).some(({ organisation, from, to }) => addressed.includes(organisation)
    && (!from || from <= today) && (!to || to >= today.slice(0, to.length)));
}

/**
 * Some comuni of a city, one after the other, found as one types.
 * @param {number} city
 * @returns {(asking: import('../dom/form-controls').Asking) => import('../dom/h').VNode}
 */
export function bodyList(city) {
  let refocus = false;
  const focus = (/** @type {HTMLElement} */ picker) => {
    if (refocus) queueMicrotask(() => picker.querySelector('input')?.focus());
    refocus = false;
  };
  return ({ id, value, problem, describedBy, change }) => {
    /** @type {Choice[]} */
    const bodies = value ?? [];
    const set = (/** @type {Choice[]} */ next) => {
      refocus = true;
      change(next);
    };
    return h('div', { class: 'body-list' },
      bodies.length > 0 && h('ul', { class: 'body-chips', key: 'chosen', 'aria-label': t('addressed.label') }, bodies.map((body) => h('li', { key: body.id },
        h('span', null, body.label), iconButton('it-close', t('addressed.remove', { name: body.label }), { onclick: () => set(bodies.filter((one) => one !== body)) })))),
      // A new picker for the next one.
      bodies.length < MOST && h('div', { key: `pick ${bodies.map((body) => body.id).join()}` }, h('label', { class: 'visually-hidden', for: `${id}-pick` }, t('addressed.find')),
        h('m-picker', {
          'field-id': `${id}-pick`, 'described-by': describedBy, invalid: Boolean(problem), ref: focus,
          '.find': async (/** @type {string} */ text) => (await findBodies(city, text)).filter(({ id: found }) => !bodies.some((one) => one.id === found)),
          onchoose: (/** @type {CustomEvent} */ event) => {
            if (event.detail) set([...bodies, event.detail]);
          },
        })));
  };
}

/** @param {number} city @param {string} text @returns {Promise<Choice[]>} */
async function findBodies(city, text) {
  const { organisations } = await app.query('organisation.list', { city, kind: 'comune', text, limit: 8 });
  return organisations.map((/** @type {any} */ { id, name }) => ({ id, label: name }));
}
