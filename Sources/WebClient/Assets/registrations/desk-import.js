import { h } from '../dom/h.js';
import { Form } from '../dom/form.js';
import { problemText } from '../dom/form-problems.js';
import { icon } from '../dom/icon.js';
import { dataTable } from '../dom/table.js';
import { errorText } from '../shell/errors.js';
import { refusalOf } from '../session/session.js';
import { RequestRefused } from '../wire/requests.js';
import { newNonce } from '../wire/nonces.js';
import { loadForm } from './answers.js';
import { DeskPage } from './desk-page.js';
import { stateName, stateTag } from './words.js';
import { language, local, plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */
/** @typedef {{ line: number, action: 'create' | 'change' | 'unchanged' | 'invalid', name: string, registration?: number, former?: string, state?: string, answers?: string[], problems?: { path: string, problem: string }[] }} Row */
/** @typedef {{ rows: Row[], create: number, change: number, unchanged: number, invalid: number, applied: boolean }} Preview */

const MOST_BYTES = 1024 * 1024;
const SHOWN = 200;

/**
 * The address of an event's table, in the language of the page.
 * @param {number} event
 */
export function tableAddress(event) {
  return `/events/${event}/registrations.csv?language=${language()}`;
}

/** @type {Record<Row['action'], { text: string, tone: string }>} */
const ACTIONS = {
  create: { text: 'registrations.import.create', tone: 'is-ok' }, change: { text: 'registrations.import.change', tone: 'is-accent' },
  unchanged: { text: 'registrations.import.unchanged', tone: '' }, invalid: { text: 'registrations.import.invalid', tone: 'is-bad' },
};
/** @type {Record<string, { text: string }>} */
const PROBLEMS = {
  not_a_member: { text: 'registrations.import.problem.notMember' }, ambiguous: { text: 'registrations.import.problem.ambiguous' },
  contradicts: { text: 'registrations.import.problem.contradicts' }, already_registered: { text: 'registrations.import.problem.known' },
  duplicate: { text: 'registrations.import.problem.duplicate' }, not_changeable: { text: 'registrations.import.problem.fixed' },
  stale: { text: 'registrations.import.problem.stale' }, not_accepted: { text: 'registrations.form.consentNeeded' }, full: { text: 'registrations.import.problem.full' },
  closed: { text: 'registrations.error.closed' }, conflict: { text: 'registrations.error.conflict' },
  unknown: { text: 'registrations.import.problem.unknown' }, not_allowed: { text: 'registrations.import.problem.notAllowed' },
};
/** @type {Record<string, { text: string }>} */
const COLUMNS = {
  name: { text: 'registrations.desk.name' }, state: { text: 'registrations.desk.state' }, reason: { text: 'registrations.desk.reason' },
  registration: { text: 'registrations.import.registration' }, person: { text: 'registrations.import.person' }, row: { text: 'registrations.import.line' },
  changed: { text: 'registrations.import.changed' },
};

/** The table of an event's registrations read back: what it would change is shown first. */
export class DeskImport extends DeskPage {
  /** @type {import('../wire/protocol').FormQuestion[]} */ #questions = [];
  /** @type {Preview | undefined} */ #preview;
  /** @type {{ csv: string, file: string } | undefined} */ #table;
  #only = 'changes';
  #busy = false;
  /** @type {unknown} */ #failed;
  /** @type {Form} */ #form = new Form(() => this.draw(), {
    id: 'import',
    fields: [{ name: 'file', label: t('registrations.import.file'), kind: 'file', required: true, accept: '.csv,text/csv', hint: t('registrations.import.fileHint'),
      check: (file) => (file && file.size > MOST_BYTES ? t('registrations.import.tooLarge') : undefined) }],
    action: t('registrations.import.preview'),
    submit: async ({ file }) => {
      this.#table = { csv: await file.text(), file: file.name };
      this.#failed = undefined;
      this.#preview = await this.#send(false);
      this.#only = this.#preview.invalid > 0 ? 'invalid' : 'changes';
      this.draw();
      document.getElementById('import-preview')?.focus();
    },
  });

  get heading() {
    return t('registrations.import.title');
  }

  async load() {
    this.#questions = await loadForm(this.number('event') ?? 0);
  }

  /** @param {Event} event */
  body(event) {
    return [
      h('p', { class: 'lead-text', key: 'about' }, t('registrations.import.about')),
      h('ul', { key: 'how' }, h('li', null, t('registrations.import.howChange')), h('li', null, t('registrations.import.howAdd')), h('li', null, t('registrations.import.howIgnored'))),
      h('p', { key: 'table' }, h('a', { class: 'btn btn-outline-primary btn-sm', href: tableAddress(event.id), download: '' }, icon('it-download', 'icon-sm icon-primary'), ' ', t('registrations.desk.csv'))),
      h('section', { key: 'form' }, this.#form.render()),
      this.#preview && this.#table && this.#shown(this.#preview, this.#table.file),
    ];
  }

  /** @param {Preview} preview @param {string} file */
  #shown(preview, file) {
    const { create, change, unchanged, invalid, applied } = preview;
    const changes = create + change;
    const rows = preview.rows.filter(({ action }) => this.#only === 'all' || (this.#only === 'invalid' ? action === 'invalid' : action === 'create' || action === 'change'));
    const choice = (/** @type {string} */ value, /** @type {string} */ label) => h('li', { key: value }, h('button', {
      type: 'button', class: 'chip', 'aria-pressed': String(this.#only === value), onclick: () => { this.#only = value; this.draw(); },
    }, label));
    return h('section', { key: 'preview', id: 'import-preview', tabindex: '-1' },
      h('h2', { class: 'h5' }, applied ? t('registrations.import.done') : t('registrations.import.willChange', { file })),
      h('p', { class: `notice-inline ${invalid > 0 ? 'is-warning' : 'is-info'}`, role: 'status', key: 'counts' },
        applied ? t('registrations.import.applied', { create, change, unchanged }) : changes === 0 && invalid === 0 ? t('registrations.import.nothing') : t('registrations.import.counts', { create, change, unchanged }),
        invalid > 0 && [' ', applied ? plural('registrations.import.leftOut', invalid) : plural('registrations.import.hasInvalid', invalid)]),
      Boolean(this.#failed) && h('p', { class: 'notice-inline is-danger', role: 'alert', key: 'error' }, errorText(this.#failed)),
      h('ul', { class: 'chip-list', key: 'choice', 'aria-label': t('registrations.import.rows') },
        choice('changes', plural('registrations.import.changes', changes)), invalid > 0 && choice('invalid', plural('registrations.import.invalidRows', invalid)), choice('all', plural('registrations.import.allRows', preview.rows.length))),
      rows.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('registrations.import.noRows')) : dataTable({
        caption: t('registrations.import.title'), rows: rows.slice(0, SHOWN), id: ({ line }) => line, columns: this.#columns(),
      }),
      rows.length > SHOWN && h('p', { class: 'state-text', key: 'cut' }, t('registrations.import.cut', { n: SHOWN })),
      !applied && changes > 0 && h('p', { class: 'form-actions', key: 'apply' },
        h('button', { type: 'button', class: 'btn btn-primary btn-sm', disabled: this.#busy, onclick: () => void this.#apply() }, this.#busy ? t('form.busy') : plural('registrations.import.apply', changes))));
  }

  /** @returns {import('../dom/table').Column<Row>[]} */
  #columns() {
    return [
      { key: 'name', title: t('registrations.desk.name'), names: true, cell: ({ name }) => name || '–' },
      { key: 'line', title: t('registrations.import.line'), cell: ({ line }) => line },
      { key: 'action', title: t('registrations.import.whatHappens'), cell: ({ action }) => h('span', { class: `tag ${ACTIONS[action].tone}` }, t(ACTIONS[action].text)) },
      { key: 'state', title: t('registrations.desk.state'), cell: ({ state, former, answers }) => [
        state ? stateTag(state) : '–',
        former && state && former !== state && h('span', { class: 'cell-detail', key: 'former' }, t('registrations.import.before', { state: stateName(former) })),
        answers && answers.length > 0 && h('span', { class: 'cell-detail', key: 'answers' }, t('registrations.import.answers', { questions: answers.map((name) => this.#question(name)).join(', ') }))] },
      { key: 'problems', title: t('registrations.import.problems'), cell: ({ problems }) => (!problems || problems.length === 0 ? '–'
        : h('ul', { class: 'plain-list' }, problems.map(({ path, problem }, index) => h('li', { key: index }, h('strong', null, this.#column(path)), ': ', problemWords(problem))))) },
    ];
  }

  /** @param {string} name */
  #question(name) {
    return local(this.#questions.find((question) => question.name === name)?.label) || name;
  }

  /** @param {string} path */
  #column(path) {
    return COLUMNS[path] ? t(COLUMNS[path].text) : path.startsWith('answers.') ? this.#question(path.slice('answers.'.length)) : path;
  }

  async #apply() {
    this.#busy = true;
    this.#failed = undefined;
    this.draw();
    try {
      this.#preview = await this.#send(true);
      this.#only = this.#preview.invalid > 0 ? 'invalid' : 'changes';
    } catch (error) {
      this.#failed = error;
    }
    this.#busy = false;
    this.draw();
    document.getElementById('import-preview')?.focus();
  }

  /**
   * Over HTTP, where a table may be larger than a socket's frame.
   * @param {boolean} apply
   * @returns {Promise<Preview>}
   */
  async #send(apply) {
    const response = await fetch('/api/v1/registration.import', {
      method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json', ...(apply ? { 'idempotency-key': newNonce() } : {}) },
      body: JSON.stringify({ event: this.number('event'), csv: this.#table?.csv ?? '', apply }),
    });
    if (response.ok) return response.json();
    const refusal = await refusalOf(response);
    // What the table as a whole lacks is said next to the file.
    throw new RequestRefused({ ...refusal, fields: refusal.fields?.map(({ path, problem }) => ({ path: path.replace(/^with\.csv.*/, 'with.file'), problem })) });
  }
}

/** @param {string} problem */
function problemWords(problem) {
  return PROBLEMS[problem] ? t(PROBLEMS[problem].text) : problemText(problem);
}

customElements.define('m-desk-import', DeskImport);
