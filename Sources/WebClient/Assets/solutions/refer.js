import { askForm } from '../dom/form-dialog.js';
import { shortDate } from '../dom/time.js';
import { fold } from '../i18n/fold.js';
import { app } from '../shell/app.js';
import { showNotice } from '../shell/notices.js';
import { when } from '../events/when.js';
import { excerpt } from '../dom/excerpt.js';
import { findSolutions } from './review-acts.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').Solution} Solution */
/** @typedef {import('../dom/form').Choice} Choice */

const OFFERED = 8;
const LOOKED_AT = 200;

/**
 * Links what a solution came from or has to do with.
 * @param {Solution} solution
 */
export async function refer(solution) {
  /** @type {Record<string, any>} */
  const values = { kind: 'event' };
  const option = (/** @type {string} */ value, /** @type {string} */ label) => ({ value, label });
  const finders = { event: events(), decision: decisions(solution.network), message: findMessages, solution: (/** @type {string} */ text) => findSolutions(text, solution.id) };
  let kind = values.kind;
  const done = await askForm({
    title: t('solutions.referTitle'), action: t('solutions.refer'), values,
    fields: () => {
      // What was chosen was of another kind.
      if (values.kind !== kind) values[`of-${kind}`] = undefined;
      kind = values.kind;
      return [
        { name: 'kind', label: t('solutions.referKind'), kind: 'select', required: true, options: [option('event', t('solutions.link.event')), option('decision', t('solutions.link.decision')),
          option('solution', t('solutions.link.solution')), option('message', t('solutions.link.message'))] },
        { name: `of-${kind}`, label: t('solutions.referWhich'), kind: 'picker', required: true, find: finders[/** @type {keyof typeof finders} */ (kind)] },
      ];
    },
    submit: () => app.command('solution.refer', { solution: solution.id, kind: values.kind, id: values[`of-${values.kind}`].id }),
  });
  if (done) showNotice(t('solutions.referred'));
}

/** @param {string} title @param {string} text all words of the text begin somewhere in the title */
function fits(title, text) {
  const words = fold(title).split(/[^\p{L}\p{N}]+/u);
  return fold(text).split(/\s+/).every((wanted) => words.some((word) => word.startsWith(wanted)));
}

/** Events by the words of their titles, those of the newest date first: of all one's networks, asked once per dialog. */
function events() {
  /** @type {Promise<import('../wire/protocol').Event[]> | undefined} */
  let all;
  return async (/** @type {string} */ text) => {
    all ??= app.query('event.list', { newest: true, limit: LOOKED_AT }).then((answer) => answer.events);
    return (await all).filter(({ title, state }) => state !== 'draft' && fits(title, text)).slice(0, OFFERED).map((event) => ({ id: event.id, label: event.title, detail: when(event, true) }));
  };
}

/** @param {number} network */
function decisions(network) {
  /** @type {Promise<any[]> | undefined} */
  let all;
  return async (/** @type {string} */ text) => {
    all ??= app.query('decision.list', { network, limit: LOOKED_AT }).then((answer) => answer.decisions);
    return (await all).map((decision) => ({ id: decision.id, label: `${decision.number} · ${excerpt(decision.html, 100)}`, detail: decision.at && shortDate(decision.at) }))
      .filter(({ label }) => fits(label, text)).slice(0, OFFERED);
  };
}

/** @param {string} text @returns {Promise<Choice[]>} */
async function findMessages(text) {
  const { hits } = await app.query('search', { text, kind: 'message', limit: OFFERED });
  return hits.map((/** @type {import('../wire/protocol').SearchHit} */ { id, snippet, at }) => ({ id, label: excerpt(snippet ?? '', 100), detail: at && shortDate(at) }));
}
