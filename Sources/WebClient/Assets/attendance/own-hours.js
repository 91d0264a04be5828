import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { dateOf, midnight, shortDate } from '../dom/time.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { length } from './words.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('./loading').Certificate & { event: number, title: string }} Certificate */
/** @typedef {{ events: number, minutes: number }} Total */

const NOTHING = { events: 0, minutes: 0 };

/** One's own hours of events and the certificates of them, on one's own page. */
export class OwnHours extends View {
  /** @type {{ ever: Total, year: Total, certificates: Certificate[] } | undefined} */ #own;
  /** @type {any} */ #error;

  connected() {
    void this.#load();
    this.until(app.community.subscribe('attendance', () => void this.#load()));
  }

  render() {
    return h('section', { class: 'settings own-hours' }, h('h2', { class: 'h5' }, t('attendance.own')), this.#content());
  }

  #content() {
    if (this.#error && !this.#own) return h('div', { role: 'alert', key: 'failed' }, failure(errorText(this.#error), () => void this.#load()));
    if (!this.#own) return h('p', { class: 'state-text', role: 'status', key: 'loading' }, t('list.loading'));
    const { ever, year, certificates } = this.#own;
    if (ever.minutes === 0 && certificates.length === 0) return h('p', { class: 'state-text', key: 'none' }, t('attendance.noOwn'));
    return [
      h('dl', { class: 'fact-list', key: 'hours' }, fact(t('attendance.thisYear'), year), fact(t('attendance.ever'), ever)),
      h('h3', { class: 'h6', key: 'certificates' }, t('attendance.certificates')),
      certificates.length === 0 ? h('p', { class: 'state-text', key: 'noCertificates' }, t('attendance.noCertificates'))
        : h('ul', { class: 'certificate-list', key: 'list' }, certificates.map((one) => certificate(one))),
    ];
  }

  async #load() {
    const from = midnight(`${dateOf(new Date().toISOString()).slice(0, 4)}-01-01`);
    try {
      const [ever, year, { certificates }] = await Promise.all([
        app.query('attendance.hours'), app.query('attendance.hours', { from }), app.query('certificate.list'),
      ]);
      this.#own = { ever: ever.people[0] ?? NOTHING, year: year.people[0] ?? NOTHING, certificates };
      this.#error = undefined;
    } catch (error) {
      this.#error = error;
    }
    this.invalidate();
  }
}

/** @param {string} name @param {Total} total */
function fact(name, { events, minutes }) {
  return h('div', { key: name }, h('dt', null, name), h('dd', null, `${length(minutes)}, ${plural('attendance.inEvents', events)}`));
}

/** @param {Certificate} certificate */
function certificate({ id, code, event, title, minutes, issued, withdrawn, reason }) {
  return h('li', { key: id }, h('div', null, h('a', { href: `/events/${event}` }, title),
    h('span', { class: 'card-detail' }, [length(minutes), t('attendance.issuedOn', { day: shortDate(issued) }), t('attendance.code', { code })].join(' · ')),
    withdrawn && h('span', { class: 'card-detail', key: 'withdrawn' }, t('attendance.withdrawnText', { reason: reason ?? '–' }))),
  withdrawn ? h('span', { class: 'tag is-bad', key: 'tag' }, t('attendance.withdrawn')) : h('a', {
    key: 'pdf', class: 'btn btn-outline-primary btn-sm', href: `/certificates/${id}.pdf`, download: '', 'aria-label': t('attendance.downloadOne', { title }),
  }, icon('it-download', 'icon-sm icon-primary'), ' ', t('attendance.pdf')));
}

customElements.define('m-own-hours', OwnHours);
