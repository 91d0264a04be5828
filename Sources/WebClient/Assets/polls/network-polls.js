import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { deadlineText, stateTag } from './words.js';
import { plural, t } from '../i18n/i18n.js';

/** A network's polls about dates: the open ones, and on demand those that are over. */
export class NetworkPolls extends View {
  /** @type {import('./words').Poll[]} */ #polls = [];
  /** @type {string | undefined} */ #cursor;
  /** @type {unknown} */ #error;

  connected() {
    void this.#load();
    this.until(app.community.subscribe('polls', () => void this.#load()));
  }

  render() {
    if (this.#error) return h('div', { role: 'alert' }, failure(errorText(this.#error), () => void this.#load()));
    const open = this.#polls.filter(({ state }) => state !== 'closed');
    const closed = this.#polls.filter(({ state }) => state === 'closed');
    if (this.#polls.length === 0) return null;
    return h('section', { class: 'event-part polls' }, h('h2', { class: 'h5' }, t('polls.title')),
      open.length > 0 && h('ul', { class: 'agenda-list', key: 'open' }, open.map(row)),
      (closed.length > 0 || this.#cursor) && h('details', { key: 'closed' }, h('summary', null, t('polls.past')),
        h('ul', { class: 'agenda-list' }, closed.map(row)),
        this.#cursor && h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: () => void this.#load(this.#cursor) }, t('polls.more'))));
  }

  /** @param {string} [cursor] */
  async #load(cursor) {
    try {
      const answer = await app.query('poll.list', { network: this.number('network'), ...(cursor ? { cursor } : {}) });
      this.#polls = cursor ? [...this.#polls, ...answer.polls] : answer.polls;
      this.#cursor = answer.cursor;
      this.#error = undefined;
    } catch (error) {
      this.#error = error;
    }
    this.invalidate();
  }
}

/** @param {import('./words').Poll} poll */
function row(poll) {
  const answered = Object.keys(poll.me?.votes ?? {}).length > 0;
  return h('li', { key: poll.id }, h('a', { class: 'poll-link', href: `/polls/${poll.id}` },
    h('span', { class: 'agenda-title' }, poll.title, ' ', stateTag(poll)),
    h('span', { class: 'agenda-detail' }, [plural('polls.dates', poll.options.length), poll.state === 'open' && deadlineText(poll),
      poll.state === 'open' && (answered ? t('polls.answered') : t('polls.toAnswer'))].filter(Boolean).join(' · '))));
}

customElements.define('m-network-polls', NetworkPolls);
