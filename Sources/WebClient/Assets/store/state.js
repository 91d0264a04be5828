/** @typedef {import('../wire/protocol').Person} Person */
/** @typedef {import('../wire/protocol').Network} Network */
/** @typedef {import('../wire/protocol').Channel} Channel */
/** @typedef {import('../wire/protocol').Snapshot} Snapshot */
/** @typedef {import('../wire/protocol').Update} Update */
/** @typedef {import('../messages/timeline').Timeline} Timeline */

/**
 * What this client knows of the community. Fed by the snapshot and by updates only, so that
 * a stale snapshot and the updates after it equal a fresh snapshot.
 * @typedef {object} State
 * @property {Person | undefined} me
 * @property {Map<number, Network>} networks
 * @property {Map<number, Channel>} channels
 * @property {Map<number, Person>} people
 * @property {Map<number, import('../wire/protocol').Event>} events those that some screen has shown
 * @property {Map<number, import('../wire/protocol').Registration>} registrations one's own, by event, of those that some screen has shown
 * @property {Map<string, Timeline>} timelines by `timelineKey`
 * @property {Map<string, string>} drafts what the server keeps of what is being written, by `channel/thread`
 * @property {{ unread: number, browser: boolean, mail: string, mailAnytime: boolean, events: Record<string, boolean>, solutions: Record<string, string>, doNotDisturb?: { from: string, to: string } }} notifications how many are unread, and how one wants to be told
 * @property {Set<string>} doubts what an update changed in a way that only the server knows: `lists` or `counts`
 */

/**
 * Tells who shows it that something changed: `networks`, `channels`, `people`, `me`, `channel/12`.
 * @typedef {(topic: string) => void} Touch
 */

/**
 * One capability's part of the store.
 * @typedef {object} Slice
 * @property {(state: State, snapshot: Snapshot, touch: Touch) => void} [snapshot]
 * @property {Record<string, (state: State, update: Update, touch: Touch) => void>} updates
 */

/** @returns {State} */
export function emptyState() {
  return {
    me: undefined, networks: new Map(), channels: new Map(), people: new Map(), events: new Map(), registrations: new Map(),
    timelines: new Map(), drafts: new Map(),
    notifications: { unread: 0, browser: false, mail: 'each', mailAnytime: false, events: {}, solutions: {} }, doubts: new Set(),
  };
}
