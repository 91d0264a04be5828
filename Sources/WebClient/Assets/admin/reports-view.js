import { h } from '../dom/h.js';
import { askForm } from '../dom/form-dialog.js';
import { Listing } from '../dom/listing.js';
import { shortTime } from '../dom/time.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { nameOf } from '../people/people.js';
import { Filters } from './filters.js';
import { loadEverybody } from './names.js';
import { suspendWithReason } from './people-forms.js';
import { t } from '../i18n/i18n.js';

/** @typedef {{ id: number, message: number, text?: string, author?: number, by: number, at: string, reason: string, state: string }} Report */

const PAGE = 50;

/** What people reported: the message alone, why, and what may be done. */
export class AdminReports extends View {
  #filters = new Filters('reports', { handled: '' }, () => void this.#list.load());
  /** @type {Listing<Report>} */
  #list = new Listing(this.invalidate, async (before) => {
    const { reports } = await app.query('report.list', { limit: PAGE, ...(this.#filters.values.handled ? { handled: true } : {}), ...(before ? { before } : {}) });
    return { rows: reports, cursor: reports.length === PAGE ? reports.at(-1).id : undefined };
  });

  topics() {
    return ['people'];
  }

  connected() {
    void this.#list.load();
    void loadEverybody();
  }

  render() {
    return [
      h('p', { class: 'lead-text admin-lead', key: 'about' }, t('admin.reports.about')),
      h('div', { class: 'filters', key: 'filters' }, this.#filters.choice('handled', t('admin.reports.show'), [
        { value: '', label: t('admin.reports.open') }, { value: 'all', label: t('admin.reports.all') }])),
      this.#list.render({
        empty: this.#filters.values.handled ? t('admin.reports.noneAtAll') : t('admin.reports.none'),
        show: (rows) => h('ul', { class: 'report-list', key: 'reports' }, rows.map((report) => this.#report(report))),
      }),
    ];
  }

  /** @param {Report} report */
  #report(report) {
    const author = report.author && nameOf(report.author);
    return h('li', { key: report.id },
      h('p', { class: 'report-meta' }, report.state === 'open' ? h('span', { class: 'tag is-warm' }, t('admin.reports.stateOpen')) : h('span', { class: 'tag' }, t('admin.reports.stateDone')), ' ',
        t('admin.reports.by', { name: nameOf(report.by), at: shortTime(report.at) })),
      h('p', { class: 'report-reason' }, report.reason),
      report.text === undefined ? h('p', { class: 'message-tombstone' }, t('admin.reports.gone'))
        : h('blockquote', { class: 'report-text' }, h('p', null, report.text), author && h('footer', null, author)),
      report.state === 'open' && h('p', { class: 'report-acts' },
        report.text !== undefined && h('button', { type: 'button', class: 'btn btn-danger btn-xs', onclick: () => void this.#remove(report) }, t('admin.reports.remove'),
          h('span', { class: 'visually-hidden' }, ` #${report.message}`)),
        report.author && report.author !== app.me && h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', onclick: () => void suspendWithReason({ id: report.author ?? 0, name: author || '' }) },
          t('admin.reports.suspend', { name: author || '' }))));
  }

  /** @param {Report} report */
  async #remove(report) {
    const done = await askForm({
      title: t('admin.reports.removeTitle'), text: h('p', null, t('admin.reports.removeText')),
      fields: [{ name: 'reason', label: t('admin.reason'), kind: 'textarea', required: true, maxBytes: 500, hint: t('admin.reports.reasonHint') }],
      values: { reason: report.reason }, action: t('admin.reports.remove'), danger: true,
      submit: ({ reason }) => app.command('message.remove', { message: report.message, reason: reason.trim() }),
    });
    if (done) await this.#list.load();
  }
}

customElements.define('m-admin-reports', AdminReports);
