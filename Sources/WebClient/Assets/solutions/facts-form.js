import { h } from '../dom/h.js';
import { askForm } from '../dom/form-dialog.js';
import { app } from '../shell/app.js';
import { showNotice } from '../shell/notices.js';
import { refused } from './step.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').Solution} Solution */

const MOST = 1_000_000_000;

/**
 * Another title, or what it costs.
 * @param {Solution} solution
 */
export async function changeFacts(solution) {
  const { id, revision, title, cost } = solution;
  /** @type {Record<string, any>} */
  const values = { title, once: cost?.once ?? '', yearly: cost?.yearly ?? '' };
  const amount = (/** @type {string} */ name, /** @type {string} */ label) => ({ name, label, kind: /** @type {const} */ ('number'), min: 0, max: MOST });
  const done = await askForm({
    title: t('solutions.factsTitle'), values, action: t('solutions.save'),
    text: [h('p', { key: 'about' }, t('solutions.factsText')), solution.state === 'published' && h('p', { key: 'next' }, t('solutions.reopenText', { n: solution.version, next: solution.version + 1 }))],
    fields: [
      { name: 'title', label: t('solutions.form.title'), required: true, maxBytes: 200 },
      { ...amount('once', t('solutions.cost.onceLabel')), hint: t('solutions.cost.hint') }, amount('yearly', t('solutions.cost.yearlyLabel')),
    ],
    refused: (error) => refused(error) ?? placed(error),
    submit: (given) => {
      const [once, yearly] = [given.once, given.yearly].map((value) => (String(value).trim() === '' ? undefined : Number(value)));
      const next = { ...(once === undefined ? {} : { once }), ...(yearly === undefined ? {} : { yearly }) };
      const isCostChanged = once !== cost?.once || yearly !== cost?.yearly;
      const changes = {
        ...(given.title.trim() !== title ? { title: given.title.trim() } : {}),
        ...(isCostChanged ? { cost: Object.keys(next).length > 0 ? next : null } : {}),
      };
      return Object.keys(changes).length > 0 ? app.command('solution.change', { solution: id, revision, ...changes }) : Promise.resolve();
    },
  });
  if (done) showNotice(t('solutions.factsSaved'));
}

/** @param {any} error */
function placed(error) {
  const [first] = error?.refusal?.fields ?? [];
  const field = /^with\.cost\.(once|yearly)/.exec(first?.path ?? '')?.[1];
  return field ? { field, text: t('form.bounds', { min: 0, max: MOST }) } : undefined;
}
