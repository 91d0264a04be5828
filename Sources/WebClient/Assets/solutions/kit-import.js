import { h } from '../dom/h.js';
import { askForm } from '../dom/form-dialog.js';
import { refusalOf } from '../session/session.js';
import { showError, showNotice } from '../shell/notices.js';
import { go } from '../shell/router.js';
import { newNonce } from '../wire/nonces.js';
import { RequestRefused } from '../wire/requests.js';
import { metropolitanCities } from './cities.js';
import { t } from '../i18n/i18n.js';

/**
 * Brings a solution here from the ZIP of its kit: it begins as a draft.
 * @param {number} network
 */
export async function importKit(network) {
  const cities = await metropolitanCities().catch(showError);
  if (!cities) return;
  const done = await askForm({
    title: t('solutions.import'), text: h('p', null, t('solutions.importText')), values: { city: '' }, action: t('solutions.importDo'),
    fields: [
      { name: 'file', label: t('solutions.importFile'), kind: 'file', accept: '.zip,application/zip', required: true },
      { name: 'city', label: t('solutions.form.city'), kind: 'select', options: [{ value: '', label: t('solutions.importCity') }, ...cities.map(({ id, name }) => ({ value: String(id), label: name }))] },
    ],
    refused: (error) => {
      if (error?.code !== 'invalid' && error?.code !== 'too_large') return undefined;
      const aboutCity = error.refusal?.fields?.some((/** @type {any} */ { path }) => path.endsWith('.city'));
      return aboutCity ? { field: 'city', text: t('solutions.importNoCity') } : { field: 'file', text: error.code === 'invalid' ? t('solutions.importBroken') : t('solutions.importLarge') };
    },
    submit: ({ file, city }) => send(file, { network: String(network), ...(city ? { city } : {}) }),
  });
  if (!done) return;
  showNotice(t('solutions.imported'));
  go(`/solutions/${done.answer.id}`);
}

/** @param {File} file @param {Record<string, string>} query */
async function send(file, query) {
  const response = await fetch(`/api/v1/solutions/import?${new URLSearchParams(query)}`, {
    method: 'PUT', headers: { 'content-type': 'application/zip', 'idempotency-key': newNonce() }, body: file, credentials: 'same-origin',
  });
  if (!response.ok) throw new RequestRefused(await refusalOf(response));
  return response.json();
}
