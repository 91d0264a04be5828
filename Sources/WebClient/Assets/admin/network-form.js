import { h } from '../dom/h.js';
import { askForm } from '../dom/form-dialog.js';
import { app } from '../shell/app.js';
import { settingField, settingsOf } from '../facilitation/settings.js';
import { suggestSlug } from '../facilitation/slug.js';
import { local, t } from '../i18n/i18n.js';

/**
 * Makes a network; what is asked depends on its module.
 * @param {import('../facilitation/network-types').NetworkType[]} types
 */
export function askForNetwork(types) {
  /** @type {Record<string, any>} */
  const values = { type: types[0].id, 'name.it': '', 'name.en': '', slug: '' };
  const type = () => types.find(({ id }) => id === values.type) ?? types[0];
  return askForm({
    title: t('admin.networks.create'),
    text: h('p', null, t('admin.networks.createText')),
    fields: () => [
      { name: 'type', label: t('admin.networks.module'), kind: 'select', required: true, hint: local(type().summary), options: types.map(({ id, label }) => ({ value: id, label: local(label) })) },
      { name: 'name.it', label: t('admin.networks.nameIt'), required: true, maxBytes: 200 },
      { name: 'name.en', label: t('admin.networks.nameEn'), required: true, maxBytes: 200 },
      { name: 'slug', label: t('admin.slug'), required: true, hint: t('admin.slugHint') },
      ...type().settings.map(settingField),
    ],
    values,
    changed: suggestSlug({ values }, 'name.it'),
    action: t('admin.networks.createAction'),
    submit: (given) => app.command('network.create', {
      type: given.type, slug: given.slug.trim(), name: { it: given['name.it'].trim(), en: given['name.en'].trim() }, settings: settingsOf(type().settings, given),
    }),
    refused: (error) => (error?.code === 'conflict' ? { field: 'slug', text: t('admin.slugTaken') } : undefined),
  });
}
