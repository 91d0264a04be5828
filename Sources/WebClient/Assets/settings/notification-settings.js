import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { showError, showNotice } from '../shell/notices.js';
import { permission } from '../notifications/browser.js';
import { t } from '../i18n/i18n.js';

/** What one may be told of events, and how: `mail…` by mail, `show…` here. */
const TELLING = [
  { name: 'mailCalendar', text: 'notification.events.mailCalendar', hint: { text: 'notification.events.mailCalendarHint' } },
  { name: 'mailRegistrations', text: 'notification.events.mailRegistrations', hint: { text: 'notification.events.mailRegistrationsHint' } },
  { name: 'mailReminders', text: 'notification.events.mailReminders', hint: { text: 'notification.events.mailRemindersHint' } },
  { name: 'showRegistrations', text: 'notification.events.showRegistrations' },
  { name: 'showChanges', text: 'notification.events.showChanges' },
  { name: 'showReminders', text: 'notification.events.showReminders' },
];
/** What one may be told of documents, solutions and adoptions, each in one of three ways. */
const SOLUTIONS = [
  { name: 'reviews', text: 'notification.solutions.reviews' },
  { name: 'comments', text: 'notification.solutions.comments' },
  { name: 'changes', text: 'notification.solutions.changes' },
  { name: 'adoptions', text: 'notification.solutions.adoptions' },
];
const DEFAULT_HOURS = { from: '20:00', to: '08:00' };

/** Whether the browser may tell of news, and when not. */
export class NotificationSettings extends View {
  /** @type {boolean | undefined} what is chosen but not yet saved */ #quiet;
  #problem = '';

  topics() {
    return ['notifications'];
  }

  render() {
    const { browser, doNotDisturb, events, mail, mailAnytime, solutions } = app.state.notifications;
    const allowed = permission();
    const quiet = this.#quiet ?? doNotDisturb !== undefined;
    const hours = doNotDisturb ?? DEFAULT_HOURS;
    return h('section', { class: 'settings' }, h('h2', { class: 'h5' }, t('notification.title')),
      h('div', { class: 'choice', key: 'browser' },
        h('input', { type: 'checkbox', id: 'notify-browser', '.checked': browser && allowed === 'granted', disabled: allowed === 'unsupported' || allowed === 'denied', onchange: this.#browser, 'aria-describedby': 'notify-browser-hint' }),
        h('label', { for: 'notify-browser' }, t('notification.browser'),
          h('span', { class: 'field-hint', id: 'notify-browser-hint' }, allowed === 'denied' ? t('notification.denied') : allowed === 'unsupported' ? t('notification.unsupported') : t('notification.browserHint')))),
      h('div', { class: 'field', key: 'mail' },
        h('label', { for: 'notify-mail' }, t('notification.mail')),
        h('select', { id: 'notify-mail', class: 'form-control', onchange: this.#mail, 'aria-describedby': 'notify-mail-hint' }, ['each', 'daily', 'weekly', 'off'].map((one) => h('option', { key: one, value: one, '.selected': one === mail }, mailName(one)))),
        h('p', { class: 'field-hint', id: 'notify-mail-hint' }, t('notification.mailHint'))),
      mail !== 'off' && h('div', { class: 'choice', key: 'anytime' },
        h('input', { type: 'checkbox', id: 'notify-anytime', '.checked': mailAnytime, onchange: this.#anytime }),
        h('label', { for: 'notify-anytime' }, t('notification.mailAnytime'), h('span', { class: 'field-hint' }, t('notification.mailAnytimeHint')))),
      this.#telling('mail', t('notification.events.byMail'), events),
      this.#telling('show', t('notification.events.here'), events),
      this.#ways(solutions),
      h('form', { onsubmit: this.#save, novalidate: true, key: 'quiet' },
        h('div', { class: 'choice' },
          h('input', { type: 'checkbox', id: 'quiet', '.checked': quiet, onchange: (/** @type {any} */ event) => {
            this.#quiet = event.target.checked;
            this.draw();
          } }),
          h('label', { for: 'quiet' }, t('notification.quiet'), h('span', { class: 'field-hint' }, t('notification.quietHint')))),
        quiet && h('div', { class: 'quiet-hours', key: 'hours' },
          h('div', { class: 'field' }, h('label', { for: 'quiet-from' }, t('notification.quietFrom')), h('input', { id: 'quiet-from', name: 'from', type: 'time', class: 'form-control', value: hours.from, required: true, 'aria-invalid': this.#problem ? 'true' : null })),
          h('div', { class: 'field' }, h('label', { for: 'quiet-to' }, t('notification.quietTo')), h('input', { id: 'quiet-to', name: 'to', type: 'time', class: 'form-control', value: hours.to, required: true, 'aria-invalid': this.#problem ? 'true' : null }))),
        this.#problem && h('p', { class: 'field-problem', role: 'alert', key: 'problem' }, this.#problem),
        h('button', { type: 'submit', class: 'btn btn-primary btn-sm' }, t('message.save'))));
  }

  /**
   * What of events is told in one way.
   * @param {string} way
   * @param {string} title
   * @param {Record<string, boolean>} events
   */
  #telling(way, title, events) {
    return h('fieldset', { class: 'choices', key: `events ${way}` }, h('legend', null, title),
      TELLING.filter(({ name }) => name.startsWith(way)).map(({ name, text, hint }) => h('div', { class: 'choice', key: name },
        h('input', { type: 'checkbox', id: `notify-${name}`, '.checked': events[name] ?? true, onchange: (/** @type {any} */ { target }) => this.#choose({ events: { [name]: target.checked } }) }),
        h('label', { for: `notify-${name}` }, t(text), hint && h('span', { class: 'field-hint' }, t(hint.text))))));
  }

  /**
   * In what way one is told of documents, solutions and adoptions.
   * @param {Record<string, string>} solutions
   */
  #ways(solutions) {
    return h('fieldset', { class: 'choices', key: 'solutions' }, h('legend', null, t('notification.solutions')),
      h('p', { class: 'field-hint', id: 'notify-solutions-hint' }, t('notification.solutionsHint')),
      SOLUTIONS.map(({ name, text }) => h('div', { class: 'field telling-way', key: name },
        h('label', { for: `notify-${name}` }, t(text)),
        h('select', { id: `notify-${name}`, class: 'form-control', 'aria-describedby': 'notify-solutions-hint', onchange: (/** @type {any} */ { target }) => this.#choose({ solutions: { [name]: target.value } }) },
          ['mail', 'app', 'off'].map((way) => h('option', { key: way, value: way, '.selected': way === solutions[name] }, wayName(way)))))));
  }

  /** @param {any} event */
  #browser = async ({ target }) => {
    const wanted = target.checked;
    const granted = !wanted || await window.Notification.requestPermission() === 'granted';
    if (granted) await app.command('notification.set', { browser: wanted }).catch(showError);
    target.checked = wanted && granted;
    this.invalidate();
  };

  /** @param {any} event */
  #mail = ({ target }) => this.#choose({ mail: target.value });

  /** @param {any} event */
  #anytime = ({ target }) => this.#choose({ mailAnytime: target.checked });

  /** @param {{ mail?: string, mailAnytime?: boolean, events?: Record<string, boolean>, solutions?: Record<string, string> }} choice what holds at once */
  async #choose(choice) {
    try {
      await app.command('notification.set', choice);
      showNotice(t('preferences.saved'));
    } catch (error) {
      showError(error);
    }
    this.invalidate();
  }

  /** @param {SubmitEvent} event */
  #save = async (event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const [from, to] = [String(form.get('from') ?? ''), String(form.get('to') ?? '')];
    const on = this.#quiet ?? app.state.notifications.doNotDisturb !== undefined;
    this.#problem = on && (from === '' || to === '' || from === to) ? t('notification.quietMissing') : '';
    if (this.#problem === '') {
      try {
        await app.command('notification.set', { doNotDisturb: on ? { from, to } : null });
        this.#quiet = undefined;
        showNotice(t('preferences.saved'));
      } catch (error) {
        showError(error);
      }
    }
    this.invalidate();
  };
}

/** @param {string} way */
function wayName(way) {
  switch (way) {
    case 'off': return t('notification.way.off');
    case 'app': return t('notification.way.app');
    default: return t('notification.way.mail');
  }
}

/** @param {string} choice */
function mailName(choice) {
  switch (choice) {
    case 'off': return t('notification.mail.off');
    case 'daily': return t('notification.mail.daily');
    case 'weekly': return t('notification.mail.weekly');
    default: return t('notification.mail.each');
  }
}

customElements.define('m-notification-settings', NotificationSettings);
