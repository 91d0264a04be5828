import { icon } from '../dom/icon.js';
import { begins, when } from '../events/when.js';
import { app } from '../shell/app.js';
import { go, place } from '../shell/router.js';
import { avatar } from '../people/avatar.js';
import { detailOf } from '../people/write-to.js';
import { channelIcon, channelKind, channelName } from '../channels/names.js';
import { local, t } from '../i18n/i18n.js';
import { commands } from './commands.js';
import { match } from './fuzzy.js';

/**
 * Something that the palette leads to.
 * @typedef {object} Entry
 * @property {string} key
 * @property {string} name
 * @property {string} [detail]
 * @property {string} [words] further words that it answers to
 * @property {import('../dom/h').VNode} picture
 * @property {() => unknown} act
 * @property {[number, number][]} [marks] the parts of the name that match
 * @property {string} [snippet] from the server, with marks
 */

/** @typedef {{ id: string, title: string, entries: Entry[] }} Group */

const MOST_PER_GROUP = 6;
const NOTHING_TYPED = 5;

/**
 * What answers to the typed text, the best group first; with nothing typed, where one would probably go.
 * @param {string} typed
 * @returns {Group[]}
 */
export function groupsFor(typed) {
  if (typed.trim() === '') return withoutText();
  const groups = [
    best('channels', t('palette.channels'), channelEntries(), typed),
    best('people', t('palette.people'), peopleEntries(), typed),
    best('events', t('palette.events'), eventEntries(), typed),
    best('networks', t('palette.networks'), networkEntries(), typed),
    best('documents', t('palette.documents'), documentEntries(), typed),
    best('commands', t('palette.commands'), commands(), typed),
  ].filter(({ entries }) => entries.length > 0);
  return groups.sort((a, b) => b.score - a.score);
}

/** @returns {Group[]} */
function withoutText() {
  const here = place();
  const current = here.screen === 'channel' ? here.channel : 0;
  const news = [...app.state.channels.values()]
    .filter((channel) => channel.member && channel.unread > 0 && channel.id !== current)
    .sort((a, b) => b.mentions - a.mentions || b.unread - a.unread).slice(0, NOTHING_TYPED).map(channelEntry);
  return [
    ...(news.length > 0 ? [{ id: 'news', title: t('home.news'), entries: news }] : []),
    { id: 'commands', title: t('palette.commands'), entries: commands() },
  ];
}

/** @param {string} id @param {string} title @param {Entry[]} entries @param {string} typed */
function best(id, title, entries, typed) {
  const found = entries.flatMap((entry) => {
    const byName = match(typed, entry.name);
    if (byName) return [{ entry: { ...entry, marks: byName.marks }, score: byName.score }];
    // Words beside the name help to find it, less than the name itself does.
    const byAll = match(typed, [entry.name, entry.detail, entry.words].filter(Boolean).join(' '));
    return byAll && byAll.score > 0 ? [{ entry, score: byAll.score / 2 }] : [];
  });
  found.sort((a, b) => b.score - a.score || a.entry.name.localeCompare(b.entry.name, 'it'));
  return { id, title, score: found[0]?.score ?? 0, entries: found.slice(0, MOST_PER_GROUP).map(({ entry }) => entry) };
}

function channelEntries() {
  return [...app.state.channels.values()].filter((channel) => !channel.archived && (channel.member || channel.kind !== 'private')).map(channelEntry);
}

/** @param {import('../wire/protocol').Channel} channel @returns {Entry} */
function channelEntry(channel) {
  const network = app.state.networks.get(channel.network);
  return {
    key: `channel ${channel.id}`, name: channelName(channel), picture: channelIcon(channel),
    detail: [channel.kind === 'direct' || !network ? channelKind(channel) : local(network.name), !channel.member && t('palette.notJoined')].filter(Boolean).join(' · '),
    act: () => go(`/channels/${channel.id}`),
  };
}

/** @returns {Entry[]} */
function peopleEntries() {
  return [...app.state.people.values()].filter(({ id }) => id !== app.me).map((person) => ({
    key: `person ${person.id}`, name: person.name, detail: detailOf(person), picture: avatar(person.id), act: () => go(`/people/${person.id}`),
  }));
}

/** Those that are known here, what comes next first. @returns {Entry[]} */
function eventEntries() {
  const now = new Date().toISOString();
  const isOver = (/** @type {import('../wire/protocol').Event} */ event) => (event.end.utc ?? `${event.end.date}T23:59:59Z`) < now;
  const all = [...app.state.events.values()].sort((a, b) => begins(a).localeCompare(begins(b)));
  return [...all.filter((event) => !isOver(event)), ...all.filter(isOver).reverse()].map((event) => ({
    key: `event ${event.id}`, name: event.title, detail: when(event, true), words: local(app.state.networks.get(event.network)?.name), picture: icon('it-calendar', 'icon-sm'),
    act: () => go(`/events/${event.id}`),
  }));
}

/** @returns {Entry[]} */
function networkEntries() {
  return [...app.state.networks.values()].map((network) => ({
    key: `network ${network.id}`, name: local(network.name), picture: icon('it-piattaforme', 'icon-sm'), words: network.slug,
    detail: network.role ? undefined : t('palette.notJoined'), act: () => go(`/networks/${network.id}`),
  }));
}

/** @returns {Entry[]} */
function documentEntries() {
  return [...app.state.networks.values()].filter(({ role }) => role).map((network) => ({
    key: `documents ${network.id}`, name: t('palette.documentsOf', { name: local(network.name) }), picture: icon('it-file', 'icon-sm'), words: 'documenti documents testi verbali',
    act: () => go(`/networks/${network.id}/documents`),
  }));
}
