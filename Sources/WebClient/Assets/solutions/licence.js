import { h } from '../dom/h.js';
import { askForm } from '../dom/form-dialog.js';
import { app } from '../shell/app.js';
import { showNotice } from '../shell/notices.js';
import { refused } from './step.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').Solution} Solution */

/** @type {Record<string, { text: string }>} */
const COMMON = {
  'CC-BY-4.0': { text: 'solutions.licence.ccBy' }, 'CC-BY-SA-4.0': { text: 'solutions.licence.ccBySa' }, 'CC0-1.0': { text: 'solutions.licence.cc0' },
  'EUPL-1.2': { text: 'solutions.licence.eupl' }, 'AGPL-3.0-or-later': { text: 'solutions.licence.agpl' },
};

/** @param {Solution} solution */
export async function chooseLicence(solution) {
  /** @type {Record<string, any>} */
  const values = { licence: !solution.licence ? '' : COMMON[solution.licence] ? solution.licence : 'other', other: solution.licence && !COMMON[solution.licence] ? solution.licence : '' };
  const done = await askForm({
    title: t('solutions.licenceTitle'), values, action: t('solutions.save'), refused,
    text: [h('p', { key: 'about' }, t('solutions.licenceText')), solution.state === 'published' && h('p', { key: 'next' }, t('solutions.reopenText', { n: solution.version, next: solution.version + 1 }))],
    fields: () => /** @type {import('../dom/form').Field[]} */ ([
      { name: 'licence', label: t('solutions.licence'), kind: 'select', required: true, options: [{ value: '', label: t('solutions.licenceChoose') },
        ...Object.entries(COMMON).map(([value, { text }]) => ({ value, label: t(text) })), { value: 'other', label: t('solutions.licenceOther') }] },
      values.licence === 'other' && { name: 'other', label: t('solutions.licenceId'), required: true, maxBytes: 300, hint: t('solutions.licenceIdHint') },
    ].filter(Boolean)),
    submit: ({ licence, other }) => app.command('solution.license', { solution: solution.id, revision: solution.revision, licence: licence === 'other' ? other.trim() : licence }),
  });
  if (done) showNotice(t('solutions.licenceSaved'));
}
