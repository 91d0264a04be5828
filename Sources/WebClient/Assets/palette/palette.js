import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { loadEvents } from '../events/loading.js';
import { plural, t } from '../i18n/i18n.js';
import { groupsFor } from './entries.js';
import { FoundMessages, searchEverywhere } from './found-messages.js';

/** @typedef {import('./entries').Entry} Entry */
/** @typedef {import('./entries').Group} Group */

/** Events that are asked for, and how long they are taken to be known. */
const COMING = 100;
const LOOK_AHEAD_MS = 300_000;

/** Ctrl K: jump anywhere and do anything by name. A combobox whose list is always open. */
export class Palette extends View {
  #typed = '';
  #chosen = 0;
  #lookedAhead = 0;
  #messages = new FoundMessages(() => this.draw());
  /** @type {Group[]} */ #groups = [];

  get #dialog() {
    return this.querySelector('dialog');
  }

  get #entries() {
    return this.#groups.flatMap(({ entries }) => entries);
  }

  topics() {
    return this.#dialog?.open ? ['channels', 'networks', 'people', 'events'] : [];
  }

  connected() {
    document.addEventListener('keydown', this.#shortcut);
    this.until(() => document.removeEventListener('keydown', this.#shortcut));
    document.addEventListener('open-palette', this.#open);
    this.until(() => document.removeEventListener('open-palette', this.#open));
  }

  /** @param {KeyboardEvent} event */
  #shortcut = (event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (this.#dialog?.open) this.#close();
    else this.#open();
  };

  #open = () => {
    const dialog = this.#dialog;
    // Another dialog asks something first.
    if (!dialog || dialog.open || document.querySelector('dialog:modal')) return;
    this.#typed = '';
    this.#chosen = 0;
    this.#messages.ask('');
    dialog.showModal();
    this.#lookAhead();
    this.draw();
    this.querySelector('input')?.focus();
  };

  /** What comes in the next weeks is found by a few letters of its title. */
  #lookAhead() {
    if (Date.now() - this.#lookedAhead < LOOK_AHEAD_MS) return;
    this.#lookedAhead = Date.now();
    loadEvents({ from: new Date().toISOString() }, COMING).catch(() => { this.#lookedAhead = 0; });
  }

  #close() {
    this.#dialog?.close();
  }

  beforeRender() {
    if (!this.#dialog?.open) return;
    const text = this.#typed.trim();
    this.#messages.ask(text);
    const found = [...this.#messages.entries, ...(text === '' ? [] : [searchEverywhere(text)])];
    const groups = withEvents(groupsFor(this.#typed), this.#messages.events);
    this.#groups = [...groups, ...(found.length > 0 ? [{ id: 'found', title: t('palette.found'), entries: found }] : [])];
    this.#chosen = Math.min(this.#chosen, Math.max(0, this.#entries.length - 1));
  }

  render() {
    const open = this.#dialog?.open ?? false;
    return h('dialog', { class: 'palette', 'aria-label': t('palette.title'), onclick: this.#backdrop, onclose: () => this.draw() }, open && [
      h('div', { class: 'palette-field', key: 'field' },
        h('label', { class: 'visually-hidden', for: 'palette-input' }, t('palette.label')),
        h('input', {
          id: 'palette-input', type: 'text', role: 'combobox', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false',
          placeholder: t('palette.placeholder'), 'aria-expanded': 'true', 'aria-controls': 'palette-list', 'aria-autocomplete': 'list',
          'aria-activedescendant': `palette-${this.#chosen}`, '.value': this.#typed, oninput: this.#input, onkeydown: this.#keydown,
        }),
        h('button', { type: 'button', class: 'palette-close', onclick: () => this.#close() }, 'Esc', h('span', { class: 'visually-hidden' }, ` ${t('palette.close')}`))),
      h('div', { class: 'palette-list', id: 'palette-list', role: 'listbox', 'aria-label': t('palette.results'), key: 'list' }, this.#list()),
      h('p', { class: 'palette-state', role: 'status', key: 'state' }, this.#stateText()),
      h('p', { class: 'palette-keys', 'aria-hidden': 'true', key: 'keys' },
        h('kbd', null, '↑'), h('kbd', null, '↓'), ` ${t('palette.keysMove')}`, h('kbd', null, '↵'), ` ${t('palette.keysOpen')}`),
    ]);
  }

  rendered() {
    this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  #list() {
    let index = 0;
    return this.#groups.map(({ id, title, entries }) => h('div', { key: id, role: 'group', 'aria-labelledby': `palette-group-${id}` },
      h('div', { class: 'palette-group', id: `palette-group-${id}` }, title),
      entries.map((entry) => this.#option(entry, index++))));
  }

  /** @param {Entry} entry @param {number} index */
  #option(entry, index) {
    return h('div', {
      key: entry.key, id: `palette-${index}`, role: 'option', class: 'palette-option', 'aria-selected': String(index === this.#chosen),
      onpointermove: () => {
        if (this.#chosen === index) return;
        this.#chosen = index;
        this.invalidate();
      },
      onclick: () => this.#choose(entry),
    },
    entry.picture,
    h('span', { class: 'palette-text' },
      h('span', { class: 'palette-name' }, marked(entry.name, entry.marks)),
      entry.snippet && h('span', { class: 'palette-snippet', html: entry.snippet })),
    entry.detail && h('span', { class: 'palette-detail' }, entry.detail));
  }

  #stateText() {
    if (this.#messages.state === 'loading') return t('palette.searching');
    if (this.#messages.state === 'failed') return t('palette.searchFailed');
    return this.#typed.trim() === '' ? '' : plural('palette.count', this.#entries.length);
  }

  /** @param {any} event */
  #input = ({ target }) => {
    this.#typed = target.value;
    this.#chosen = 0;
    this.draw();
  };

  /** @param {KeyboardEvent} event */
  #keydown = (event) => {
    if (event.isComposing) return;
    const count = this.#entries.length;
    const { key } = event;
    if (key === 'ArrowDown') this.#chosen = (this.#chosen + 1) % Math.max(1, count);
    else if (key === 'ArrowUp') this.#chosen = (this.#chosen + count - 1) % Math.max(1, count);
    else if (key === 'PageDown') this.#chosen = Math.min(count - 1, this.#chosen + 6);
    else if (key === 'PageUp') this.#chosen = Math.max(0, this.#chosen - 6);
    else if (key === 'Enter' && count > 0) this.#choose(this.#entries[this.#chosen]);
    else return;
    event.preventDefault();
    this.draw();
  };

  /** @param {Entry} entry */
  #choose(entry) {
    this.#close();
    void Promise.resolve().then(entry.act).catch(showError);
    app.community.touch('place');
  }

  /**
   * Outside of what it shows, a dialog is its own backdrop.
   * @param {MouseEvent} event
   */
  #backdrop = (event) => {
    if (event.target === this.#dialog) this.#close();
  };
}

/**
 * With what the server found among the events, after those that are known here.
 * @param {Group[]} groups @param {Entry[]} found @returns {Group[]}
 */
function withEvents(groups, found) {
  const known = groups.find(({ id }) => id === 'events');
  const more = found.filter(({ key }) => !known?.entries.some((entry) => entry.key === key));
  if (more.length === 0) return groups;
  if (!known) return [...groups, { id: 'events', title: t('palette.events'), entries: more }];
  return groups.map((group) => (group === known ? { ...known, entries: [...known.entries, ...more] } : group));
}

/** @param {string} text @param {[number, number][]} [marks] */
function marked(text, marks = []) {
  /** @type {import('../dom/h').Child[]} */
  const parts = [];
  let at = 0;
  for (const [from, to] of marks) {
    parts.push(text.slice(at, from), h('mark', { key: from }, text.slice(from, to)));
    at = to;
  }
  return [...parts, text.slice(at)];
}

customElements.define('m-palette', Palette);
