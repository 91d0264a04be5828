import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { Form } from '../dom/form.js';
import { problemText } from '../dom/form-problems.js';
import { dataTable } from '../dom/table.js';
import { View } from '../dom/view.js';
import { errorText } from '../shell/errors.js';
import { refusalOf } from '../session/session.js';
import { RequestRefused } from '../wire/requests.js';
import { newNonce } from '../wire/nonces.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {{ line: number, action: 'create' | 'change' | 'unchanged' | 'invalid', name: string, email?: string, slug?: string, problems?: { path: string, problem: string }[] }} Row */
/** @typedef {{ rows: Row[], create: number, change: number, unchanged: number, invalid: number, applied: boolean }} Preview */
/** @typedef {{ kind: string, csv: string, file: string }} Table */

const MOST_BYTES = 1024 * 1024;
const SHOWN = 200;

/** @type {Record<string, { text: string }>} */
const ACTIONS = {
  create: { text: 'admin.import.action.create' }, change: { text: 'admin.import.action.change' },
  unchanged: { text: 'admin.import.action.unchanged' }, invalid: { text: 'admin.import.action.invalid' },
};
/** @type {Record<string, string>} */
const TONES = { create: 'is-ok', change: 'is-accent', unchanged: '', invalid: 'is-bad' };

/** Tables in and out: what an import would change is shown first, and nothing happens before one agrees. */
export class AdminImport extends View {
  /** @type {Preview | undefined} */ #preview;
  /** @type {Table | undefined} */ #table;
  #only = 'changes';
  #busy = false;
  /** @type {unknown} */ #error;
  /** @type {Form} */ #form = new Form(() => this.draw(), {
    id: 'import',
    fields: () => [
      { name: 'kind', label: t('admin.import.kind'), kind: 'select', required: true, hint: this.#form.values.kind === 'person' ? t('admin.import.peopleColumns') : t('admin.import.organisationColumns'),
        options: [{ value: 'person', label: t('admin.import.people') }, { value: 'organisation', label: t('admin.import.organisations') }] },
      { name: 'file', label: t('admin.import.file'), kind: 'file', required: true, accept: '.csv,text/csv', hint: t('admin.import.fileHint'),
        check: (file) => (file && file.size > MOST_BYTES ? t('admin.import.tooLarge') : undefined) },
    ],
    values: { kind: 'person' },
    action: t('admin.import.preview'),
    changed: () => this.draw(),
    submit: async ({ kind, file }) => {
      this.#table = { kind, csv: await file.text(), file: file.name };
      this.#error = undefined;
      this.#preview = await this.#send(false);
      this.#only = this.#preview.invalid > 0 ? 'invalid' : 'changes';
      this.draw();
      document.getElementById('import-preview')?.focus();
    },
  });

  render() {
    return [
      h('p', { class: 'lead-text admin-lead', key: 'about' }, t('admin.import.about')),
      h('section', { key: 'export' }, h('h2', { class: 'h5' }, t('admin.export.title')),
        h('p', null, t('admin.export.text')),
        h('p', { class: 'section-acts' },
          h('a', { class: 'btn btn-outline-primary btn-sm', href: '/api/v1/people.csv', download: true }, icon('it-download', 'icon-sm icon-primary'), ' ', t('admin.export.people')),
          h('a', { class: 'btn btn-outline-primary btn-sm', href: '/api/v1/organisations.csv', download: true }, icon('it-download', 'icon-sm icon-primary'), ' ', t('admin.export.organisations')))),
      h('section', { key: 'import' }, h('h2', { class: 'h5' }, t('admin.import.heading')), this.#form.render()),
      this.#preview && this.#table && this.#shown(this.#preview, this.#table),
    ];
  }

  /** @param {Preview} preview @param {{ file: string }} table */
  #shown(preview, table) {
    const changes = preview.create + preview.change;
    const rows = preview.rows.filter(({ action }) => this.#only === 'all' || (this.#only === 'invalid' ? action === 'invalid' : action === 'create' || action === 'change'));
    const choice = (/** @type {string} */ value, /** @type {string} */ label) => h('li', { key: value }, h('button', {
      type: 'button', class: 'chip', 'aria-pressed': String(this.#only === value), onclick: () => { this.#only = value; this.draw(); },
    }, label));
    return h('section', { key: 'preview', id: 'import-preview', tabindex: '-1' },
      h('h2', { class: 'h5' }, preview.applied ? t('admin.import.done') : t('admin.import.willChange', { file: table.file })),
      h('p', { class: `notice-inline ${preview.invalid > 0 ? 'is-danger' : 'is-info'}`, role: 'status' }, preview.applied ? t('admin.import.applied', counts(preview))
        : preview.invalid > 0 ? plural('admin.import.hasInvalid', preview.invalid) : changes === 0 ? t('admin.import.nothing') : t('admin.import.counts', counts(preview))),
      Boolean(this.#error) && h('p', { class: 'notice-inline is-danger', role: 'alert', key: 'error' }, errorText(this.#error)),
      h('ul', { class: 'chip-list', 'aria-label': t('admin.import.rows') },
        choice('changes', plural('admin.import.changes', changes)), preview.invalid > 0 && choice('invalid', plural('admin.import.invalidRows', preview.invalid)), choice('all', plural('admin.import.allRows', preview.rows.length))),
      rows.length === 0 ? h('p', { class: 'state-text' }, t('admin.import.noRows')) : dataTable({
        caption: t('admin.import.heading'), rows: rows.slice(0, SHOWN), id: ({ line }) => line, columns: columns(),
      }),
      rows.length > SHOWN && h('p', { class: 'state-text', key: 'cut' }, t('admin.import.cut', { n: SHOWN })),
      !preview.applied && changes > 0 && preview.invalid === 0 && h('p', { class: 'form-actions', key: 'apply' },
        h('button', { type: 'button', class: 'btn btn-primary btn-sm', disabled: this.#busy, onclick: () => void this.#apply() }, this.#busy ? t('form.busy') : plural('admin.import.apply', changes))));
  }

  async #apply() {
    this.#busy = true;
    this.#error = undefined;
    this.draw();
    try {
      this.#preview = await this.#send(true);
    } catch (error) {
      this.#error = error;
    }
    this.#busy = false;
    this.draw();
  }

  /**
   * Over HTTP, where a table may be larger than a socket's frame.
   * @param {boolean} apply
   * @returns {Promise<Preview>}
   */
  async #send(apply) {
    const { kind, csv } = /** @type {Table} */ (this.#table);
    const response = await fetch(`/api/v1/${kind}.import`, {
      method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json', ...(apply ? { 'idempotency-key': newNonce() } : {}) },
      body: JSON.stringify({ csv, apply }),
    });
    if (response.ok) return response.json();
    const refusal = await refusalOf(response);
    // What the table as a whole lacks is said next to the file.
    throw new RequestRefused({ ...refusal, fields: refusal.fields?.map(({ path, problem }) => ({ path: path.replace(/^with\.csv.*/, 'with.file'), problem })) });
  }
}

/** @param {Preview} preview */
function counts({ create, change, unchanged }) {
  return { create, change, unchanged };
}

/** @returns {import('../dom/table').Column<Row>[]} */
function columns() {
  return [
    { key: 'name', title: t('admin.people.name'), names: true, cell: ({ name, email, slug }) => [name || '–', h('span', { class: 'cell-detail' }, email ?? slug ?? '')] },
    { key: 'line', title: t('admin.import.line'), cell: ({ line }) => line },
    { key: 'action', title: t('admin.import.whatHappens'), cell: ({ action }) => h('span', { class: `tag ${TONES[action]}` }, t(ACTIONS[action].text)) },
    { key: 'problems', title: t('admin.import.problems'), cell: ({ problems }) => !problems || problems.length === 0 ? '–'
      : h('ul', { class: 'plain-list' }, problems.map(({ path, problem }, index) => h('li', { key: index }, h('strong', null, path.split('.').at(-1)), ': ', problemText(problem)))) },
  ];
}

customElements.define('m-admin-import', AdminImport);
