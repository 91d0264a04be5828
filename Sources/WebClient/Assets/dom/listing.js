import { h } from './h.js';
import { failure } from './controls.js';
import { errorText } from '../shell/errors.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('./h').Child} Child */

/**
 * A list that the server gives page by page: empty, loading, failed and not allowed are each said in words.
 * @template Row
 */
export class Listing {
  /** @type {Row[]} */ rows = [];
  /** @type {'loading' | 'ready' | 'failed' | 'denied' | 'absent'} */ state = 'loading';
  /** @type {any} */ #cursor;
  /** @type {unknown} */ #error;
  #asked = 0;
  #more = false;
  /** @type {(cursor: any) => Promise<{ rows: Row[], cursor?: any }>} */ #ask;
  /** @type {() => void} */ #draw;

  /**
   * @param {() => void} draw
   * @param {(cursor: any) => Promise<{ rows: Row[], cursor?: any }>} ask
   */
  constructor(draw, ask) {
    this.#draw = draw;
    this.#ask = ask;
  }

  /** From the beginning; what is shown stays until the answer is here. */
  load = async () => {
    const asked = ++this.#asked;
    if (this.state !== 'ready') this.state = 'loading';
    this.#draw();
    try {
      const { rows, cursor } = await this.#ask(undefined);
      if (asked !== this.#asked) return;
      this.rows = rows;
      this.#cursor = cursor;
      this.state = 'ready';
    } catch (/** @type {any} */ error) {
      if (asked !== this.#asked) return;
      this.#error = error;
      this.rows = [];
      this.state = error?.code === 'forbidden' ? 'denied' : error?.code === 'not_found' ? 'absent' : 'failed';
    }
    this.#draw();
  };

  #next = async () => {
    const asked = this.#asked;
    this.#more = true;
    this.#draw();
    try {
      const { rows, cursor } = await this.#ask(this.#cursor);
      if (asked !== this.#asked) return;
      this.rows = [...this.rows, ...rows];
      this.#cursor = cursor;
    } catch (error) {
      this.#error = error;
      this.state = 'failed';
    }
    this.#more = false;
    this.#draw();
  };

  /**
   * @param {{ show: (rows: Row[]) => Child, empty: Child, absent?: string, count?: boolean }} how
   * @returns {Child}
   */
  render({ show, empty, absent, count = true }) {
    switch (this.state) {
      case 'loading': return h('p', { class: 'state-text', role: 'status', key: 'state' }, t('list.loading'));
      case 'denied': return h('p', { class: 'notice-inline is-info', role: 'status', key: 'state' }, t('list.denied'));
      case 'absent': return h('p', { class: 'notice-inline is-info', role: 'status', key: 'state' }, absent ?? t('error.notFound'));
      case 'failed': return h('div', { role: 'alert', key: 'state' }, failure(errorText(this.#error), () => void this.load()));
      default:
    }
    if (this.rows.length === 0) return h('div', { class: 'state-text', role: 'status', key: 'state' }, empty);
    return [
      count && h('p', { class: 'list-count', role: 'status', key: 'count' },
        this.#cursor ? t('list.firstOnes', { n: this.rows.length }) : plural('list.count', this.rows.length)),
      show(this.rows),
      this.#cursor && h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm more-button', key: 'more', disabled: this.#more, onclick: () => void this.#next() },
        this.#more ? t('list.loading') : t('list.more')),
    ];
  }
}
