import { askForm } from '../dom/form-dialog.js';
import { app } from '../shell/app.js';
import { suggestSlug } from '../facilitation/slug.js';
import { given } from './filters.js';
import { kindOptions, REGIONS } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./organisations-view').Organisation} Organisation */

/**
 * Makes an organisation, or changes one.
 * @param {Map<number, string>} cities
 * @param {Organisation} [known]
 */
export function askForOrganisation(cities, known) {
  /** @type {Record<string, any>} */
  const values = known
    ? { ...known, parent: known.parent ? String(known.parent) : '', lat: text(known.lat), lon: text(known.lon) }
    : { kind: 'comune', name: '', slug: '', parent: '', region: '' };
  // An organisation may stand in a region that is written otherwise: it stays as it is.
  const regions = [...new Set([...REGIONS.map((region) => region.replace('’', "'")), ...(known?.region ? [known.region] : [])])];
  const none = { value: '', label: t('admin.organisations.noneChosen') };
  return askForm({
    title: known ? t('admin.organisations.changeTitle', { name: known.name }) : t('admin.organisations.create'),
    fields: () => [
      { name: 'kind', label: t('admin.organisations.kind'), kind: 'select', required: true, options: kindOptions() },
      { name: 'name', label: t('admin.organisations.name'), required: true, maxBytes: 200 },
      { name: 'slug', label: t('admin.slug'), required: true, hint: t('admin.slugHint') },
      { name: 'region', label: t('admin.organisations.region'), kind: 'select', options: [none, ...regions.map((region) => ({ value: region, label: region }))] },
      ...(values.kind === 'comune' || values.kind === 'unione_dei_comuni' ? [{ name: 'parent', label: t('admin.organisations.parent'), kind: /** @type {'select'} */ ('select'),
        hint: t('admin.organisations.parentHint'), options: [none, ...[...cities].sort(([, a], [, b]) => a.localeCompare(b, 'it')).map(([id, name]) => ({ value: String(id), label: name }))] }] : []),
      { name: 'istat', label: t('admin.organisations.istat'), hint: t('admin.organisations.istatHint'), maxBytes: 12 },
      { name: 'lat', label: t('admin.organisations.lat'), kind: 'number', step: 'any', min: -90, max: 90 },
      { name: 'lon', label: t('admin.organisations.lon'), kind: 'number', step: 'any', min: -180, max: 180 },
    ],
    values,
    changed: known ? undefined : suggestSlug({ values }, 'name'),
    action: known ? t('admin.save') : t('admin.organisations.createAction'),
    submit: ({ kind, name, slug, region, parent, istat, lat, lon }) => app.command(known ? 'organisation.change' : 'organisation.create', {
      ...(known ? { organisation: known.id, revision: known.revision } : {}),
      ...given({ kind, name: name.trim(), slug: slug.trim(), region, parent: parent ? Number(parent) : undefined, istat: istat?.trim(), lat: number(lat), lon: number(lon) }),
    }),
    refused: (error) => (error?.code === 'conflict' && error.refusal?.current?.organisation !== undefined ? { field: 'slug', text: t('admin.slugTaken') } : undefined),
  });
}

/** @param {number | undefined} value */
function text(value) {
  return value === undefined ? '' : String(value);
}

/** @param {string | undefined} typed */
function number(typed) {
  return typed === undefined || typed === '' ? undefined : Number(typed);
}
