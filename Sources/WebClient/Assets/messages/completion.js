import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { announce } from '../dom/announcer.js';
import { shortDate } from '../dom/time.js';
import { app } from '../shell/app.js';
import { avatar } from '../people/avatar.js';
import { fold, nameOf, peopleNamed } from '../people/people.js';
import { plural, t } from '../i18n/i18n.js';

/**
 * Something that completes what is being written.
 * @typedef {object} Offer
 * @property {string} key
 * @property {string} insert what is written in its place
 * @property {{ name: string, wire: string }} [mention]
 * @property {string} label
 * @property {string} [detail]
 * @property {import('../dom/h').VNode} picture
 */

/** @typedef {{ from: number, sign: '@' | '#', beginning: string }} Beginning */

const MOST = 6;
const GATHER_MS = 200;

/**
 * The mention or reference just before the caret, if one is being written.
 * @param {string} text
 * @param {number} caret
 * @returns {Beginning | undefined}
 */
export function beginningAt(text, caret) {
  const before = text.slice(0, caret);
  const mention = /(?:^|[\s(])@([\p{L}'’]{1,30}(?: [\p{L}'’]{0,30})?)?$/u.exec(before);
  if (mention) return { from: caret - (mention[1]?.length ?? 0) - 1, sign: '@', beginning: mention[1] ?? '' };
  const reference = /(?:^|[\s(])#([\p{L}\d][\p{L}\d'’ ]{1,40})$/u.exec(before);
  return reference ? { from: caret - reference[1].length - 1, sign: '#', beginning: reference[1] } : undefined;
}

/** Offers people, groups and things to refer to while one writes. */
export class Completion {
  /** @type {Offer[]} */
  offers = [];
  chosen = 0;
  /** @type {Beginning | undefined} */ #at;
  #timer = 0;
  /** @type {() => void} */ #changed;
  #groups;

  /** @param {() => void} changed @param {{ groups?: boolean }} [options] whether groups can be mentioned */
  constructor(changed, options) {
    this.#changed = changed;
    this.#groups = options?.groups ?? true;
  }

  /**
   * @param {string} text
   * @param {number} caret
   * @param {Set<number> | undefined} readers who can be mentioned; until that is known nobody is left out
   */
  look(text, caret, readers) {
    const at = beginningAt(text, caret);
    window.clearTimeout(this.#timer);
    this.#at = at;
    if (!at) this.#offer([]);
    else if (at.sign === '@' && !this.#groups) this.#offer(peopleFor(at.beginning, readers));
    else if (at.sign === '@') this.#offer(at.beginning === '' ? groupsNamed('') : [...groupsNamed(at.beginning), ...peopleFor(at.beginning, readers)].slice(0, MOST));
    else this.#timer = window.setTimeout(() => void this.#references(at), GATHER_MS);
  }

  close() {
    window.clearTimeout(this.#timer);
    this.#at = undefined;
    this.#offer([]);
  }

  /** @param {string} key @returns {boolean} whether it was for the list */
  move(key) {
    const count = this.offers.length;
    if (count === 0 || (key !== 'ArrowDown' && key !== 'ArrowUp')) return false;
    this.chosen = (this.chosen + (key === 'ArrowDown' ? 1 : count - 1)) % count;
    return true;
  }

  /** @param {HTMLTextAreaElement} field @param {Offer} offer */
  take(field, offer) {
    if (!this.#at) return;
    field.setRangeText(`${offer.insert} `, this.#at.from, field.selectionStart, 'end');
    this.close();
  }

  /** @param {string} id @param {(offer: Offer) => void} choose */
  list(id, choose) {
    return h('ul', { class: 'mention-list', role: 'listbox', id, 'aria-label': t('mention.list'), key: 'mentions' }, this.offers.map((offer, index) => (
      h('li', {
        key: offer.key, id: `${id}-${index}`, role: 'option', 'aria-selected': String(index === this.chosen),
        // Before the field loses the focus.
        onmousedown: (/** @type {MouseEvent} */ event) => {
          event.preventDefault();
          choose(offer);
        },
      }, offer.picture, h('span', { class: 'mention-text' }, h('span', null, offer.label), offer.detail && h('span', { class: 'card-detail', html: offer.detail }))))));
  }

  /** @param {Beginning} at */
  async #references(at) {
    const number = /^\d+$/.test(at.beginning);
    const { hits } = await app.query('search', { text: at.beginning.trim(), limit: MOST }).catch(() => ({ hits: [] }));
    if (this.#at !== at) return;
    /** @type {Offer[]} */
    const found = hits.map((/** @type {import('../wire/protocol').SearchHit} */ hit) => ({
      key: `#${hit.id}`, insert: `#${hit.id}`, picture: icon('it-link', 'icon-sm'), detail: hit.snippet,
      label: [`#${hit.id}`, hit.title ?? (hit.by ? nameOf(hit.by) : ''), hit.at && shortDate(hit.at)].filter(Boolean).join(' · '),
    }));
    this.#offer(number ? found.filter(({ insert }) => insert.startsWith(`#${at.beginning}`)) : found);
  }

  /** @param {Offer[]} offers */
  #offer(offers) {
    if (offers.length > 0 && this.offers.length === 0) announce(plural('mention.offered', offers.length));
    this.offers = offers;
    this.chosen = 0;
    this.#changed();
  }
}

/** @param {string} beginning @returns {Offer[]} */
function groupsNamed(beginning) {
  const groups = [
    { name: t('mention.facilitators'), detail: t('mention.facilitatorsText'), wire: '@[facilitators]' },
    { name: t('mention.channel'), detail: t('mention.channelText'), wire: '@[channel]' },
  ];
  return groups.filter(({ name }) => fold(name).startsWith(fold(beginning))).map(({ name, detail, wire }) => ({
    key: wire, insert: `@${name}`, mention: { name, wire }, label: `@${name}`, detail, picture: icon('it-horn', 'icon-sm'),
  }));
}

/**
 * Only who reads what is written can be mentioned in it.
 * @param {string} beginning
 * @param {Set<number> | undefined} readers
 * @returns {Offer[]}
 */
function peopleFor(beginning, readers) {
  return peopleNamed(beginning, MOST, ({ id }) => readers?.has(id) ?? true).map(({ id, name }) => ({
    key: `@${id}`, insert: `@${name}`, mention: { name, wire: `@[${name}](${id})` }, label: name, picture: avatar(id),
  }));
}
