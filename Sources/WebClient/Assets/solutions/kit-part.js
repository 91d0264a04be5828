import { h } from '../dom/h.js';
import { ask } from '../dom/ask.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { Preview } from '../messages/preview.js';
import { markdownHelp } from '../messages/markdown-help.js';
import { kitDrafts } from './kit-drafts.js';
import { PartWriting } from './part-writing.js';
import { refusalText } from './step.js';
import { partHint, partName } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').Solution} Solution */

const MOST_BYTES = 100_000;
const MOST_ATTEMPTS = 4;
const drafts = kitDrafts(localStorage);

/** One part of a kit: read, and written in place. Somebody else's changes never touch what is being typed. */
export class KitPart extends View {
  static observedAttributes = ['writable', 'needed'];
  /** @type {Solution | undefined} */ #solution;
  /** @type {PartWriting | undefined} */ #writing;
  #preview = new Preview(() => this.draw());
  #problem = '';
  #busy = false;

  topics() {
    return ['connection'];
  }

  /** @param {Solution | undefined} solution */
  set solution(solution) {
    if (solution === this.#solution) return;
    this.#solution = solution;
    if (!this.#busy) this.#writing?.heard(this.#current);
    this.invalidate();
  }

  get solution() {
    return this.#solution;
  }

  get #part() {
    return this.getAttribute('part') ?? '';
  }

  get #id() {
    return `part-${this.#part}`;
  }

  get #current() {
    return this.#solution?.parts?.[this.#part] ?? '';
  }

  get #kept() {
    return drafts.of(app.me, this.#solution?.id ?? 0, this.#part);
  }

  render() {
    if (!this.#solution) return null;
    const part = this.#part;
    const writable = this.hasAttribute('writable');
    const kept = writable && !this.#writing && this.#kept;
    return h('section', { class: `kit-part ${this.#writing ? 'is-writing' : ''}`, 'aria-labelledby': this.#id },
      h('div', { class: 'kit-head', key: 'head' }, h('h3', { class: 'h6', id: this.#id, tabindex: '-1' }, partName(part)),
        this.#current === '' && this.hasAttribute('needed') && h('span', { class: 'tag is-warm', key: 'missing' }, t('solutions.partMissing')),
        writable && !this.#writing && h('button', { type: 'button', key: 'edit', class: 'btn btn-outline-primary btn-xs kit-edit', onclick: this.#begin },
          this.#current === '' ? t('solutions.write') : t('solutions.edit'), h('span', { class: 'visually-hidden' }, `: ${partName(part)}`))),
      (this.#writing || this.#current === '') && h('p', { class: 'kit-hint', id: `${this.#id}-hint`, key: 'hint' }, partHint(part)),
      kept && h('p', { class: 'notice-inline is-info', key: 'kept' }, t('solutions.keptDraft'), ' ', h('button', { type: 'button', class: 'link-button', onclick: this.#begin }, t('solutions.resume'))),
      this.#writing ? this.#editor(this.#writing) : this.#current !== '' && h('div', { class: 'message-text kit-text', key: 'text', html: this.#solution.partsHtml?.[part] ?? '' }));
  }

  /** @param {PartWriting} writing */
  #editor(writing) {
    const field = `${this.#id}-field`;
    const tooLong = new TextEncoder().encode(writing.text).length > MOST_BYTES;
    const problem = tooLong ? t('solutions.tooLong') : this.#problem;
    return h('form', { class: 'kit-editor', key: 'editor', onsubmit: (/** @type {SubmitEvent} */ event) => { event.preventDefault(); void this.#save(); } },
      writing.isDisputed && h('div', { class: 'kit-dispute', role: 'alert', key: 'dispute' },
        h('p', null, h('strong', null, t('solutions.dispute')), ' ', t('solutions.disputeText')),
        h('div', { class: 'kit-theirs', tabindex: 0, role: 'region', 'aria-label': t('solutions.theirText') }, writing.theirs === '' ? h('em', null, t('solutions.theirEmpty')) : writing.theirs)),
      h('label', { class: 'visually-hidden', for: field, key: 'label' }, writing.isDisputed ? t('solutions.myText', { part: partName(this.#part) }) : partName(this.#part)),
      this.#preview.open ? this.#preview.view() : h('textarea', {
        id: field, class: 'form-control', key: 'field', rows: Math.min(22, Math.max(7, writing.text.split('\n').length + 1)), '.value': writing.text,
        'aria-describedby': [`${this.#id}-hint`, problem && `${this.#id}-problem`].filter(Boolean).join(' '), 'aria-invalid': problem ? 'true' : null, oninput: this.#typed,
      }),
      problem && h('p', { class: 'field-problem', id: `${this.#id}-problem`, role: 'alert', key: 'problem' }, problem),
      h('div', { class: 'kit-acts', key: 'acts' },
        h('button', { type: 'submit', key: 'save', class: 'btn btn-primary btn-sm', disabled: this.#busy || tooLong }, this.#busy ? t('form.busy') : writing.isDisputed ? t('solutions.saveMine') : t('solutions.save')),
        writing.isDisputed && h('button', { type: 'button', key: 'theirs', class: 'btn btn-outline-primary btn-sm', onclick: this.#takeTheirs }, t('solutions.takeTheirs')),
        h('button', { type: 'button', key: 'cancel', class: 'btn btn-outline-primary btn-sm', onclick: this.#cancel }, t('confirm.cancel')),
        h('button', { type: 'button', key: 'preview', class: 'btn btn-outline-primary btn-sm', 'aria-pressed': String(this.#preview.open), onclick: this.#togglePreview }, t('solutions.preview')),
        markdownHelp(field, false),
        h('span', { class: 'card-detail kit-kept', role: 'status', key: 'kept' }, this.#standing(writing))));
  }

  /**
   * How it stands with what one wrote.
   * @param {PartWriting} writing
   */
  #standing(writing) {
    if (this.#busy && app.connection.state !== 'live') return t('solutions.waitsForLine');
    return writing.isChanged ? t('solutions.keptHere') : '';
  }

  #begin = () => {
    const solution = this.#solution;
    if (!solution) return;
    if (solution.state !== 'published') return this.#open();
    // What is published never changes: one is told before the next version begins.
    ask({
      title: t('solutions.reopenTitle', { n: solution.version + 1 }), action: t('solutions.reopen'), content: h('p', { key: 'text' }, t('solutions.reopenText', { n: solution.version, next: solution.version + 1 })),
      act: () => { this.#open(); },
    });
  };

  #open() {
    const kept = this.#kept;
    this.#writing = new PartWriting(kept?.base ?? this.#current, kept?.text);
    this.#writing.heard(this.#current);
    this.#problem = '';
    this.draw();
    // After a dialog has given the focus back.
    window.setTimeout(() => this.#field?.focus());
  }

  get #field() {
    return this.querySelector('textarea');
  }

  /** @param {any} event */
  #typed = (event) => {
    if (!this.#writing) return;
    this.#writing.text = event.currentTarget.value;
    this.#keep();
    this.#problem = '';
    this.invalidate();
  };

  #keep() {
    const { text, base } = /** @type {PartWriting} */ (this.#writing);
    drafts.keep(app.me, this.#solution?.id ?? 0, this.#part, { text, base });
  }

  #togglePreview = () => {
    if (this.#preview.open) {
      this.#preview.close();
      this.#field?.focus();
    } else void this.#preview.show(this.#writing?.text ?? '');
  };

  #takeTheirs = () => {
    this.#writing?.takeTheirs();
    this.#keep();
    this.draw();
    this.#field?.focus();
  };

  #cancel = () => {
    const close = () => this.#close();
    if (!this.#writing?.isChanged) return close();
    ask({ title: t('solutions.discardTitle'), action: t('solutions.discard'), danger: true, content: h('p', { key: 'text' }, t('solutions.discardText')), act: close });
  };

  #close() {
    drafts.drop(app.me, this.#solution?.id ?? 0, this.#part);
    this.#writing = undefined;
    this.#preview.open = false;
    this.#problem = '';
    this.draw();
    window.setTimeout(() => /** @type {HTMLElement | null} */ (this.querySelector('.kit-edit') ?? this.querySelector('h3'))?.focus());
  }

  async #save() {
    const [writing, solution] = [this.#writing, this.#solution];
    if (!writing || !solution || this.#busy) return;
    if (!writing.isChanged && !writing.isDisputed) return this.#close();
    if (writing.isDisputed) writing.keepMine();
    this.#busy = true;
    this.#problem = '';
    this.draw();
    try {
      const saved = await this.#send(writing, solution.id, solution.revision);
      if (saved !== undefined) {
        // The editor stays until what was written is shown.
        /** @type {{ loaded?: Promise<unknown> }} */
        const detail = {};
        this.dispatchEvent(new CustomEvent('written', { bubbles: true, detail }));
        await detail.loaded;
        this.#busy = false;
        if (writing.text === saved) return this.#close();
        // One went on writing while it was on its way, which without a line takes long.
        writing.saved(saved);
        writing.heard(this.#current);
      }
    } catch (error) {
      this.#problem = refusalText(error);
    }
    this.#busy = false;
    this.#keep();
    this.draw();
    this.#field?.focus();
  }

  /**
   * Another part may have been written meanwhile, which takes nothing from this one: it is sent again with the newest revision.
   * @param {PartWriting} writing @param {number} solution @param {number} revision
   * @returns {Promise<string | undefined>} what the part says then; nothing where somebody else wrote this very part meanwhile
   */
  async #send(writing, solution, revision) {
    for (let attempt = 1; ; attempt += 1) {
      const { text } = writing;
      try {
        await app.command('solution.write', { solution, part: this.#part, text, revision });
        return text;
      } catch (/** @type {any} */ error) {
        if (error?.code !== 'conflict' || attempt >= MOST_ATTEMPTS) throw error;
        const fresh = await app.query('solution.get', { solution });
        if (!fresh.me?.write) throw error;
        writing.heard(fresh.parts?.[this.#part] ?? '');
        if (writing.isDisputed) return undefined;
        if (!writing.isChanged) return writing.text;
        revision = fresh.revision;
      }
    }
  }
}

customElements.define('m-kit-part', KitPart);
