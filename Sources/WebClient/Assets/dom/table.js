import { h } from './h.js';
import { icon } from './icon.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./h').Child} Child */

/**
 * @template Row
 * @typedef {object} Column
 * @property {string} key
 * @property {string} title
 * @property {(row: Row) => Child} cell
 * @property {boolean} [names] the cell that names its row
 * @property {boolean} [acts] buttons: the title is for who cannot see them
 * @property {(row: Row) => string | number} [by] by what a list that is here as a whole is sorted
 * @property {boolean} [sortable] whether the server sorts by it
 */

/** @typedef {{ key: string, down: boolean }} Sort */

/**
 * A table that on a narrow screen shows each row as a card; the roles keep it a table for who listens to it.
 * @template Row
 * @param {{ caption: string, columns: Column<Row>[], rows: Row[], id: (row: Row) => string | number, sort?: Sort, onsort?: (sort: Sort) => void }} table
 */
export function dataTable({ caption, columns, rows, id, sort, onsort }) {
  return h('div', { class: 'table-box', key: 'table' }, h('table', { class: 'data-table', role: 'table' },
    h('caption', { class: 'visually-hidden' }, caption),
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, columns.map((column) => heading(column, sort, onsort)))),
    h('tbody', { role: 'rowgroup' }, sorted(rows, columns, sort).map((row) => h('tr', { key: id(row), role: 'row' },
      columns.map((column) => h(column.names ? 'th' : 'td', {
        key: column.key, role: column.names ? 'rowheader' : 'cell', scope: column.names ? 'row' : null, 'data-title': column.acts ? null : column.title,
        class: column.acts ? 'is-acts' : column.names ? 'is-name' : null,
      }, h('div', { class: 'cell' }, column.cell(row)))))))));
}

/**
 * @param {Column<any>} column
 * @param {Sort | undefined} sort
 * @param {((sort: Sort) => void) | undefined} onsort
 */
function heading(column, sort, onsort) {
  const isSorted = sort?.key === column.key;
  const down = isSorted && sort.down;
  return h('th', {
    key: column.key, scope: 'col', role: 'columnheader', 'aria-sort': isSorted ? (down ? 'descending' : 'ascending') : null, class: column.acts ? 'is-acts' : null,
  }, (column.by || column.sortable) && onsort
    ? h('button', { type: 'button', class: 'sort-button', title: t('table.sort', { title: column.title }), onclick: () => onsort({ key: column.key, down: isSorted && !down }) },
      column.title, isSorted && (down ? icon('it-arrow-down', 'icon-xs') : icon('it-arrow-up', 'icon-xs')))
    : column.acts ? h('span', { class: 'visually-hidden' }, column.title) : column.title);
}

/**
 * @template Row
 * @param {Row[]} rows
 * @param {Column<Row>[]} columns
 * @param {Sort | undefined} sort
 */
export function sorted(rows, columns, sort) {
  const by = columns.find(({ key }) => key === sort?.key)?.by;
  if (!by || !sort) return rows;
  const compare = (/** @type {Row} */ one, /** @type {Row} */ other) => {
    const [a, b] = [by(one), by(other)];
    return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'it', { numeric: true });
  };
  return [...rows].sort((a, b) => (sort.down ? compare(b, a) : compare(a, b)));
}
