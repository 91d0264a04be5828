import { h } from '../dom/h.js';
import { askForm } from '../dom/form-dialog.js';
import { app } from '../shell/app.js';
import { channelName } from '../channels/names.js';
import { suggestSlug } from './slug.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Network} Network */
/** @typedef {import('../wire/protocol').Channel} Channel */

/** @param {any} error */
function slugTaken(error) {
  return error?.code === 'conflict' ? { field: 'slug', text: t('facilitation.slugTaken') } : undefined;
}

/** @param {Network} network */
export function askForChannel(network) {
  /** @type {Record<string, any>} */
  const values = { name: '', slug: '', kind: 'open', history: 'shared' };
  const suggest = suggestSlug({ values }, 'name');
  return askForm({
    title: t('facilitation.channels.create'),
    text: h('p', null, t('facilitation.channels.createText', { network: local(network.name) })),
    fields: () => [
      { name: 'name', label: t('facilitation.channels.name'), required: true, maxBytes: 120 },
      { name: 'slug', label: t('facilitation.slug'), required: true, hint: t('facilitation.slugHint') },
      { name: 'kind', label: t('facilitation.channels.kind'), kind: 'select', required: true, hint: t(KIND_HINTS[values.kind].text), options: [
        { value: 'open', label: t('channel.kind.open') }, { value: 'announcement', label: t('channel.kind.announcement') }, { value: 'private', label: t('channel.kind.private') }] },
      { name: 'history', label: t('facilitation.channels.history'), kind: 'select', required: true, hint: t('facilitation.history.hint'), options: [
        { value: 'shared', label: t('facilitation.history.shared') }, { value: 'from_joining', label: t('facilitation.history.fromJoining') }] },
    ],
    values,
    changed: suggest,
    action: t('facilitation.channels.createAction'),
    submit: ({ name, slug, kind, history }) => app.command('channel.create', { network: network.id, name: name.trim(), slug: slug.trim(), kind, history }),
    refused: slugTaken,
  });
}

/** @type {Record<string, { text: string }>} */
const KIND_HINTS = {
  open: { text: 'facilitation.kind.open' }, announcement: { text: 'facilitation.kind.announcement' }, private: { text: 'facilitation.kind.private' },
};

/** @param {Channel} channel */
export function askForChange(channel) {
  return askForm({
    title: t('facilitation.channels.changeTitle', { name: channelName(channel) }),
    fields: [
      { name: 'name', label: t('facilitation.channels.name'), required: true, maxBytes: 120 },
      { name: 'slug', label: t('facilitation.slug'), required: true, hint: t('facilitation.slugHint') },
    ],
    values: { name: channelName(channel), slug: channel.slug },
    action: t('facilitation.save'),
    submit: ({ name, slug }) => app.command('channel.change', { channel: channel.id, name: name.trim(), slug: slug.trim() }),
    refused: slugTaken,
  });
}

/**
 * @param {Network} network
 * @param {Channel} channel
 * @param {number[]} already
 */
export function askForShare(network, channel, already) {
  const others = [...app.state.networks.values()].filter(({ id, dormant }) => id !== network.id && !dormant && !already.includes(id))
    .sort((a, b) => local(a.name).localeCompare(local(b.name), 'it'));
  return askForm({
    title: t('facilitation.shares.title', { name: channelName(channel) }),
    text: h('p', null, t('facilitation.shares.text')),
    fields: [{ name: 'network', label: t('facilitation.shares.network'), kind: 'select', required: true,
      options: [{ value: '', label: t('form.choose') }, ...others.map(({ id, name }) => ({ value: String(id), label: local(name) }))] }],
    action: t('facilitation.shares.propose'),
    submit: async (values) => {
      await app.command('channel.share', { channel: channel.id, network: Number(values.network) });
      return Number(values.network);
    },
  });
}
