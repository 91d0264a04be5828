import { h } from '../dom/h.js';
import { ask } from '../dom/ask.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { channelName } from './names.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Channel} Channel */
/** @typedef {import('../wire/protocol').Network} Network */

const CHOICES = [
  { value: 'default', text: 'tune.default' }, { value: 'all', text: 'tune.all' },
  { value: 'mentions', text: 'tune.mentions' }, { value: 'none', text: 'tune.none' },
];

/**
 * Of what one is notified in a channel: its own choice, else its network's, else mentions; of all in a direct conversation.
 * @param {Channel} channel
 */
export function notifyOf(channel) {
  return channel.notify ?? (channel.kind === 'direct' ? 'all' : app.state.networks.get(channel.network)?.notify ?? 'mentions');
}

/** @param {Channel} channel */
export function isMuted(channel) {
  return notifyOf(channel) === 'none';
}

/** @param {Channel} channel */
export async function toggleFavourite(channel) {
  const favourite = !channel.favourite;
  await app.command('channel.tune', { channel: channel.id, favourite });
  app.community.applyNote('channel.tuned', { channel: channel.id, favourite, notify: channel.notify ?? 'default' });
}

/** @param {Channel} channel */
export function tuneChannel(channel) {
  const network = app.state.networks.get(channel.network);
  const inherited = channel.kind === 'direct' ? 'all' : network?.notify ?? 'mentions';
  dialog(t('tune.title', { name: channelName(channel) }), channel.notify ?? 'default', t('tune.inherited', { choice: t(textOf(inherited)) }),
    (notify) => app.command('channel.tune', { channel: channel.id, notify }));
}

/** @param {Network} network */
export function tuneNetwork(network) {
  dialog(t('tune.title', { name: local(network.name) }), network.notify ?? 'default', t('tune.inherited', { choice: t('tune.mentions') }),
    (notify) => app.command('network.tune', { network: network.id, notify }));
}

/** @param {string} choice */
function textOf(choice) {
  return (CHOICES.find(({ value }) => value === choice) ?? CHOICES[2]).text;
}

/**
 * @param {string} title
 * @param {string} current
 * @param {string} hint what the default means here
 * @param {(notify: string) => Promise<unknown>} act
 */
function dialog(title, current, hint, act) {
  ask({
    title,
    content: h('fieldset', { class: 'choices' }, h('legend', { class: 'visually-hidden' }, title), CHOICES.map(({ value, text }) => (
      h('div', { class: 'choice', key: value },
        h('input', { type: 'radio', name: 'notify', id: `notify-${value}`, value, '.checked': value === current, 'aria-describedby': value === 'default' ? 'notify-hint' : null }),
        h('label', { for: `notify-${value}` }, t(text), value === 'default' && h('span', { class: 'field-hint', id: 'notify-hint' }, hint)))))),
    action: t('message.save'),
    act: async (form) => {
      try {
        await act(String(form.get('notify') ?? 'default'));
        return undefined;
      } catch (error) {
        return errorText(error);
      }
    },
  });
}
