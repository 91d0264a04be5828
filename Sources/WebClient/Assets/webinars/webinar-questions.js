import { h } from '../dom/h.js';
import { announce } from '../dom/announcer.js';
import { askForm } from '../dom/form-dialog.js';
import { confirm } from '../dom/confirm.js';
import { failure } from '../dom/controls.js';
import { Form } from '../dom/form.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { showError } from '../shell/notices.js';
import { isOpen, webinarOf } from './facts.js';
import { gathered } from './gathered.js';
import { inOrder, isOrdered, keepingPlaces } from './question-order.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('./question-order').Question} Question */

const PAGE = 100;

/** What people ask at an event: while its room is open they ask and vote, afterwards it is there to read. */
export class WebinarQuestions extends View {
  /** @type {Question[]} */ #questions = [];
  /** @type {string | undefined} */ #cursor;
  /** @type {unknown} */ #error;
  #asked = false;
  #values = { text: '' };
  #form = new Form(() => this.draw(), {
    id: 'question-form', values: this.#values, get action() { return t('questions.ask'); }, fields: () => [{ name: 'text', label: t('questions.yours'), kind: 'textarea', required: true, maxBytes: 1000 }],
    submit: () => this.#send(), refused: (error) => (error?.code === 'full' ? { text: t('questions.full') } : undefined),
  });
  #again = gathered(() => void this.#load(), 300);

  get #id() {
    return this.number('event') ?? 0;
  }

  topics() {
    return ['events', `webinar/${this.#id}`];
  }

  connected() {
    this.until(app.connection.on('update', ({ type, data }) => {
      if (type.startsWith('question.') && data.event === this.#id) this.#heard(type, data);
    }));
    this.until(app.community.subscribe('events asked', () => this.#again.ask()));
  }

  disconnected() {
    this.#again.stop();
  }

  render() {
    const facts = webinarOf(this.#id);
    const event = app.state.events.get(this.#id);
    if (!facts?.opens || !event || event.state === 'draft') return null;
    if (!this.#asked) {
      this.#asked = true;
      void this.#load();
    }
    const open = isOpen(facts, event);
    const live = open && facts.part !== undefined;
    if (!live && this.#questions.length === 0) return null;
    return h('section', { class: 'live-part', 'aria-labelledby': 'questions-title' },
      h('div', { class: 'live-head' }, h('h2', { class: 'h5', id: 'questions-title' }, t('questions.title')),
        !isOrdered(this.#questions) && h('button', { type: 'button', class: 'link-button', onclick: () => this.#sort() }, t('questions.sort'))),
      this.#error !== undefined && h('div', { role: 'alert', key: 'failed' }, failure(errorText(this.#error), () => void this.#load())),
      live && h('div', { class: 'question-form', key: 'form' }, this.#form.render()),
      this.#questions.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('questions.none'))
        : h('ul', { class: 'live-list', key: 'list' }, this.#questions.map((question) => this.#question(question, live, facts.part))),
      this.#cursor && h('button', { type: 'button', class: 'link-button', key: 'more', onclick: () => void this.#more() }, t('questions.more')));
  }

  /** @param {Question} question @param {boolean} live @param {string | undefined} part */
  #question(question, live, part) {
    const { id, person, text, votes, voted, state, answer } = question;
    const own = person.id === app.me;
    const moderates = part === 'facilitator' || part === 'speaker';
    const waits = state === 'open';
    const label = plural('questions.votes', votes);
    return h('li', { class: `live-row question ${waits ? '' : 'is-answered'}`, key: id },
      live && waits && !own
        ? h('button', { type: 'button', class: 'question-votes', key: 'votes', 'aria-pressed': String(voted), 'aria-label': t('questions.vote', { text, votes: label }), onclick: () => void this.#vote(question) },
          h('span', { 'aria-hidden': 'true' }, '▲'), h('span', { 'aria-hidden': 'true' }, String(votes)))
        : h('span', { class: 'question-votes', key: 'count' }, h('span', { 'aria-hidden': 'true' }, String(votes)), h('span', { class: 'visually-hidden' }, label)),
      h('div', { class: 'live-text', key: 'text' },
        h('p', { class: 'question-text' }, text),
        h('p', { class: 'card-detail' }, person.name, !waits && [' · ', h('span', { class: 'tag is-ok' }, t('questions.answered'))]),
        answer && h('p', { class: 'question-answer' }, answer),
        h('span', { class: 'live-acts' },
          moderates && waits && h('button', { type: 'button', class: 'link-button', key: 'done', 'aria-label': t('questions.doneFor', { text }), onclick: () => void act('question.answer', { question: id }) }, t('questions.done')),
          moderates && h('button', { type: 'button', class: 'link-button', key: 'write', 'aria-label': t('questions.writeFor', { text }), onclick: () => void write(question) }, t('questions.write')),
          ((own && live) || part === 'facilitator') && h('button', { type: 'button', class: 'link-button', key: 'withdraw', 'aria-label': t('questions.withdrawWhich', { text }), onclick: () => void withdraw(question) }, t('questions.withdraw')))));
  }

  /** @param {string} type @param {any} data */
  #heard(type, data) {
    const change = (/** @type {(question: Question) => Question} */ how) => {
      this.#questions = this.#questions.map((question) => (question.id === data.id ? how(question) : question));
      this.invalidate();
    };
    if (type === 'question.voted') change((question) => ({ ...question, votes: data.votes }));
    else if (type === 'question.answered') change((question) => ({ ...question, state: 'answered', answer: data.answer ?? question.answer }));
    else if (type === 'question.withdrawn') {
      this.#questions = this.#questions.filter(({ id }) => id !== data.id);
      this.invalidate();
    } else {
      if (data.person !== app.me) announce(t('questions.new'));
      this.#again.ask();
    }
  }

  #sort() {
    this.#questions = inOrder(this.#questions);
    this.draw();
    this.querySelector('h2')?.scrollIntoView({ block: 'nearest' });
  }

  async #send() {
    await app.command('question.ask', { event: this.#id, text: this.#values.text.trim() });
    this.#values.text = '';
    const field = this.querySelector('textarea');
    if (field) field.value = '';
    announce(t('questions.sent'));
  }

  /** @param {Question} question */
  async #vote(question) {
    const vote = !question.voted;
    try {
      const { votes } = await app.command('question.vote', { question: question.id, vote });
      this.#questions = this.#questions.map((one) => (one.id === question.id ? { ...one, voted: vote, votes } : one));
      this.draw();
    } catch (error) {
      showError(error);
    }
  }

  async #load() {
    try {
      // As many as one has opened, and what came since.
      const limit = Math.min(200, Math.max(PAGE, this.#questions.length + 1));
      const { questions, cursor } = await app.query('question.list', { event: this.#id, limit });
      this.#questions = this.#questions.length === 0 ? questions : keepingPlaces(this.#questions, questions);
      this.#cursor = cursor;
      this.#error = undefined;
    } catch (error) {
      this.#error = error;
    }
    this.invalidate();
  }

  async #more() {
    try {
      const { questions, cursor } = await app.query('question.list', { event: this.#id, limit: PAGE, cursor: this.#cursor });
      this.#questions = keepingPlaces(this.#questions, [...this.#questions, ...questions]);
      this.#cursor = cursor;
      this.draw();
    } catch (error) {
      showError(error);
    }
  }
}

/** @param {Question} question */
function write({ id, text, answer }) {
  return askForm({
    title: t('questions.writeTitle'),
    text: h('p', null, text),
    fields: [{ name: 'text', label: t('questions.answer'), kind: 'textarea', required: true, maxBytes: 1000, hint: t('questions.answerHint') }],
    values: { text: answer ?? '' },
    action: t('questions.publish'),
    submit: (values) => app.command('question.answer', { question: id, text: values.text.trim() }),
  });
}

/** @param {Question} question */
async function withdraw({ id, text }) {
  if (await confirm({ title: t('questions.withdrawTitle'), text: t('questions.withdrawText', { text }), action: t('questions.withdraw') })) await act('question.withdraw', { question: id });
}

/** @param {string} command @param {object} body */
function act(command, body) {
  return app.command(command, body).catch(showError);
}

customElements.define('m-webinar-questions', WebinarQuestions);
