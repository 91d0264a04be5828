import { confirm } from '../dom/confirm.js';
import { h } from '../dom/h.js';
import { Listing } from '../dom/listing.js';
import { dataTable } from '../dom/table.js';
import { fullTime, shortTime } from '../dom/time.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { showError, showNotice } from '../shell/notices.js';
import { Filters, given } from './filters.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {{ id: number, person?: number, name?: string, address?: string, template: string, state: string, at: string, due?: string, finished?: string, attempts: number, error?: string }} Mail */

/** @type {Record<string, { text: string }>} */
const STATES = {
  waiting: { text: 'admin.mail.state.waiting' }, sent: { text: 'admin.mail.state.sent' },
  failed: { text: 'admin.mail.state.failed' }, discarded: { text: 'admin.mail.state.discarded' },
};

/** @type {Record<string, { text: string }>} */
const TEMPLATES = {
  invitation: { text: 'admin.mail.template.invitation' }, reset: { text: 'admin.mail.template.reset' }, notice: { text: 'admin.mail.template.notice' },
  'event.invited': { text: 'admin.mail.template.event.invited' },
  'event.confirmed': { text: 'admin.mail.template.event.confirmed' },
  'event.waitlisted': { text: 'admin.mail.template.event.waitlisted' },
  'event.offered': { text: 'admin.mail.template.event.offered' },
  'event.promoted': { text: 'admin.mail.template.event.promoted' },
  'event.approved': { text: 'admin.mail.template.event.approved' },
  'event.rejected': { text: 'admin.mail.template.event.rejected' },
  'event.cancelled': { text: 'admin.mail.template.event.cancelled' },
  'event.removed': { text: 'admin.mail.template.event.removed' },
  'event.expired': { text: 'admin.mail.template.event.expired' },
  'event.lapsed': { text: 'admin.mail.template.event.lapsed' },
  'event.moved': { text: 'admin.mail.template.event.moved' },
  'event.changed': { text: 'admin.mail.template.event.changed' },
  'event.postponed': { text: 'admin.mail.template.event.postponed' },
  'event.called_off': { text: 'admin.mail.template.event.calledOff' },
  'event.message': { text: 'admin.mail.template.event.message' },
  'event.reminder': { text: 'admin.mail.template.event.reminder' },
  notifications: { text: 'admin.mail.template.notifications' }, digest: { text: 'admin.mail.template.digest' },
};

/** @type {Record<string, { text: string }>} why the server itself did not send one; the mail server's own words stay as they are */
const REASONS = {
  no_event: { text: 'admin.mail.reason.over' }, no_offer: { text: 'admin.mail.reason.over' }, not_waiting: { text: 'admin.mail.reason.over' }, not_due: { text: 'admin.mail.reason.over' },
  no_access: { text: 'admin.mail.reason.access' },
  read: { text: 'admin.mail.reason.read' }, link_closed: { text: 'admin.mail.reason.link' }, not_wanted: { text: 'admin.mail.reason.unwanted' },
  no_recipient: { text: 'admin.mail.reason.recipient' }, no_template: { text: 'admin.mail.reason.composed' }, not_composed: { text: 'admin.mail.reason.composed' },
};

/** What the server mails, to whom, and what became of it; never what a mail says. */
export class AdminMail extends View {
  #configured = true;
  #waiting = 0;
  #failed = 0;
  #filters = new Filters('mail', { state: '' }, () => void this.#list.load());
  /** @type {Listing<Mail>} */
  #list = new Listing(this.invalidate, async (before) => {
    const { mails, more, configured, waiting, failed } = await app.query('mail.list', given({ state: this.#filters.values.state, before, limit: 50 }));
    [this.#configured, this.#waiting, this.#failed] = [configured, waiting, failed];
    return { rows: mails, cursor: more ? mails.at(-1).id : undefined };
  });

  connected() {
    void this.#list.load();
  }

  render() {
    return [
      h('p', { class: 'lead-text admin-lead', key: 'about' }, t('admin.mail.about')),
      !this.#configured && h('p', { class: 'field-hint', role: 'note', key: 'unconfigured' }, t('admin.mail.unconfigured')),
      h('div', { class: 'filters', key: 'filters' },
        this.#filters.choice('state', t('admin.mail.state'), [{ value: '', label: t('admin.all') }, ...Object.keys(STATES).map((value) => ({ value, label: t(STATES[value].text) }))])),
      h('p', { key: 'sums' }, plural('admin.mail.waiting', this.#waiting), ' · ', plural('admin.mail.failed', this.#failed), ' ',
        this.#failed > 0 && h('button', { type: 'button', class: 'act-button', onclick: () => void this.#retry() }, t('admin.mail.retryAll'))),
      this.#list.render({
        empty: t('admin.mail.none'),
        show: (rows) => dataTable({ caption: t('admin.mail.title'), rows, id: ({ id }) => id, columns: this.#columns() }),
      }),
    ];
  }

  /** @returns {import('../dom/table').Column<Mail>[]} */
  #columns() {
    return [
      { key: 'to', title: t('admin.mail.to'), names: true, cell: ({ name, address }) => (name && name !== address ? [name, h('span', { class: 'cell-detail' }, address)] : address || '–') },
      { key: 'template', title: t('admin.mail.kind'), cell: ({ template }) => (TEMPLATES[template] ? t(TEMPLATES[template].text) : template) },
      { key: 'state', title: t('admin.mail.state'), cell: (mail) => [h('span', { class: mail.state === 'failed' ? 'tag is-warm' : 'tag' }, t(STATES[mail.state].text)), detail(mail)] },
      { key: 'at', title: t('admin.mail.written'), cell: ({ at }) => h('time', { class: 'is-whole', datetime: at, title: fullTime(at) }, shortTime(at)) },
      { key: 'acts', title: t('table.acts'), acts: true, cell: (mail) => (mail.state === 'waiting' || mail.state === 'failed') && [
        h('button', { type: 'button', class: 'act-button', onclick: () => void this.#retry(mail) }, t('admin.mail.retry'), h('span', { class: 'visually-hidden' }, ` ${mail.address ?? ''}`)), ' ',
        h('button', { type: 'button', class: 'act-button', onclick: () => void this.#discard(mail) }, t('admin.mail.discard'), h('span', { class: 'visually-hidden' }, ` ${mail.address ?? ''}`))] },
    ];
  }

  /** @param {Mail} [mail] all that failed unless told */
  async #retry(mail) {
    try {
      const { count } = await app.command('mail.retry', mail ? { mail: mail.id } : {});
      showNotice(plural('admin.mail.retried', count));
    } catch (error) {
      showError(error);
    }
    await this.#list.load();
  }

  /** @param {Mail} mail */
  async #discard(mail) {
    if (!await confirm({ title: t('admin.mail.discardTitle'), text: t('admin.mail.discardText', { address: mail.address ?? '' }), action: t('admin.mail.discard') })) return;
    await app.command('mail.discard', { mail: mail.id }).catch(showError);
    await this.#list.load();
  }
}

/** @param {Mail} mail */
function detail({ state, error, due, attempts, finished }) {
  const words = [
    state === 'waiting' && attempts > 0 && due && t('admin.mail.next', { at: shortTime(due) }),
    state === 'sent' && finished && shortTime(finished),
    error && (REASONS[error] ? t(REASONS[error].text) : error),
  ].filter(Boolean);
  return words.length > 0 && h('span', { class: 'cell-detail' }, words.join(' · '));
}

customElements.define('m-admin-mail', AdminMail);
