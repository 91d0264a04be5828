import { h } from '../dom/h.js';
import { confirm } from '../dom/confirm.js';
import { failure } from '../dom/controls.js';
import { askForm } from '../dom/form-dialog.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { showError, showNotice } from '../shell/notices.js';
import { answerFields, answersOf, loadForm, noAnswers, refusedAnswer } from './answers.js';
import { isActive, refusalText, stateTag, timeLeft } from './words.js';
import { cancelBy, closes, momentInWords, opening, opens } from './window.js';
import { language, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */
/** @typedef {import('../wire/protocol').Registration} Registration */

const LOOK_AGAIN_MS = 20_000;

/** How one takes part in an event oneself, and what one can do about it. */
export class OwnRegistration extends View {
  /** @type {'loading' | 'done' | 'failed'} */ #state = 'loading';
  /** @type {unknown} */ #error;
  #busy = false;

  topics() {
    return ['events', 'registrations'];
  }

  connected() {
    void this.#load();
    this.until(app.community.subscribe('registrations asked', () => void this.#load()));
    // What is open, and how long an offer is kept, changes by the clock alone.
    const clock = window.setInterval(this.invalidate, LOOK_AGAIN_MS);
    this.until(() => window.clearInterval(clock));
  }

  get #mine() {
    return app.state.registrations.get(this.number('event') ?? 0);
  }

  render() {
    const event = app.state.events.get(this.number('event') ?? 0);
    if (!event || event.state === 'draft') return null;
    const mine = this.#mine;
    if (!mine && this.#state === 'loading') return h('p', { class: 'state-text', role: 'status', key: 'loading' }, t('registrations.loading'));
    if (!mine && this.#state === 'failed') return h('div', { role: 'alert', key: 'failed' }, failure(errorText(this.#error), () => void this.#load()));
    const stands = mine && isActive(mine.state);
    return h('div', { class: 'registration', key: 'registration' },
      h('div', { class: 'registration-state', role: 'status', key: 'state' }, mine && this.#standing(mine, event)),
      stands ? this.#acts(mine, event) : this.#beginning(event));
  }

  /** @param {Registration} mine @param {Event} event */
  #standing(mine, event) {
    const reason = mine.reason && h('p', { class: 'card-detail', key: 'reason' }, t('registrations.reason', { reason: mine.reason }));
    return [h('p', { key: 'tag' }, stateTag(mine.state)), this.#sentence(mine, event), reason];
  }

  /** @param {Registration} mine @param {Event} event */
  #sentence(mine, event) {
    const say = (/** @type {string} */ text) => h('p', { key: 'sentence' }, text);
    switch (mine.state) {
      case 'waitlisted': return [
        mine.position !== undefined && h('p', { class: 'queue-place', key: 'place' }, t('registrations.position', { position: mine.position })),
        say(mine.position === 1 ? t('registrations.next') : mine.waiting === 'queue' ? t('registrations.waiting.queue') : t('registrations.waiting.full'))];
      case 'requested': return say(t('registrations.waiting.approval'));
      case 'offered': return say(mine.expires ? t('registrations.offer', { left: timeLeft(mine.expires), until: momentInWords(mine.expires, language()) }) : t('registrations.offerOpen'));
      case 'invited': return say(t('registrations.invitation'));
      case 'confirmed': return new Date().toISOString() < cancelBy(event) ? say(t('registrations.confirmed')) : say(t('registrations.tooLateToCancel'));
      case 'cancelled': case 'left': case 'lapsed': case 'declined': case 'expired': case 'rejected': return say(t(ENDED[mine.state].text));
      default: return null;
    }
  }

  /** @param {Registration} mine @param {Event} event */
  #acts(mine, event) {
    const act = (/** @type {string} */ key, /** @type {string} */ label, /** @type {() => void} */ onclick, look = 'btn-outline-primary') => (
      h('button', { type: 'button', key, class: `btn ${look} btn-sm`, disabled: this.#busy, onclick }, label));
    const isOn = event.state === 'published' || event.state === 'live';
    const acts = [
      mine.state === 'offered' && isOn && act('accept', t('registrations.act.accept'), () => void this.#answer(mine, 'registration.accept'), 'btn-primary'),
      mine.state === 'offered' && act('decline', t('registrations.act.decline'), () => void this.#declineOffer(mine)),
      mine.state === 'invited' && isOn && act('accept', t('registrations.act.follow'), () => void this.#register(event), 'btn-primary'),
      mine.state === 'invited' && act('decline', t('registrations.act.decline'), () => void this.#answer(mine, 'registration.decline')),
      mine.state === 'confirmed' && new Date().toISOString() < cancelBy(event) && act('cancel', t('registrations.act.giveBack'), () => void this.#cancel(mine)),
      mine.state === 'waitlisted' && act('cancel', t('registrations.act.leave'), () => void this.#cancel(mine)),
      mine.state === 'requested' && act('cancel', t('registrations.act.withdraw'), () => void this.#cancel(mine)),
    ].filter(Boolean);
    return acts.length > 0 && h('div', { class: 'registration-acts', key: 'acts' }, acts);
  }

  /** @param {Event} event */
  #beginning(event) {
    const say = (/** @type {string} */ text) => h('p', { class: 'card-detail', key: 'window' }, text);
    const where = opening(event, new Date().toISOString());
    switch (where) {
      case 'never': return null;
      case 'early': return say(t('registrations.opens', { at: momentInWords(opens(event) ?? '', language()) }));
      case 'closed': return say(t('registrations.closed', { at: momentInWords(closes(event), language()) }));
      case 'full': return say(t('registrations.full'));
      default: return [
        where === 'queue' && say(t('registrations.queue')),
        h('button', { type: 'button', key: 'register', class: 'btn btn-primary registration-button', disabled: this.#busy, onclick: () => void this.#register(event) },
          where === 'queue' ? t('registrations.act.queue') : event.approval ? t('registrations.act.ask') : t('registrations.act.register')),
      ];
    }
  }

  /** @returns {Promise<void>} */
  async #load() {
    const id = this.number('event') ?? 0;
    const before = app.state.registrations.get(id);
    try {
      /** @type {{ registrations: Registration[] }} */
      const { registrations } = await app.query('registration.list', { event: id, mine: true, limit: 50 });
      const newest = registrations.find(({ state }) => isActive(state)) ?? [...registrations].sort((a, b) => b.id - a.id)[0];
      const known = app.state.registrations.get(id);
      // An answer may be older than an update that came meanwhile.
      if (known !== before && known?.state !== newest?.state) return void this.#load();
      if (newest) app.state.registrations.set(id, newest);
      else app.state.registrations.delete(id);
      this.#state = 'done';
      app.community.touch('registrations');
    } catch (error) {
      this.#error = error;
      this.#state = 'failed';
    }
    this.invalidate();
  }

  /** @param {Event} event */
  async #register(event) {
    const questions = await this.#while(() => loadForm(event.id));
    if (!questions) return;
    const send = (/** @type {Record<string, any>} */ values) => app.command('registration.register', { event: event.id, answers: answersOf(questions, values) });
    const isQueue = opening(event, new Date().toISOString()) === 'queue';
    if (questions.length === 0) await this.#while(() => send({}));
    else {
      await askForm({
        title: event.title, text: isQueue && h('p', null, t('registrations.queue')), fields: answerFields(questions), values: noAnswers(questions),
        action: isQueue ? t('registrations.act.queue') : event.approval ? t('registrations.act.ask') : t('registrations.act.register'),
        submit: send,
        refused: (error) => refusedAnswer(error) ?? (refusalText(error) ? { text: refusalText(error) ?? '' } : undefined),
      });
    }
    void this.#load();
  }

  /** @param {Registration} mine */
  async #cancel(mine) {
    const words = { confirmed: GIVE_BACK, waitlisted: LEAVE, requested: WITHDRAW }[mine.state] ?? WITHDRAW;
    if (!await confirm({ title: t(words.title.text), text: t(words.why.text), action: t(words.act.text) })) return;
    await this.#answer(mine, 'registration.cancel');
  }

  /** @param {Registration} mine */
  async #declineOffer(mine) {
    if (!await confirm({ title: t('registrations.declineTitle'), text: t('registrations.declineText'), action: t('registrations.act.decline') })) return;
    await this.#answer(mine, 'registration.decline');
  }

  /** @param {Registration} mine @param {string} command */
  async #answer(mine, command) {
    await this.#while(() => app.command(command, { registration: mine.id }));
    // Not every change is told while the line is down.
    void this.#load();
  }

  /**
   * @template Result
   * @param {() => Promise<Result>} act
   * @returns {Promise<Result | undefined>}
   */
  async #while(act) {
    this.#busy = true;
    this.draw();
    try {
      return await act();
    } catch (error) {
      const words = refusalText(error);
      if (words) showNotice(words);
      else showError(error);
      return undefined;
    } finally {
      this.#busy = false;
      this.invalidate();
    }
  }
}

/** @type {Record<string, { text: string }>} */
const ENDED = {
  cancelled: { text: 'registrations.ended.cancelled' }, left: { text: 'registrations.ended.left' }, lapsed: { text: 'registrations.ended.lapsed' },
  declined: { text: 'registrations.ended.declined' }, expired: { text: 'registrations.ended.expired' }, rejected: { text: 'registrations.ended.rejected' },
};

/** @typedef {Record<'title' | 'why' | 'act', { text: string }>} Question */
/** @type {Question} */
const GIVE_BACK = { title: { text: 'registrations.giveBackTitle' }, why: { text: 'registrations.giveBackText' }, act: { text: 'registrations.act.giveBack' } };
/** @type {Question} */
const LEAVE = { title: { text: 'registrations.leaveTitle' }, why: { text: 'registrations.leaveText' }, act: { text: 'registrations.act.leave' } };
/** @type {Question} */
const WITHDRAW = { title: { text: 'registrations.withdrawTitle' }, why: { text: 'registrations.withdrawText' }, act: { text: 'registrations.act.withdraw' } };

customElements.define('m-registration', OwnRegistration);
