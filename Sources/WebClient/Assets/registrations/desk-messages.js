import { h } from '../dom/h.js';
import { confirm } from '../dom/confirm.js';
import { Form } from '../dom/form.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { groupName, messageList } from './attendee-messages.js';
import { DeskPage } from './desk-page.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */
/** @typedef {import('../wire/protocol').AttendeeMessage} AttendeeMessage */
/** @typedef {Record<'all' | 'confirmed' | 'waiting', number>} Counts */

const GATHER_MS = 400;
const CHANGES = new Set(['registration.created', 'registration.changed', 'registration.messaged']);
const GROUPS = /** @type {(keyof Counts)[]} */ (['confirmed', 'waiting', 'all']);

/** Writing to those who registered, and what was written. */
export class DeskMessages extends DeskPage {
  /** @type {AttendeeMessage[]} */ #messages = [];
  /** @type {Counts} */ #counts = { all: 0, confirmed: 0, waiting: 0 };
  #more = false;
  #done = '';
  #timer = 0;
  /** @type {Form} */ #form = new Form(() => this.draw(), {
    id: 'message',
    fields: () => [
      { name: 'to', label: t('registrations.messages.to'), kind: 'select', required: true,
        options: GROUPS.map((group) => ({ value: group, label: `${groupName(group)} – ${plural('registrations.desk.people', this.#counts[group])}` })) },
      { name: 'subject', label: t('registrations.messages.subject'), kind: 'text', maxBytes: 150 },
      { name: 'text', label: t('registrations.messages.text'), kind: 'textarea', required: true, maxBytes: 8000, hint: t('registrations.messages.textHint') },
    ],
    values: { to: 'confirmed', subject: '', text: '' },
    action: t('registrations.messages.send'),
    changed: () => this.draw(),
    submit: (values) => this.#send(values),
    refused: (error) => {
      const problem = error?.refusal?.fields?.[0]?.problem;
      if (problem === 'nobody') return { field: 'to', text: t('registrations.messages.nobody') };
      if (problem === 'too_many') return { field: 'to', text: t('registrations.messages.tooMany') };
      return error?.code === 'rate_limited' ? { text: t('registrations.messages.limited') } : undefined;
    },
  });

  connected() {
    super.connected();
    this.until(app.connection.on('update', ({ type, data }) => {
      if (CHANGES.has(type) && data.event === this.number('event') && this.#timer === 0) this.#timer = window.setTimeout(() => void this.#again(), GATHER_MS);
    }));
    this.until(app.community.subscribe('registrations asked', () => void this.#again()));
    this.until(() => window.clearTimeout(this.#timer));
  }

  get heading() {
    return t('registrations.messages.title');
  }

  async load() {
    const { messages, more, recipients } = await app.query('registration.messages', { event: this.number('event') });
    this.#messages = messages;
    this.#more = more;
    this.#counts = recipients ?? this.#counts;
  }

  /** @param {Event} _event */
  body(_event) {
    return [
      h('p', { key: 'about' }, t('registrations.messages.about')),
      h('div', { role: 'status', key: 'done' }, this.#done && h('p', { class: 'notice-inline is-ok' }, this.#done)),
      h('section', { key: 'form' }, this.#form.render()),
      h('section', { key: 'sent' }, h('h2', { class: 'h5' }, t('registrations.messages.sent')),
        this.#messages.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('registrations.messages.none')) : messageList(this.#messages),
        this.#more && h('button', { type: 'button', key: 'more', class: 'btn btn-outline-primary btn-sm more-button', onclick: () => void this.#older() }, t('list.more'))),
    ];
  }

  /** @param {Record<string, any>} values */
  async #send({ to, subject, text }) {
    this.#done = '';
    const group = /** @type {keyof Counts} */ (to);
    const count = this.#counts[group];
    if (count > 0 && !await confirm({ title: plural('registrations.messages.confirmTitle', count), text: t('registrations.messages.confirmText', { group: groupName(group) }), action: t('registrations.messages.confirm') })) return;
    const line = subject.trim().replaceAll(/\s+/g, ' ');
    const { recipients } = await app.command('registration.message', { event: this.number('event'), to, text: text.trim(), ...(line ? { subject: line } : {}) });
    this.#form.values.subject = '';
    this.#form.values.text = '';
    this.#done = plural('registrations.messages.done', recipients);
    await this.#again();
  }

  async #again() {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    await this.load().catch(() => undefined);
    this.invalidate();
  }

  async #older() {
    try {
      const { messages, more } = await app.query('registration.messages', { event: this.number('event'), before: this.#messages.at(-1)?.id });
      this.#messages = [...this.#messages, ...messages];
      this.#more = more;
    } catch (error) {
      showError(error);
    }
    this.invalidate();
  }
}

customElements.define('m-desk-messages', DeskMessages);
