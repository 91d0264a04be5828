/** @typedef {import('../wire/protocol').Message} Message */
/** @typedef {import('../wire/protocol').History} History */
/** @typedef {import('../wire/protocol').Update} Update */
/** @typedef {'latest' | 'before' | 'after' | 'around'} Page */

// Beyond this many rows the far end is let go, and fetched again when one scrolls there.
export const MOST_KEPT = 200;
const TRIMMED_AT_ONCE = 50;

/**
 * A window on a channel's messages, or on one thread's: what was fetched, kept true by updates.
 * Applying an update twice changes nothing, for a fetched page may already hold what an update tells.
 */
export class Timeline {
  /**
   * Oldest first.
   * @type {Message[]}
   */
  messages = [];
  /** @type {{ before: boolean, after: boolean }} */
  more = { before: true, after: false };
  loaded = false;
  // From where to page on; a page may hold replies, which a channel does not show in a row.
  /** @type {number | undefined} */ oldest;
  /** @type {number | undefined} */ newest;
  /**
   * The threads of the replies that pages brought: a link may lead to a reply.
   * @type {Map<number, number>}
   */
  threads = new Map();
  /** Replies up to this id are already in the counts that a page brought. */
  #counted = 0;
  /**
   * Updates that came while a page was on its way: the page may be older than they are.
   * @type {Update[]}
   */
  #meanwhile = [];
  #fetching = 0;
  /** Whether whoever reads it stays at its end: then its beginning is let go as it grows, else its end. */
  following = true;

  /** @param {number} channel @param {number} [thread] */
  constructor(channel, thread) {
    this.channel = channel;
    this.thread = thread;
  }

  /** @param {number} id */
  find(id) {
    return this.messages.find((message) => message.id === id);
  }

  get last() {
    return this.messages[this.messages.length - 1];
  }

  /** A page is being asked for. */
  beginFetch() {
    this.#fetching += 1;
  }

  /** It will not come. */
  endFetch() {
    this.#fetching -= 1;
    if (this.#fetching === 0) this.#meanwhile = [];
  }

  /** @param {History} history @param {Page} page */
  merge(history, page) {
    const fresh = history.messages.map(toMessage).filter((message) => this.#belongs(message));
    const known = page === 'around' || !this.loaded ? [] : this.messages;
    const byId = new Map(fresh.map((message) => [message.id, message]));
    // What updates kept true is never replaced by a page that may be older.
    for (const message of known) byId.set(message.id, message);
    this.messages = [...byId.values()].sort((a, b) => a.id - b.id);
    for (const { id, thread } of history.messages) if (thread) this.threads.set(id, thread);
    const ids = history.messages.map((message) => message.id);
    // The first page says where it stands on both sides.
    const first = !this.loaded;
    if (page !== 'after' || first) this.more.before = history.more.before && ids.length > 0;
    if (page !== 'before' || first) this.more.after = history.more.after && ids.length > 0;
    if (page !== 'after' || first) this.oldest = ids[0];
    if (page !== 'before' || first) this.newest = ids[ids.length - 1];
    this.loaded = true;
    this.#counted = Math.max(this.#counted, ...ids);
    for (const update of this.#meanwhile) this.#change(update);
    this.endFetch();
    this.#trim(page);
  }

  /** @param {Update} update @returns {boolean} whether anything changed */
  apply(update) {
    if (this.#fetching > 0) this.#meanwhile.push(update);
    return this.loaded && this.#change(update);
  }

  /** @param {Update} update @returns {boolean} */
  #change(update) {
    const { data } = update;
    if (update.type === 'message.posted') return this.#posted(toMessage({ ...data, by: update.by, at: update.at }));
    const message = this.find(data.message ?? data.id);
    if (!message) return false;
    switch (update.type) {
      case 'message.edited': {
        // Without words: they are asked for (filling-in.js).
        if (data.text === undefined || data.revision <= message.revision || message.deleted) return false;
        const { groups, ...rest } = message;
        return this.#replace({
          ...rest, text: data.text, html: data.html, mentions: data.mentions ?? [], revision: data.revision, edited: true,
          ...(data.groups ? { groups: data.groups } : {}),
        });
      }
      case 'message.deleted':
        return this.#replace({ ...message, deleted: true, text: undefined, html: undefined, files: [], reactions: [], pinned: false });
      case 'message.reacted':
      case 'message.unreacted': {
        const reactions = reacted(message.reactions, data.emoji, update.by ?? 0, update.type === 'message.reacted');
        return reactions !== message.reactions && this.#replace({ ...message, reactions });
      }
      case 'message.pinned':
      case 'message.unpinned':
        return this.#replace({ ...message, pinned: update.type === 'message.pinned' });
      case 'announcement.acknowledged':
        return this.#replace({ ...message, acknowledged: true });
      default:
        return false;
    }
  }

  /**
   * A changed message is another object: whoever has drawn the former one sees that it is no longer the same.
   * @param {Message} message
   */
  #replace(message) {
    this.messages = this.messages.map((known) => (known.id === message.id ? message : known));
    return true;
  }

  /** @param {Message} message */
  #posted(message) {
    if (message.thread && message.thread !== this.thread) {
      const parent = this.find(message.thread);
      if (!parent || message.id <= this.#counted) return false;
      this.#counted = message.id;
      return this.#replace({ ...parent, replies: parent.replies + 1 });
    }
    if (!this.#belongs(message) || this.more.after || this.find(message.id)) return false;
    if (!this.following && this.messages.length >= MOST_KEPT) {
      this.newest = this.last.id;
      this.more.after = true;
      return true;
    }
    this.messages = [...this.messages, message];
    if (this.messages.length > 1 && this.messages[this.messages.length - 2].id > message.id) this.messages.sort((a, b) => a.id - b.id);
    if (this.messages.length >= MOST_KEPT + TRIMMED_AT_ONCE) this.#trim('after');
    return true;
  }

  /**
   * A thread shows its root and the replies; a channel only what is in no thread.
   * @param {Message} message
   */
  #belongs(message) {
    return this.thread ? message.id === this.thread || message.thread === this.thread : !message.thread;
  }

  /** @param {Page} page */
  #trim(page) {
    const excess = this.messages.length - MOST_KEPT;
    if (excess <= 0) return;
    if (page === 'before') {
      this.messages = this.messages.slice(0, MOST_KEPT);
      this.newest = this.last.id;
      this.more.after = true;
    } else {
      this.messages = this.messages.slice(excess);
      this.oldest = this.messages[0].id;
      this.more.before = true;
    }
  }
}

/**
 * Whether a message mentions somebody; in a large channel everybody is meant without being listed.
 * @param {{ mentions?: number[], groups?: string[] }} message
 * @param {number | undefined} person
 */
export function isMentioned({ mentions, groups }, person) {
  return person !== undefined && ((mentions?.includes(person) ?? false) || (groups?.includes('channel') ?? false));
}

/** @param {any} raw @returns {Message} */
export function toMessage(raw) {
  return {
    ...raw,
    thread: raw.thread ?? null,
    files: (raw.files ?? []).map((/** @type {any} */ file) => (
      typeof file === 'number' ? { id: file, name: `file ${file}`, type: 'application/octet-stream', bytes: 0 } : file)),
    mentions: raw.mentions ?? [],
    quotes: raw.quotes ?? [],
    reactions: raw.reactions ?? [],
    replies: raw.replies ?? 0,
    revision: raw.revision ?? 1,
    edited: raw.edited ?? (raw.revision ?? 1) > 1,
  };
}

/**
 * @param {Message['reactions']} reactions
 * @param {string} emoji
 * @param {number} person
 * @param {boolean} on
 * @returns {Message['reactions']} the same list if nothing changes
 */
function reacted(reactions, emoji, person, on) {
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  if ((known?.people.includes(person) ?? false) === on) return reactions;
  if (!known) return [...reactions, { emoji, people: [person] }];
  const people = on ? [...known.people, person] : known.people.filter((id) => id !== person);
  return reactions.flatMap((reaction) => (reaction !== known ? [reaction] : people.length > 0 ? [{ emoji, people }] : []));
}
