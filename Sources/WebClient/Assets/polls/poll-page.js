import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { confirm } from '../dom/confirm.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { errorText } from '../shell/errors.js';
import { showError, showNotice } from '../shell/notices.js';
import { go } from '../shell/router.js';
import { runsNetwork } from '../networks/standing.js';
import { when } from '../events/when.js';
import { kindName } from '../events/words.js';
import { ANSWERS, best, deadlineText, stateTag } from './words.js';
import { local, plural, t } from '../i18n/i18n.js';

/** @typedef {import('./words').Poll} Poll */
/** @typedef {import('./words').PollOption} PollOption */

/** One poll: the dates with three choices each, who said what, and for who runs the network the choice of a date. */
export class PollPage extends View {
  /** @type {Poll | undefined} */ #poll;
  /** @type {any} */ #error;
  /** What was chosen here and is not saved yet. */
  /** @type {Record<string, string>} */ #chosen = {};
  #busy = false;

  topics() {
    return ['networks'];
  }

  connected() {
    void this.#load();
    this.until(app.community.subscribe('polls', () => void this.#load()));
  }

  render() {
    const poll = this.#poll;
    if (!poll) {
      if (!this.#error) return h('div', { class: 'screen-text' }, backLink(), h('p', { class: 'state-text', role: 'status' }, t('polls.loading')));
      const hidden = this.#error.code === 'not_found';
      return h('div', { class: 'screen-text' }, backLink(), h('h1', { class: 'h3' }, hidden ? t('polls.hidden') : t('polls.one')),
        hidden ? h('p', null, t('polls.hiddenText')) : h('div', { role: 'alert' }, failure(errorText(this.#error), () => void this.#load())));
    }
    const network = app.state.networks.get(poll.network);
    const runs = network !== undefined && runsNetwork(network) && !network.dormant;
    const votes = poll.state === 'open' && network?.role !== undefined && !network.dormant && (poll.weight === 'person' || poll.me?.city !== undefined);
    return h('article', { class: 'screen-text is-wide poll-page' }, backLink(`/networks/${poll.network}/events`),
      h('p', { class: 'overline', key: 'over' }, [kindName(poll.kind), network && local(network.name)].filter(Boolean).join(' · ')),
      h('h1', { class: 'h3', key: 'title' }, poll.title),
      h('p', { class: 'event-tags', key: 'tags' }, stateTag(poll), h('span', { class: 'tag', key: 'weight' }, poll.weight === 'city' ? t('polls.byCity') : t('polls.byPerson'))),
      poll.state === 'open' && poll.deadline && h('p', { key: 'deadline' }, deadlineText(poll)),
      poll.event && h('p', { class: 'notice-inline is-info', key: 'event' }, t('polls.closedText'), ' ', h('a', { href: `/events/${poll.event}` }, t('polls.toEvent'))),
      poll.state === 'open' && poll.weight === 'city' && h('p', { class: 'notice-inline is-info', key: 'city' },
        poll.me?.city === undefined ? t('polls.noCity') : t('polls.forCity', { city: poll.me.cityName ?? '–' })),
      h('form', { class: 'poll-form', key: 'form', onsubmit: (/** @type {SubmitEvent} */ event) => void this.#save(event) },
        h('h2', { class: 'h5', id: 'poll-dates' }, votes ? t('polls.yourAnswer') : t('polls.theDates')),
        h('div', { class: 'poll-options', key: 'options' }, poll.options.map((option) => this.#option(poll, option, votes, runs))),
        votes && h('p', { class: 'poll-save', key: 'save' }, h('button', { type: 'submit', class: 'btn btn-primary', disabled: this.#busy }, t('polls.save')))),
      grid(poll));
  }

  /** @param {Poll} poll @param {PollOption} option @param {boolean} votes @param {boolean} runs */
  #option(poll, option, votes, runs) {
    const isBest = poll.state !== 'closed' && best(poll).includes(option.id);
    const chosen = poll.option === option.id;
    const clashes = (poll.clashes ?? []).filter((clash) => clash.option === option.id);
    return h('div', { key: option.id, class: `poll-option ${isBest || chosen ? 'is-best' : ''}` },
      h('fieldset', null, h('legend', null, when(option), ' ',
        isBest && h('span', { class: 'tag is-ok', key: 'best' }, t('polls.best')), chosen && h('span', { class: 'tag is-ok', key: 'chosen' }, t('polls.chosen'))),
      votes && h('div', { class: 'poll-choices', key: 'choices' }, Object.entries(ANSWERS).map(([answer, { text, mark }]) => {
        const id = `poll-${option.id}-${answer}`;
        return h('span', { key: answer, class: `poll-choice is-${answer}` },
          h('input', { type: 'radio', id, name: `option-${option.id}`, value: answer, checked: this.#answer(poll, option.id) === answer,
            onchange: () => { this.#chosen[option.id] = answer; this.draw(); } }),
          h('label', { for: id }, h('span', { 'aria-hidden': 'true', class: 'poll-mark' }, mark), t(text)));
      }))),
      h('p', { class: 'poll-sums', key: 'sums' }, t('polls.sums', { yes: option.yes, ifNeedBe: option.ifNeedBe, no: option.no })),
      clashes.length > 0 && h('ul', { class: 'poll-clashes', key: 'clashes' }, clashes.map((clash, index) => h('li', { key: index },
        clash.person === app.state.me?.id ? t('polls.ownClash') : t('polls.clash', { name: nameOf(poll.people, clash.person) }), ' ',
        clash.event ? h('a', { href: `/events/${clash.event}` }, clash.title) : t('polls.otherEvent'), ` (${when(clash, true)})`))),
      names(poll, option),
      runs && poll.state !== 'closed' && h('button', { type: 'button', key: 'close', class: 'btn btn-outline-primary btn-sm', onclick: () => void this.#close(poll, option) },
        t('polls.choose'), h('span', { class: 'visually-hidden' }, `: ${when(option)}`)));
  }

  /** @param {Poll} poll @param {number} option */
  #answer(poll, option) {
    return this.#chosen[option] ?? poll.me?.votes?.[option];
  }

  /** @param {SubmitEvent} event */
  async #save(event) {
    event.preventDefault();
    const poll = this.#poll;
    if (!poll || this.#busy) return;
    /** @type {Record<string, string>} */
    const votes = {};
    for (const { id } of poll.options) {
      const answer = this.#answer(poll, id);
      if (answer) votes[id] = answer;
    }
    if (Object.keys(votes).length === 0) {
      showNotice(t('polls.nothing'));
      return;
    }
    this.#busy = true;
    this.draw();
    try {
      await app.command('poll.vote', { poll: poll.id, votes });
      this.#chosen = {};
      showNotice(t('polls.saved'));
    } catch (error) {
      showError(error);
    }
    this.#busy = false;
    await this.#load();
  }

  /** @param {Poll} poll @param {PollOption} option */
  async #close(poll, option) {
    const text = [t('polls.closeText', { when: when(option) }), plural('polls.willCome', option.yes), plural('polls.willBeAsked', option.ifNeedBe)].join(' ');
    if (!await confirm({ title: t('polls.closeTitle'), text, action: t('polls.choose') })) return;
    try {
      const answer = await app.command('poll.close', { poll: poll.id, option: option.id });
      showNotice(t('polls.made'));
      go(`/events/${answer.event}`);
    } catch (error) {
      showError(error);
    }
  }

  async #load() {
    try {
      this.#poll = await app.query('poll.get', { poll: this.number('poll') });
      this.#error = undefined;
    } catch (error) {
      this.#error = error;
      if (/** @type {any} */ (error)?.code === 'not_found') this.#poll = undefined;
    }
    this.invalidate();
  }
}

/** @param {{ id: number, name: string }[] | undefined} list @param {number} [id] */
function nameOf(list, id) {
  return list?.find((one) => one.id === id)?.name ?? '–';
}

/** @param {Poll} poll @param {import('./words').Ballot} ballot */
function voter(poll, ballot) {
  const person = nameOf(poll.people, ballot.person);
  return ballot.city ? `${nameOf(poll.cities, ballot.city)} (${person})` : person;
}

/**
 * Where there is no room for the table: who said what to one date.
 * @param {Poll} poll @param {PollOption} option
 */
function names(poll, option) {
  const said = Object.entries(ANSWERS).map(([answer, { text }]) => ({
    text: t(text), who: (poll.ballots ?? []).filter(({ votes }) => votes[option.id] === answer).map((ballot) => voter(poll, ballot)),
  })).filter(({ who }) => who.length > 0);
  return said.length > 0 && h('details', { class: 'poll-names', key: 'names' }, h('summary', null, t('polls.who')),
    h('dl', null, said.map(({ text, who }) => h('div', { key: text }, h('dt', null, text), h('dd', null, who.join(', '))))));
}

/** @param {Poll} poll */
function grid(poll) {
  const ballots = poll.ballots ?? [];
  const most = poll.state === 'closed' ? [poll.option] : best(poll);
  const look = (/** @type {PollOption} */ option) => (most.includes(option.id) ? 'is-best' : '');
  return h('section', { class: 'poll-grid', key: 'grid' }, h('h2', { class: 'h5', id: 'poll-grid' }, t('polls.who')),
    ballots.length === 0 ? h('p', { class: 'state-text' }, t('polls.nobody'))
      : h('div', { class: 'poll-scroll', role: 'region', tabindex: 0, 'aria-labelledby': 'poll-grid' }, h('table', null,
        h('thead', null, h('tr', null, h('th', { scope: 'col' }, poll.weight === 'city' ? t('polls.city') : t('polls.person')),
          poll.options.map((option) => h('th', { key: option.id, scope: 'col', class: look(option) }, when(option, true))))),
        h('tbody', null, ballots.map((ballot) => h('tr', { key: ballot.city ?? ballot.person }, h('th', { scope: 'row' }, voter(poll, ballot)),
          poll.options.map((option) => {
            const said = ANSWERS[ballot.votes[option.id] ?? ''];
            return h('td', { key: option.id, class: `${look(option)} is-${ballot.votes[option.id] ?? 'none'}` },
              said ? [h('span', { 'aria-hidden': 'true', class: 'poll-mark' }, said.mark), h('span', { class: 'visually-hidden' }, t(said.text))] : h('span', { class: 'visually-hidden' }, t('polls.noAnswer')));
          })))),
        h('tfoot', null, h('tr', null, h('th', { scope: 'row' }, t('polls.total')), poll.options.map((option) => h('td', { key: option.id, class: look(option) },
          h('strong', null, option.yes), option.ifNeedBe > 0 ? ` + ${option.ifNeedBe}` : '')))))));
}

customElements.define('m-poll', PollPage);
