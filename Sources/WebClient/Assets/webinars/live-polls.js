import { h } from '../dom/h.js';
import { announce } from '../dom/announcer.js';
import { confirm } from '../dom/confirm.js';
import { failure } from '../dom/controls.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { showError } from '../shell/notices.js';
import { isOpen, serverNow, webinarOf } from './facts.js';
import { gathered } from './gathered.js';
import { askPoll } from './live-poll-dialog.js';
import { changed, leading, shares } from './live-poll-facts.js';
import { language, plural, t } from '../i18n/i18n.js';

/** @typedef {import('./live-poll-facts').LivePoll} LivePoll */
/** @typedef {{ live: boolean, canAnswer: boolean, moderates: boolean }} Standing */

const PAGE = 50;

/** The polls at an event: who runs it prepares, opens and closes them, those in the room answer, and everybody sees what came of it. */
export class LivePolls extends View {
  /** @type {LivePoll[]} */ #polls = [];
  /** @type {string | undefined} */ #cursor;
  /** @type {unknown} */ #error;
  /** @type {Map<number, Set<number>>} */ #drafts = new Map();
  /** @type {Set<number>} */ #missing = new Set();
  /** @type {number | undefined} */ #busy;
  #asked = '';
  #again = gathered(() => void this.#load(), 300);

  get #id() {
    return this.number('event') ?? 0;
  }

  topics() {
    return ['events', 'networks', `webinar/${this.#id}`];
  }

  connected() {
    this.until(app.connection.on('update', ({ type, data }) => {
      if (type.startsWith('livePoll.') && data.event === this.#id) this.#heard(type, data);
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
    const live = isOpen(facts, event);
    const writable = app.state.networks.get(event.network)?.dormant !== true;
    const moderates = facts.part === 'facilitator' || facts.part === 'speaker';
    // Whoever got a part, and what the clock opened or closed, has more to see.
    const asked = `${live} ${facts.part ?? ''}`;
    if (asked !== this.#asked) {
      this.#asked = asked;
      void this.#load();
    }
    const prepares = moderates && writable && !['cancelled', 'postponed'].includes(event.state) && serverNow() < Date.parse(facts.closes ?? '');
    if (this.#polls.length === 0 && !prepares) return null;
    const standing = { live, canAnswer: live && writable && facts.part !== undefined, moderates: moderates && writable };
    return h('section', { class: 'live-part', 'aria-labelledby': 'polls-title' },
      h('div', { class: 'live-head' }, h('h2', { class: 'h5', id: 'polls-title', tabindex: '-1' }, t('livePolls.title')),
        prepares && h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: () => void askPoll(this.#id, live) }, t('livePolls.prepare'))),
      this.#error !== undefined && h('div', { role: 'alert', key: 'failed' }, failure(errorText(this.#error), () => void this.#load())),
      this.#polls.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('livePolls.none'))
        : h('ul', { class: 'live-list', key: 'list' }, this.#polls.map((poll) => h('li', { class: 'live-poll', key: poll.id, 'data-poll': poll.id }, this.#poll(poll, standing)))),
      this.#cursor && h('button', { type: 'button', class: 'link-button', key: 'more', onclick: () => void this.#more() }, t('livePolls.more')));
  }

  /** @param {LivePoll} poll @param {Standing} standing */
  #poll(poll, { live, canAnswer, moderates }) {
    const answers = poll.state === 'open' && canAnswer;
    const asks = answers && (poll.mine.length === 0 || this.#drafts.has(poll.id));
    return [
      h('h3', { class: 'live-question', key: 'question', id: `poll-${poll.id}`, tabindex: '-1' }, poll.question),
      h('p', { class: 'live-poll-facts', key: 'facts' }, stateTag(poll), ' ', h('span', { class: 'card-detail' }, factsOf(poll))),
      asks && this.#form(poll),
      answers && !asks && this.#answered(poll),
      !answers && poll.mine.length > 0 && h('p', { class: 'card-detail', key: 'mine' }, t('livePolls.yours', { answers: chosen(poll) })),
      !asks && (poll.counts && poll.state !== 'prepared' ? results(poll) : h('ul', { class: 'live-poll-options', key: 'options', 'aria-labelledby': `poll-${poll.id}` }, poll.options.map((option, index) => h('li', { key: index }, option)))),
      moderates && h('div', { class: 'live-acts', key: 'acts' },
        poll.state === 'prepared' && live && h('button', { type: 'button', class: 'btn btn-primary btn-sm', key: 'open', 'aria-label': t('livePolls.openWhich', { question: poll.question }), onclick: () => void act('livePoll.open', { poll: poll.id }) }, t('livePolls.open')),
        poll.state === 'prepared' && !live && h('span', { class: 'card-detail', key: 'later' }, t('livePolls.opensWithRoom')),
        poll.state === 'open' && h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', key: 'close', 'aria-label': t('livePolls.closeWhich', { question: poll.question }), onclick: () => void this.#close(poll) }, t('livePolls.close')),
        h('button', { type: 'button', class: 'link-button', key: 'remove', 'aria-label': t('livePolls.removeWhich', { question: poll.question }), onclick: () => void this.#remove(poll) }, t('livePolls.remove'))),
    ];
  }

  /** @param {LivePoll} poll */
  #form(poll) {
    const { id, choice } = poll;
    const draft = this.#drafts.get(id) ?? new Set();
    const name = `poll-${id}-answer`;
    const missing = this.#missing.has(id);
    return h('form', { class: 'live-poll-form', key: 'form', novalidate: true, onsubmit: (/** @type {SubmitEvent} */ event) => { event.preventDefault(); void this.#answer(poll); } },
      h('fieldset', { 'aria-describedby': `${name}-private${missing ? ` ${name}-problem` : ''}` },
        h('legend', { class: 'visually-hidden' }, poll.question),
        choice === 'multiple' && h('p', { class: 'field-hint', key: 'several' }, t('livePolls.several')),
        // Where the counts are shown they stand beside the answers, not in their names.
        poll.options.map((option, index) => h('div', { class: `live-option ${poll.counts ? 'is-counted' : ''}`, key: `option-${index}` },
          h('label', null,
            h('input', {
              type: choice === 'single' ? 'radio' : 'checkbox', name, value: index, '.checked': draft.has(index), 'aria-invalid': missing && index === 0 ? 'true' : null,
              'aria-describedby': poll.counts ? `${name}-${index}` : null,
              onchange: (/** @type {Event} */ event) => this.#choose(poll, index, /** @type {HTMLInputElement} */ (event.currentTarget).checked),
            }),
            h('span', null, option)),
          bar(poll, index, `${name}-${index}`)))),
      missing && h('p', { class: 'field-problem', id: `${name}-problem`, key: 'problem' }, t('form.choose')),
      h('p', { class: 'card-detail', id: `${name}-private`, key: 'private' }, t('livePolls.private')),
      h('div', { class: 'live-acts', key: 'send' },
        h('button', { type: 'submit', class: 'btn btn-primary btn-sm', key: 'answer', disabled: this.#busy === id }, t('livePolls.answer')),
        poll.mine.length > 0 && h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', key: 'keep', onclick: () => this.#keep(poll) }, t('confirm.cancel'))));
  }

  /** @param {LivePoll} poll */
  #answered(poll) {
    return h('div', { class: 'live-poll-answered', key: 'answered' },
      h('p', null, t('livePolls.yours', { answers: chosen(poll) })),
      h('span', { class: 'live-acts' },
        h('button', { type: 'button', class: 'link-button live-poll-change', key: 'change', 'aria-label': t('livePolls.changeWhich', { question: poll.question }), onclick: () => this.#change(poll) }, t('livePolls.change')),
        h('button', { type: 'button', class: 'link-button', key: 'back', 'aria-label': t('livePolls.takeBackWhich', { question: poll.question }), onclick: () => void this.#send(poll, []) }, t('livePolls.takeBack'))));
  }

  /** @param {LivePoll} poll @param {number} index @param {boolean} isOn */
  #choose(poll, index, isOn) {
    const draft = poll.choice === 'single' ? new Set() : new Set(this.#drafts.get(poll.id));
    if (isOn) draft.add(index);
    else draft.delete(index);
    this.#drafts.set(poll.id, draft);
    if (this.#missing.delete(poll.id)) this.draw();
  }

  /** @param {LivePoll} poll */
  #change(poll) {
    this.#drafts.set(poll.id, new Set(poll.mine));
    this.draw();
    this.#focus(poll, 'input:checked');
  }

  /** @param {LivePoll} poll */
  #keep(poll) {
    this.#drafts.delete(poll.id);
    this.#missing.delete(poll.id);
    this.draw();
    this.#focus(poll, '.live-poll-change');
  }

  /** @param {LivePoll} poll */
  async #answer(poll) {
    const options = [...this.#drafts.get(poll.id) ?? []].sort((a, b) => a - b);
    if (options.length > 0) return this.#send(poll, options);
    this.#missing.add(poll.id);
    this.draw();
    this.#focus(poll, 'input');
  }

  /** @param {LivePoll} poll @param {number[]} options */
  async #send(poll, options) {
    if (this.#busy !== undefined) return;
    this.#busy = poll.id;
    this.draw();
    try {
      const { answered } = await app.command('livePoll.answer', { poll: poll.id, options });
      this.#drafts.delete(poll.id);
      this.#polls = this.#polls.map((one) => (one.id === poll.id ? { ...one, mine: options, answered } : one));
      announce(options.length > 0 ? t('livePolls.sent') : t('livePolls.takenBack'));
    } catch (error) {
      showError(error);
      this.#again.ask();
    }
    this.#busy = undefined;
    this.draw();
    this.#focus(poll, options.length > 0 ? '.live-poll-change' : 'input');
  }

  /** @param {LivePoll} poll */
  async #close(poll) {
    if (!await confirm({ title: t('livePolls.closeTitle'), text: t('livePolls.closeText', { question: poll.question }), action: t('livePolls.close') })) return;
    await act('livePoll.close', { poll: poll.id });
    this.#focus(poll, '.live-question');
  }

  /** @param {LivePoll} poll */
  async #remove(poll) {
    if (!await confirm({ title: t('livePolls.removeTitle'), text: poll.state === 'prepared' ? t('livePolls.removePrepared', { question: poll.question }) : t('livePolls.removeText', { question: poll.question }), action: t('livePolls.remove') })) return;
    await act('livePoll.remove', { poll: poll.id });
    document.getElementById('polls-title')?.focus();
  }

  /** @param {LivePoll} poll @param {string} selector */
  #focus({ id }, selector) {
    const found = this.querySelector(`[data-poll="${id}"] ${selector}`);
    if (found instanceof HTMLElement) found.focus();
  }

  /** @param {string} type @param {any} data */
  #heard(type, data) {
    const before = this.#polls.find(({ id }) => id === data.id);
    const polls = changed(this.#polls, type, data);
    if (polls) this.#polls = polls;
    if (type === 'livePoll.opened' && data.question) announce(t('livePolls.opened', { question: data.question }));
    if (type === 'livePoll.closed' && before) announce(t('livePolls.closedWith', { question: before.question, results: spoken({ ...before, counts: data.counts, answered: data.answered }) }));
    // Counts that are not for all are asked for by those who may see them; so is what is new.
    const part = webinarOf(this.#id)?.part;
    const seesMore = part === 'facilitator' || part === 'speaker';
    if (!polls || (seesMore && !data.counts && type !== 'livePoll.removed')) this.#again.ask();
    this.invalidate();
  }

  async #load() {
    try {
      const limit = Math.min(100, Math.max(PAGE, this.#polls.length + 1));
      const { polls, cursor } = await app.query('livePoll.list', { event: this.#id, limit });
      this.#polls = polls;
      this.#cursor = cursor;
      this.#error = undefined;
    } catch (error) {
      this.#error = error;
    }
    this.invalidate();
  }

  async #more() {
    try {
      const { polls, cursor } = await app.query('livePoll.list', { event: this.#id, limit: PAGE, cursor: this.#cursor });
      const known = new Set(this.#polls.map(({ id }) => id));
      this.#polls = [...this.#polls, ...polls.filter((/** @type {LivePoll} */ { id }) => !known.has(id))];
      this.#cursor = cursor;
      this.draw();
    } catch (error) {
      showError(error);
    }
  }
}

/** @param {LivePoll} poll */
function stateTag({ state }) {
  if (state === 'open') return h('span', { class: 'tag is-ok' }, t('livePolls.state.open'));
  if (state === 'prepared') return h('span', { class: 'tag is-warm' }, t('livePolls.state.prepared'));
  return h('span', { class: 'tag' }, t('livePolls.state.closed'));
}

/** @param {LivePoll} poll */
function factsOf({ state, answered, results: when, counts }) {
  if (state === 'prepared') return t('livePolls.preparedText');
  const number = plural('livePolls.answers', answered);
  if (state !== 'open' || when === 'live') return number;
  return `${number} · ${counts ? t('livePolls.onlyYou') : t('livePolls.later')}`;
}

/** @param {LivePoll} poll */
function chosen({ mine, options }) {
  return list(mine.map((index) => t('livePolls.quoted', { text: options[index] ?? '' })));
}

/** @param {LivePoll} poll */
function results(poll) {
  const { id, options, counts = [], mine, choice } = poll;
  const first = leading(counts);
  return h('div', { key: 'results' },
    h('ul', { class: 'live-results', 'aria-labelledby': `poll-${id}` }, options.map((option, index) => h('li', { key: index, class: first.includes(index) ? 'is-first' : '' },
      h('span', { class: 'live-result-text' }, option, mine.includes(index) && [' ', h('span', { class: 'tag is-accent' }, t('livePolls.own'))]),
      bar(poll, index)))),
    choice === 'multiple' && h('p', { class: 'card-detail' }, t('livePolls.ofPeople')));
}

/**
 * How many chose an option, where that is known: numbers and words say it all, the bar is for the eye.
 * @param {LivePoll} poll
 * @param {number} index
 * @param {string} [id]
 */
function bar({ counts, answered }, index, id) {
  if (!counts) return null;
  const percent = shares(counts, answered)[index] ?? 0;
  return [
    h('span', { class: 'live-result-number', id, key: 'number' }, t('livePolls.result', { answers: plural('livePolls.answers', counts[index] ?? 0), percent })),
    h('progress', { max: 100, value: percent, 'aria-hidden': 'true', key: 'bar' }),
  ];
}

/** @param {LivePoll} poll */
function spoken({ options, counts = [], answered }) {
  const percent = shares(counts, answered);
  return list(options.map((option, index) => `${option} ${percent[index] ?? 0}%`));
}

/** @param {string[]} texts */
function list(texts) {
  return new Intl.ListFormat(language(), { style: 'long', type: 'conjunction' }).format(texts);
}

/** @param {string} command @param {object} body */
function act(command, body) {
  return app.command(command, body).catch(showError);
}

customElements.define('m-live-polls', LivePolls);
