import { h } from '../dom/h.js';
import { nameOf } from '../people/people.js';
import { plural, t } from '../i18n/i18n.js';

/**
 * @typedef {object} Comment
 * @property {number} id
 * @property {number} from
 * @property {number} to
 * @property {string} text
 * @property {string} [html]
 * @property {number} [by]
 * @property {string} at
 * @property {boolean} resolved
 * @property {string} [quote]
 * @property {{ id?: number, text: string, html?: string, by?: number, at: string }[]} [replies]
 */

/**
 * @typedef {object} DocumentFacts
 * @property {number} id
 * @property {string} title
 * @property {number} network
 * @property {string} state
 * @property {number} revision
 * @property {number} [version] the newest published one
 * @property {string} [text]
 * @property {string} [html]
 * @property {Comment[]} [comments]
 * @property {number} [createdBy]
 * @property {string} [at]
 * @property {string} [changedAt]
 * @property {Suggestion[]} [suggestions]
 * @property {DocumentFile[]} [files]
 */

/** @typedef {import('../wire/protocol').FileInfo & { by?: number }} DocumentFile */

/** @typedef {{ id: number, changes?: (number | [number, ...string[]])[], text?: string, by?: number, at: string }} Suggestion */

/**
 * Whose it is; of one who was erased nobody's.
 * @param {number | undefined} person
 */
export function writer(person) {
  return person ? nameOf(person) : t('person.unknown');
}

/** @type {Record<string, { text: string, look: string }>} */
const STATES = {
  published: { text: 'documents.state.published', look: 'is-ok' }, archived: { text: 'documents.state.archived', look: 'is-warm' },
};

/** @param {{ state?: string }} document */
export function stateTag({ state }) {
  const known = STATES[state ?? ''];
  return known && h('span', { class: `tag ${known.look}`, key: 'state' }, t(known.text));
}

/**
 * How it stands with what one writes, in words; `kind` changes when it is worth saying aloud.
 * @param {import('./document-session').DocumentSession} session
 * @returns {{ kind: 'opening' | 'saved' | 'sending' | 'offline' | 'waiting' | 'trouble', text: string }}
 */
export function savingState(session) {
  const { editing, online } = session;
  if (editing.trouble) return { kind: 'trouble', text: t('documents.saving.trouble') };
  if (!session.started) return { kind: 'opening', text: t('documents.saving.opening') };
  const { pending } = editing;
  if (!online) return pending > 0 ? { kind: 'waiting', text: plural('documents.saving.waiting', pending) } : { kind: 'offline', text: t('documents.saving.offline') };
  return pending > 0 ? { kind: 'sending', text: t('documents.saving.sending') } : { kind: 'saved', text: t('documents.saving.saved') };
}
