import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { shortTime } from '../dom/time.js';
import { app } from '../shell/app.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').AttendeeMessage} AttendeeMessage */

/** @type {Record<string, { text: string }>} */
const GROUPS = { all: { text: 'registrations.messages.all' }, confirmed: { text: 'registrations.messages.confirmed' }, waiting: { text: 'registrations.messages.waiting' } };

/** @param {string} group */
export function groupName(group) {
  return t((GROUPS[group] ?? GROUPS.all).text);
}

/** @param {AttendeeMessage[]} messages */
export function messageList(messages) {
  return h('ul', { class: 'attendee-messages', key: 'list' }, messages.map(({ id, subject, text, by, at, to, recipients }) => h('li', { key: id },
    h('h3', null, subject ?? t('registrations.messages.noSubject')),
    h('p', { class: 'cell-detail', key: 'by' }, [by.name, shortTime(at), recipients !== undefined && `${groupName(to)} (${plural('registrations.desk.people', recipients)})`].filter(Boolean).join(' · ')),
    h('p', { class: 'message-words', key: 'text' }, text))));
}

/** What the organisers wrote to oneself, on an event's page. */
export class AttendeeMessages extends View {
  /** @type {AttendeeMessage[]} */ #messages = [];
  #more = false;

  connected() {
    void this.#load();
    this.until(app.connection.on('update', ({ type, data }) => {
      if (type === 'notification.added' && data.news === 'message' && data.event === this.number('event')) void this.#load();
    }));
    this.until(app.community.subscribe('registrations asked', () => void this.#load()));
  }

  render() {
    if (this.#messages.length === 0) return null;
    return h('section', { class: 'event-part', key: 'messages' }, h('h2', { class: 'h5' }, t('registrations.messages.mine')), messageList(this.#messages),
      this.#more && h('button', { type: 'button', key: 'more', class: 'btn btn-outline-primary btn-sm more-button', onclick: () => void this.#load(this.#messages.at(-1)?.id) }, t('list.more')));
  }

  /** @param {number} [before] */
  async #load(before) {
    try {
      const { messages, more } = await app.query('registration.messages', { event: this.number('event'), mine: true, ...(before ? { before } : {}) });
      this.#messages = before ? [...this.#messages, ...messages] : messages;
      this.#more = more;
      this.invalidate();
    } catch {
      // The page says itself when the event cannot be shown; this part stays as it was.
    }
  }
}

customElements.define('m-attendee-messages', AttendeeMessages);
