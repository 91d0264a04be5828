import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { go } from '../shell/router.js';
import { ReadMarker } from '../channels/read-marker.js';
import { ScrollKeeper } from './scroll-keeper.js';
import { TimelineLoader } from './timeline-loader.js';
import { timelineKey, timelineOf } from './slice.js';
import { lastRead, timelineRows } from './timeline-rows.js';
import { RowCache } from './row-cache.js';
import { RowFocus } from './row-focus.js';
import { outboxRow, pendingEntries } from './outbox-rows.js';
import { onLanguage, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Message} Message */
/** @typedef {import('../wire/protocol').Channel} Channel */

/** Messages that follow each other, read and paged through; one element per channel or thread. */
export class TimelineView extends View {
  static observedAttributes = ['channel', 'thread', 'message'];
  #keeper = new ScrollKeeper(this);
  #loader = new TimelineLoader(() => this.invalidate());
  #marker = new ReadMarker();
  /** @type {number | undefined} */ #since;
  /** How many were new when it was opened; unknown of what came while one was away. */
  #sinceCount = 0;
  #opened = false;
  #placed = false;
  /** @type {number | undefined} */ #target;
  #reached = true;
  #focus = new RowFocus(this, { soon: () => this.invalidate(), now: () => this.draw() });
  /** @type {number | undefined} */ #editing;
  #rows = new RowCache();
  /** @type {Element | null} */ #list = null;
  #resized = new ResizeObserver(() => this.#keeper.resized());

  get #channel() {
    return app.state.channels.get(this.number('channel') ?? 0);
  }

  get #timeline() {
    return timelineOf(app.state, this.number('channel') ?? 0, this.number('thread'));
  }

  topics() {
    const channel = this.number('channel') ?? 0;
    return [`timeline/${timelineKey(channel, this.number('thread'))}`, `outbox/${channel}`, 'people', 'presence', 'networks', 'connection', 'bodies', 'me'];
  }

  connected() {
    this.addEventListener('scroll', this.#scrolled, { passive: true });
    this.#focus.start();
    this.parentElement?.addEventListener('posted', this.#posted);
    document.addEventListener('visibilitychange', this.#look);
    window.addEventListener('focus', this.#look);
    this.#resized.observe(this);
    // What a row shows beside its message: names, who is here, what one may do, the language.
    for (const topic of ['people', 'presence', 'networks', 'bodies', 'me']) this.until(app.community.subscribe(topic, this.#rows.clear));
    this.until(onLanguage(this.#rows.clear));
    this.until(() => {
      this.#resized.disconnect();
      this.#list = null;
      document.removeEventListener('visibilitychange', this.#look);
      window.removeEventListener('focus', this.#look);
      this.#marker.stop();
    });
  }

  disconnected() {
    this.#timeline.following = true;
  }

  beforeRender() {
    if (this.#loader.attach(this.#timeline)) this.#begin();
    const wanted = this.number('message');
    if (wanted !== this.#target) {
      this.#target = wanted;
      this.#reached = wanted === undefined;
      if (wanted !== undefined && this.#timeline.loaded && !this.#timeline.find(wanted)) void this.#loader.load('around', wanted);
    }
    this.#keeper.beforeChange();
  }

  #begin() {
    this.#opened = false;
    this.#placed = false;
    this.#target = this.number('message');
    this.#reached = this.#target === undefined;
    const timeline = this.#timeline;
    // A window left in the middle, with newer messages beyond it, is not where one begins.
    if (timeline.loaded && this.#target === undefined && timeline.more.after) timeline.loaded = false;
    if (timeline.loaded) return;
    if (this.#target !== undefined) void this.#loader.load('around', this.#target);
    else void this.#loader.loadFirst(this.hasAttribute('thread') ? undefined : this.#channel);
  }

  render() {
    const channel = this.#channel;
    const timeline = this.#timeline;
    if (!channel) return null;
    if (this.#loader.state === 'denied') return h('p', { class: 'state-text' }, t('timeline.denied'));
    if (!timeline.loaded && this.#loader.state === 'failed') return this.#failed();
    if (!timeline.loaded) return h('p', { class: 'state-text', role: 'status' }, t('timeline.loading'));
    if (!this.#opened) {
      this.#opened = true;
      this.#since = this.hasAttribute('thread') ? undefined : lastRead(timeline.messages, channel, app.me);
      this.#sinceCount = channel.unread;
      this.#focus.active ??= this.#firstNew(timeline.messages);
    }
    const { messages } = timeline;
    const pending = timeline.more.after ? [] : pendingEntries(timeline);
    const last = messages[messages.length - 1];
    this.#rows.keep(messages);
    return [
      timeline.more.before && h('p', { class: 'page-line', key: 'before' },
        this.#loader.state === 'failed' ? this.#failed() : t('timeline.older')),
      messages.length + pending.length === 0 && h('p', { class: 'state-text', key: 'empty' }, t('timeline.empty')),
      h('ol', { class: 'timeline', key: 'rows', 'aria-label': t('timeline.label') },
        timelineRows(messages, { after: this.#since, count: this.#sinceCount }, app.me, (message, compact) => this.#row(message, compact, channel, last)),
        pending.map(outboxRow)),
      (timeline.more.after || !this.#keeper.atEnd) && h('button', { type: 'button', class: 'to-end', key: 'end', onclick: this.#toEnd },
        icon('it-arrow-down', 'icon-sm icon-white'), t('timeline.toEnd')),
    ];
  }

  /** @param {Message} message @param {boolean} compact @param {Channel} channel @param {Message} last */
  #row(message, compact, channel, last) {
    const { active: wanted } = this.#focus;
    const active = wanted !== undefined && this.#timeline.find(wanted) ? wanted : last.id;
    return this.#rows.row(message, {
      channel, compact, inThread: this.hasAttribute('thread'), tabbable: message.id === active, target: message.id === this.#target,
      withActions: this.#focus.hasActions(message.id),
      justSent: message.id === last.id && app.outbox.sentIds.has(message.id),
      editing: message.id === this.#editing,
      edit: (id) => {
        this.#editing = id;
        this.draw();
        if (id === undefined) this.#focus.to(message.id);
      },
    });
  }

  /**
   * Where the keyboard enters: at what is new, that Tab does not jump over it.
   * @param {Message[]} messages
   */
  #firstNew(messages) {
    const since = this.#since;
    return since === undefined ? undefined : messages.find((message) => message.id > since && message.by !== app.me)?.id;
  }

  #failed() {
    return failure(t('timeline.failed'), this.#again);
  }

  #again = () => {
    if (!this.#timeline.loaded) void this.#loader.loadFirst(this.#channel);
    else void this.#loader.load('before', this.#timeline.oldest);
    this.invalidate();
  };

  rendered() {
    // Links in a text follow their message: on the keyboard's path with it, and off it.
    for (const link of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll('.message-text a'))) {
      link.tabIndex = /** @type {HTMLElement | null} */ (link.closest('[data-message]'))?.tabIndex ?? 0;
    }
    this.#keeper.goesOn = this.#timeline.more.after;
    if (!this.#reached && this.#target !== undefined && this.#timeline.find(this.#target)) {
      this.#reached = true;
      this.#keeper.atEnd = false;
      this.#keeper.toMessage(this.#target)?.focus({ preventScroll: true });
      return;
    }
    if (!this.#reached && this.#timeline.loaded && this.#loader.state === 'idle') this.#missed();
    this.#watchList();
    if (this.#reached) this.#keeper.afterChange();
    if (this.#opened && !this.#placed) {
      this.#placed = true;
      if (this.#reached && this.#keeper.toNew()) this.invalidate();
      if (this.#keeper.goesOn) this.#keeper.atEnd = false;
    }
    this.#timeline.following = this.#keeper.atEnd;
    this.#look();
    this.#fill();
  }

  /** The list grows by more than rows: fonts and pictures come later. */
  #watchList() {
    const list = this.querySelector(':scope > .timeline');
    if (list === this.#list) return;
    if (this.#list) this.#resized.unobserve(this.#list);
    if (list) this.#resized.observe(list);
    this.#list = list;
  }

  /** Something that no topic tells: a picture without a thumbnail. */
  refresh() {
    this.#rows.clear();
    this.invalidate();
  }

  /** The message a link led to is not in this row: it is a reply, or it is no more. */
  #missed() {
    this.#reached = true;
    const { channel, thread, threads } = this.#timeline;
    const root = threads.get(this.#target ?? 0);
    if (root && !thread) go(`/channels/${channel}/threads/${root}?message=${this.#target}`, { replace: true });
  }

  /** Where a page ends in sight, the next one is fetched. */
  #fill() {
    const timeline = this.#timeline;
    if (!timeline.loaded || this.#loader.state !== 'idle') return;
    if (timeline.more.before && this.#keeper.nearStart) void this.#loader.load('before', timeline.oldest);
    else if (timeline.more.after && this.#keeper.nearEnd) void this.#loader.load('after', timeline.newest);
  }

  #scrolled = () => {
    const { atEnd } = this.#keeper;
    this.#keeper.scrolled();
    this.#timeline.following = this.#keeper.atEnd;
    if (atEnd !== this.#keeper.atEnd) this.invalidate();
    this.#look();
    this.#fill();
  };

  /** Marks as read what is in sight; what comes while one is away begins the "new" line. */
  #look = () => {
    const channel = this.#channel;
    if (!channel) return;
    if (document.visibilityState === 'hidden') {
      if (this.#since === undefined) {
        this.#since = this.#timeline.last?.id;
        this.#sinceCount = 0;
      }
      return;
    }
    this.#marker.seen(channel.id, this.#inSight);
  };

  /** Up to where one has read: all there is when the end is in sight, else the last message that is. */
  #inSight = () => {
    const timeline = this.#timeline;
    if (document.visibilityState !== 'visible' || !document.hasFocus() || !timeline.loaded) return 0;
    // The server takes at most the channel's last message: so replies in threads count as read with the channel.
    if (this.#keeper.atEnd && !timeline.more.after) return app.connection.cursor?.seq ?? 0;
    // Whoever jumped ahead has not read what lies between.
    const fromMarker = !timeline.more.before || timeline.messages[0]?.id <= (this.#channel?.upTo ?? 0);
    return fromMarker && !this.hasAttribute('thread') ? this.#keeper.lastInSight() : 0;
  };

  #posted = () => {
    if (this.#timeline.more.after) this.#toEnd();
    else this.#keeper.toEnd();
  };

  #toEnd = async () => {
    if (this.#timeline.more.after) {
      this.#timeline.loaded = false;
      await this.#loader.load('latest');
    }
    this.#keeper.toEnd();
    this.invalidate();
  };
}

customElements.define('m-timeline', TimelineView);
