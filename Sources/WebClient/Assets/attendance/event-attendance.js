import { h } from '../dom/h.js';
import { confirm } from '../dom/confirm.js';
import { failure } from '../dom/controls.js';
import { askForm } from '../dom/form-dialog.js';
import { dataTable } from '../dom/table.js';
import { clockTime } from '../dom/time.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { showError, showNotice } from '../shell/notices.js';
import { loadAttendance } from './loading.js';
import { length, stateName } from './words.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('./loading').Attendance} Attendance */
/** @typedef {import('../wire/protocol').Event} Event */

/** Who was at an event, for who runs it: presence, certificates. */
export class EventAttendance extends View {
  /** @type {import('./loading').AttendanceList | undefined} */ #list;
  /** @type {any} */ #error;
  /** @type {import('../dom/table').Sort} */ #sort = { key: 'name', down: false };

  topics() {
    return ['events'];
  }

  connected() {
    void this.#load();
    this.until(app.community.subscribe('attendance', () => void this.#load()));
  }

  get #event() {
    return app.state.events.get(this.number('event') ?? 0);
  }

  render() {
    const event = this.#event;
    if (!event) return null;
    return h('section', { class: 'attendance', key: 'attendance' }, h('h2', { class: 'h5' }, t('attendance.title')), this.#content(event));
  }

  /** @param {Event} event */
  #content(event) {
    const list = this.#list;
    if (this.#error && !list) return h('div', { role: 'alert' }, failure(errorText(this.#error), () => void this.#load()));
    if (!list) return h('p', { class: 'state-text', role: 'status' }, t('attendance.loading'));
    if (list.people.length === 0) return h('p', { class: 'state-text' }, t('attendance.nobody'));
    const over = event.state !== 'live';
    const waiting = list.people.filter(({ certificate, enough, state }) => !certificate && enough && ['checked_in', 'attended'].includes(state ?? ''));
    return [
      h('p', { class: 'card-detail', key: 'rule' }, t('attendance.rule', { threshold: list.threshold, planned: length(list.planned) })),
      over && h('div', { class: 'section-acts', key: 'acts' },
        waiting.length > 0
          && h('button', { type: 'button', class: 'btn btn-primary btn-sm', key: 'issue', onclick: () => void this.#issueAll() }, plural('attendance.issueAll', waiting.length)),
        list.people.some(({ state }) => state === 'confirmed' || state === 'checked_in')
          && h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', key: 'settle', onclick: () => void this.#settle() }, t('attendance.settle'))),
      list.more && h('p', { class: 'notice-inline is-info', key: 'more' }, t('attendance.more')),
      dataTable({
        caption: t('attendance.title'), rows: list.people, id: ({ person }) => person.id, sort: this.#sort,
        onsort: (sort) => {
          this.#sort = sort;
          this.invalidate();
        },
        columns: [
          { key: 'name', title: t('attendance.person'), names: true, by: ({ person }) => person.name, cell: ({ person }) => h('a', { href: `/people/${person.id}` }, person.name) },
          { key: 'state', title: t('attendance.state'), by: ({ state }) => stateName(state), cell: ({ state }) => stateName(state) },
          { key: 'minutes', title: t('attendance.time'), by: ({ minutes }) => minutes, cell: (row) => [length(row.minutes), row.intervals.length > 0
            && h('span', { class: 'cell-detail' }, row.intervals.slice(0, 4).map(({ joined, left }) => `${clockTime(joined)}–${clockTime(left)}`).join(', '), row.intervals.length > 4 && '…')] },
          { key: 'certificate', title: t('attendance.certificate'), by: ({ certificate }) => certificate?.issued ?? '', cell: ({ certificate }) => certificate && (certificate.withdrawn
            ? t('attendance.withdrawn') : h('a', { href: `/certificates/${certificate.id}.pdf`, download: '' }, certificate.code)) },
          { key: 'acts', title: t('attendance.acts'), acts: true, cell: (row) => this.#acts(row, event, over) },
        ],
      }),
    ];
  }

  /** @param {Attendance} row @param {Event} event @param {boolean} over */
  #acts(row, event, over) {
    const { certificate, person } = row;
    const act = (/** @type {string} */ key, /** @type {string} */ label, /** @type {() => void} */ onclick) => (
      h('button', { type: 'button', key, class: 'act-button', 'aria-label': `${label}: ${person.name}`, onclick }, label));
    return [
      act('record', t('attendance.record'), () => void record(row, event)),
      over && row.registration && row.enough && (!certificate || certificate.withdrawn) && act('issue', t('attendance.issue'), () => void issue(row)),
      certificate && !certificate.withdrawn && act('withdraw', t('attendance.withdraw'), () => void withdraw(row)),
      row.minutes > 0 && (!certificate || certificate.withdrawn) && act('clear', t('attendance.clear'), () => void clear(row, event)),
    ];
  }

  async #issueAll() {
    let issued = 0;
    try {
      for (let more = true; more;) {
        const answer = await app.command('certificate.issueAll', { event: this.number('event') });
        issued += answer.issued;
        more = answer.more;
      }
      showNotice(plural('attendance.issued', issued));
    } catch (error) {
      showError(error);
    }
  }

  async #settle() {
    if (!await confirm({ title: t('attendance.settleTitle'), text: t('attendance.settleText'), action: t('attendance.settle') })) return;
    await app.command('attendance.settle', { event: this.number('event') }).then(() => showNotice(t('attendance.settled')), showError);
  }

  async #load() {
    try {
      this.#list = await loadAttendance(this.number('event') ?? 0);
      this.#error = undefined;
    } catch (error) {
      this.#error = error;
    }
    this.invalidate();
  }
}

/** @param {Attendance} row @param {Event} event */
function record({ person }, event) {
  const first = event.start.local?.slice(0, 16) ?? `${event.start.date}T09:00`;
  const last = event.end.local?.slice(0, 16) ?? `${event.end.date}T18:00`;
  // The difference between the wall clock of the event and the world's, that its own times tell.
  const shift = event.start.utc && event.start.local ? Date.parse(`${event.start.local.slice(0, 16)}:00Z`) - Date.parse(event.start.utc) : 0;
  const instant = (/** @type {string} */ local) => new Date(Date.parse(`${local}:00Z`) - shift).toISOString();
  return askForm({
    title: t('attendance.recordTitle', { name: person.name }),
    fields: [
      { name: 'joined', label: t('attendance.joined'), kind: 'datetime-local', required: true },
      { name: 'left', label: t('attendance.left'), kind: 'datetime-local', required: true, check: (value, values) => (String(value) <= String(values.joined) ? t('attendance.leftBefore') : undefined) },
    ],
    values: { joined: first, left: last },
    action: t('attendance.record'),
    submit: ({ joined, left }) => app.command('attendance.record', { event: event.id, person: person.id, joined: instant(joined), left: instant(left) }),
  });
}

/** @param {Attendance} row */
async function issue({ registration }) {
  await app.command('certificate.issue', { registration }).then(() => showNotice(plural('attendance.issued', 1)), showError);
}

/** @param {Attendance} row */
function withdraw({ person, certificate }) {
  return askForm({
    title: t('attendance.withdrawTitle', { name: person.name }),
    text: h('p', null, t('attendance.withdrawText')),
    fields: [{ name: 'reason', label: t('attendance.reason'), required: true, maxBytes: 500 }],
    values: { reason: '' },
    action: t('attendance.withdraw'),
    danger: true,
    submit: ({ reason }) => app.command('certificate.withdraw', { certificate: certificate?.id, reason: reason.trim() }),
  });
}

/** @param {Attendance} row @param {Event} event */
async function clear({ person }, event) {
  if (!await confirm({ title: t('attendance.clearTitle', { name: person.name }), text: t('attendance.clearText'), action: t('attendance.clear') })) return;
  await app.command('attendance.clear', { event: event.id, person: person.id }).then(() => showNotice(t('attendance.cleared')), showError);
}

customElements.define('m-event-attendance', EventAttendance);
