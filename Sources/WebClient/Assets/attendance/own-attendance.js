import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { loadAttendance } from './loading.js';
import { length } from './words.js';
import { t } from '../i18n/i18n.js';

/** One's own part in an event: the ticket before it, how long one was there and the certificate after it. */
export class OwnAttendance extends View {
  /** @type {import('./loading').AttendanceList | undefined} */ #list;

  connected() {
    void this.#load();
    this.until(app.community.subscribe('attendance', () => void this.#load()));
  }

  render() {
    const list = this.#list;
    const own = list?.people.find(({ person }) => person.id === app.state.me?.id);
    if (!list || !own) return null;
    return [ticket(own), presence(own, list), certificate(own)];
  }

  async #load() {
    try {
      this.#list = await loadAttendance(this.number('event') ?? 0);
      this.invalidate();
    } catch {
      // What the page is about is shown without it; the next change asks again.
    }
  }
}

/** @param {import('./loading').Attendance} own */
function ticket({ ticket: code, registration }) {
  return code && h('details', { class: 'ticket', key: 'ticket' }, h('summary', null, t('attendance.ticket')),
    h('p', { class: 'card-detail' }, t('attendance.ticketText')),
    h('img', { src: `/registrations/${registration}/ticket.svg`, alt: t('attendance.ticketPicture'), width: 220, height: 220, loading: 'lazy' }),
    h('p', { class: 'ticket-code' }, code));
}

/** @param {import('./loading').Attendance} own @param {import('./loading').AttendanceList} list */
function presence({ minutes, state }, { planned }) {
  return (minutes > 0 || state === 'no_show') && h('p', { key: 'presence' }, state === 'no_show' ? t('attendance.absent')
    : t('attendance.present', { minutes: length(minutes), planned: length(planned) }));
}

/** @param {import('./loading').Attendance} own */
function certificate({ certificate: issued }) {
  if (!issued) return null;
  if (issued.withdrawn) return h('p', { class: 'notice-inline is-warning', key: 'certificate' }, t('attendance.withdrawnText', { reason: issued.reason ?? '–' }));
  return h('p', { key: 'certificate' }, h('a', { class: 'btn btn-primary btn-sm', href: `/certificates/${issued.id}.pdf`, download: '' },
    icon('it-download', 'icon-sm icon-white'), ' ', t('attendance.download')));
}

customElements.define('m-own-attendance', OwnAttendance);
