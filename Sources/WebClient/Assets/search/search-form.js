import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { app } from '../shell/app.js';
import { go } from '../shell/router.js';
import { channelName, inOrder } from '../channels/names.js';
import { networksByType } from '../networks/order.js';
import { peopleNamed } from '../people/people.js';
import { detailOf } from '../people/write-to.js';
import { kindOptions } from './kinds.js';
import { addressOf, hasFilters, withOperator } from './query.js';
import { local, t } from '../i18n/i18n.js';
import '../dom/picker.js';

/** @typedef {import('./query').Query} Query */

/**
 * The operators of the box, each with what it is for.
 * @type {{ operator: { text: string }, about: { text: string } }[]}
 */
const OPERATORS = [
  { operator: { text: 'search.operator.in' }, about: { text: 'search.operator.inAbout' } },
  { operator: { text: 'search.operator.by' }, about: { text: 'search.operator.byAbout' } },
  { operator: { text: 'search.operator.kind' }, about: { text: 'search.operator.kindAbout' } },
  { operator: { text: 'search.operator.before' }, about: { text: 'search.operator.beforeAbout' } },
  { operator: { text: 'search.operator.after' }, about: { text: 'search.operator.afterAbout' } },
  { operator: { text: 'search.operator.not' }, about: { text: 'search.operator.notAbout' } },
];

const FIELD = 'search-text';

/**
 * The box with its operators.
 * @param {Query} query
 */
export function searchBox(query) {
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    go(addressOf({ ...query, text: field()?.value.trim() ?? '' }));
  };
  return h('form', { class: 'search-form', role: 'search', key: 'box', 'aria-label': t('search.again'), onsubmit: submit },
    h('label', { for: FIELD, class: 'visually-hidden' }, t('search.label')),
    h('div', { class: 'search-line' },
      h('input', { id: FIELD, type: 'search', class: 'form-control', autocomplete: 'off', maxlength: 1000, value: query.text, key: query.text, placeholder: t('search.placeholder') }),
      h('button', { type: 'submit', class: 'btn btn-primary btn-sm' }, icon('it-search', 'icon-sm icon-white'), h('span', null, t('search.submit')))),
    h('ul', { class: 'chip-list', 'aria-label': t('search.operators') }, OPERATORS.map(({ operator, about }) => h('li', { key: operator.text },
      h('button', { type: 'button', class: 'chip', onclick: () => insert(t(operator.text)) }, h('code', null, t(operator.text)), h('span', null, t(about.text)))))));
}

function field() {
  const box = document.getElementById(FIELD);
  return box instanceof HTMLInputElement ? box : undefined;
}

/** @param {string} operator */
function insert(operator) {
  const box = field();
  if (!box) return;
  box.value = withOperator(box.value, operator);
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

/**
 * What the results are narrowed to beside the words.
 * @param {Query} query
 */
export function searchFilters(query) {
  const change = (/** @type {Partial<Query>} */ part) => go(addressOf({ ...query, ...part }), { replace: true });
  const value = (/** @type {Event} */ event) => /** @type {HTMLSelectElement} */ (event.currentTarget).value;
  const networks = networksByType(app.state.networks.values()).joined;
  const channels = inOrder([...app.state.channels.values()].filter((channel) => channel.member && (!query.network || channel.network === query.network)));
  const person = query.by ? app.state.people.get(query.by) : undefined;
  return h('details', {
    // Open at first where something was chosen; then as one likes.
    class: 'search-filters', key: 'filters', ref: (/** @type {HTMLDetailsElement} */ details) => { details.open = hasFilters(query); },
  },
    h('summary', null, t('search.filters')),
    h('div', { class: 'filters' },
      select('kind', t('search.filter.kind'), query.kind ?? '', kindOptions(), (event) => change({ kind: value(event) || undefined })),
      select('network', t('search.filter.network'), String(query.network ?? ''), networks.map(({ id, name }) => ({ value: String(id), label: local(name) })),
        (event) => change({ network: Number(value(event)) || undefined, channel: undefined })),
      select('channel', t('search.filter.channel'), String(query.channel ?? ''), channels.map((channel) => ({ value: String(channel.id), label: placeName(channel) })),
        (event) => change({ channel: Number(value(event)) || undefined })),
      h('div', { class: 'field', key: 'by' }, h('label', { for: 'search-by' }, t('search.filter.person')),
        h('m-picker', { 'field-id': 'search-by', '.find': findPeople, '.chosen': query.by ? { id: query.by, label: person?.name ?? `#${query.by}` } : undefined,
          onchoose: (/** @type {CustomEvent} */ event) => change({ by: event.detail?.id }) })),
      date('since', t('search.filter.since'), query.since, (event) => change({ since: value(event) || undefined })),
      date('until', t('search.filter.until'), query.until, (event) => change({ until: value(event) || undefined }))),
    hasFilters(query) && h('button', { type: 'button', class: 'link-button', key: 'clear', onclick: () => go(addressOf({ text: query.text }), { replace: true }) }, t('search.clear')));
}

/** @param {import('../wire/protocol').Channel} channel Channels of several networks bear the same name. */
function placeName(channel) {
  const network = app.state.networks.get(channel.network);
  return [channelName(channel), network && local(network.name)].filter(Boolean).join(' – ');
}

/** @param {string} text */
async function findPeople(text) {
  return peopleNamed(text, 8, () => true).map((person) => ({ id: person.id, label: person.name, detail: detailOf(person) }));
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string} value
 * @param {{ value: string, label: string }[]} options
 * @param {(event: Event) => void} onchange
 */
function select(name, label, value, options, onchange) {
  return h('div', { class: 'field', key: name }, h('label', { for: `search-${name}` }, label),
    h('select', { id: `search-${name}`, class: 'form-control', onchange }, [{ value: '', label: t('search.filter.all') }, ...options].map((option) => (
      h('option', { key: option.value, value: option.value, '.selected': option.value === value }, option.label)))));
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string | undefined} value
 * @param {(event: Event) => void} onchange
 */
function date(name, label, value, onchange) {
  return h('div', { class: 'field', key: name }, h('label', { for: `search-${name}` }, label),
    h('input', { id: `search-${name}`, type: 'date', class: 'form-control', '.value': value ?? '', onchange }));
}
