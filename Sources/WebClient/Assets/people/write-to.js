import { app } from '../shell/app.js';
import { go } from '../shell/router.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Person} Person */

/**
 * Opens the conversation with one person; there is only one.
 * @param {Person} person
 */
export async function writeTo(person) {
  const { channel } = await app.command('direct.open', { people: [person.id] });
  if (!app.state.channels.has(channel)) {
    const { channels } = await app.query('channel.list');
    for (const each of channels) if (each.id === channel) app.state.channels.set(channel, each);
    app.community.touch('channels');
  }
  go(`/channels/${channel}`);
}

/** @param {Person} person */
export function writeToLabel(person) {
  return t('people.write', { name: person.name });
}

/**
 * What somebody does, and where.
 * @param {Person} person
 */
export function detailOf(person) {
  return [person.title, person.organisationName].filter(Boolean).join(' – ');
}
