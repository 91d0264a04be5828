import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { shortTime } from '../dom/time.js';
import { app } from '../shell/app.js';
import { showError, showNotice } from '../shell/notices.js';
import { avatar } from '../people/avatar.js';
import { Suggestions } from './suggestions.js';
import { writer } from './words.js';
import './mention-field.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').Comment} Comment */
/** @typedef {import('./words').DocumentFacts} DocumentFacts */

const MOST_BYTES = 16_384;
const QUOTED = 160;

/** What was said about passages of a document: each thread with its passage, which moves with the text. */
export class CommentsPanel extends View {
  static observedAttributes = ['wanted'];
  /** @type {import('./document-editor').DocumentEditor | null} */ #editor = null;
  /** @type {import('./document-session').DocumentSession | undefined} */ session;
  /** @type {Element | undefined} */ page;
  /** @type {DocumentFacts | undefined} */ #facts;
  #resolved = false;
  /** A comment that is being written: about what was selected when it was begun. */
  #writing = false;
  #answering = 0;
  #busy = false;
  /** The comment for whose sake one came was brought into sight. */
  #found = '';
  #placed = '';
  #stale = 0;
  #suggestions = new Suggestions(() => this.invalidate());

  get editor() {
    return this.#editor;
  }

  set editor(editor) {
    this.#editor = editor;
    if (this.isConnected) this.invalidate();
  }

  topics() {
    return ['people'];
  }

  /** @param {DocumentFacts | undefined} facts */
  set facts(facts) {
    if (facts === this.#facts) return;
    this.#facts = facts;
    if (this.isConnected) this.invalidate();
  }

  connected() {
    if (this.session) this.until(this.session.on('changed', this.invalidate));
  }

  disconnected() {
    if (this.#writing) this.editor?.setAnchors([...this.editor.anchorPlaces].filter(([id]) => id !== 0).map(([id, place]) => ({ id, ...place })));
  }

  get #comments() {
    return this.#facts?.comments ?? [];
  }

  render() {
    const writes = this.hasAttribute('writes');
    const open = this.#comments.filter(({ resolved }) => !resolved);
    const resolved = this.#comments.filter((comment) => comment.resolved);
    const selection = this.editor?.selection;
    return [
      writes && this.editor && !this.#writing && h('div', { class: 'comment-begin', key: 'begin' },
        h('button', { type: 'button', class: 'btn btn-primary btn-xs', 'aria-disabled': String(!selection), onmousedown: keepFocus, onclick: this.#begin }, t('documents.comment')),
        this.session && h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', 'aria-disabled': String(!selection), onmousedown: keepFocus, onclick: this.#suggest }, t('documents.suggest')),
        !selection && h('p', { class: 'field-hint' }, t('documents.commentHint'))),
      writes && !this.editor && h('p', { class: 'field-hint', key: 'hint' }, t('documents.commentInWriting')),
      this.#writing && this.#form('comment-new', t('documents.yourComment'), t('documents.comment'), this.#post, () => this.#stopWriting()),
      open.length === 0 && !this.#writing && h('p', { class: 'state-text', key: 'none' }, t('documents.noComments')),
      h('ol', { class: 'comment-list', key: 'list' }, this.#sorted(open).map((comment) => this.#thread(comment, writes))),
      this.#facts && this.#suggestions.view(this.#facts, writes),
      resolved.length > 0 && h('details', { class: 'resolved-comments', key: 'resolved', open: this.#resolved, ontoggle: (/** @type {any} */ { target }) => { this.#resolved = target.open; } },
        h('summary', null, t('documents.resolvedComments', { n: resolved.length })),
        h('ol', { class: 'comment-list' }, this.#sorted(resolved).map((comment) => this.#thread(comment, writes)))),
    ];
  }

  rendered() {
    this.#place();
    this.#showWanted();
  }

  #showWanted() {
    const wanted = this.getAttribute('wanted') ?? '';
    const comment = wanted === '' || wanted === this.#found ? null : this.querySelector(`#comment-${wanted}`);
    if (!comment) return;
    this.#found = wanted;
    for (const former of this.querySelectorAll('.comment.is-wanted')) former.classList.remove('is-wanted');
    const resolved = comment.closest('details');
    if (resolved) resolved.open = true;
    comment.closest('.comment')?.classList.add('is-wanted');
    comment.scrollIntoView({ block: 'nearest' });
  }

  /**
   * In the order of the text.
   * @param {Comment[]} comments
   */
  #sorted(comments) {
    const places = this.editor?.anchorPlaces;
    return [...comments].sort((a, b) => (places?.get(a.id)?.from ?? a.from) - (places?.get(b.id)?.from ?? b.from) || a.id - b.id);
  }

  /** The comments' places are of the revision that was read: they are brought to the text as it stands here, and move with it from then on. */
  #place() {
    const { editor, session } = this;
    if (!editor || !session || !this.#facts) return;
    const key = `${this.#facts.revision} ${this.#comments.map(({ id, resolved }) => `${id}${resolved}`).join()}`;
    if (key === this.#placed) return;
    const revision = this.#facts.revision;
    const before = editor.anchorPlaces;
    const placed = this.#comments.filter(({ resolved }) => !resolved).map(({ id, from, to }) => {
      const known = before.get(id);
      if (known) return { id, ...known };
      const [start, end] = [session.editing.place(from, revision, 1), session.editing.place(to, revision, -1)];
      return start === undefined || end === undefined ? undefined : { id, from: start, to: end };
    });
    // A revision that is not here yet comes with the next changes.
    if (placed.some((one) => one === undefined) && revision > session.editing.revision) return;
    if (placed.some((one) => one === undefined) && this.#stale !== revision) {
      this.#stale = revision;
      this.dispatchEvent(new CustomEvent('stale'));
      return;
    }
    this.#placed = key;
    const draft = before.get(0);
    editor.setAnchors([...placed.filter((one) => one !== undefined), ...(this.#writing && draft ? [{ id: 0, ...draft, chosen: true }] : [])]);
  }

  /** @param {Comment} comment @param {boolean} writes */
  #thread(comment, writes) {
    const place = this.editor?.anchorPlaces.get(comment.id);
    const quote = place ? this.editor?.textAt(place) : comment.quote ?? this.#facts?.text?.slice(comment.from, comment.to) ?? '';
    const shown = (quote ?? '').replace(/\s+/g, ' ').trim();
    return h('li', { class: 'comment', key: comment.id, id: `comment-${comment.id}` },
      shown === '' ? h('p', { class: 'comment-quote is-gone', key: 'quote' }, t('documents.passageGone'))
        : this.editor && place ? h('button', { type: 'button', class: 'comment-quote', key: 'quote', title: t('documents.toPassage'), onclick: () => this.editor?.goTo(place.from, place.to) }, cut(shown))
          : h('blockquote', { class: 'comment-quote', key: 'quote' }, cut(shown)),
      said(comment),
      (comment.replies ?? []).map((reply, index) => h('div', { class: 'comment-reply', key: `reply ${index}`, id: `comment-${reply.id}` }, said(reply))),
      writes && this.#answering === comment.id && this.#form(`answer-${comment.id}`, t('documents.yourAnswer'), t('documents.answer'), (text) => this.#reply(comment, text), () => { this.#answering = 0; this.draw(); }),
      writes && this.#answering !== comment.id && h('div', { class: 'comment-acts', key: 'acts' },
        !comment.resolved && h('button', { type: 'button', class: 'link-button', onclick: () => this.#answer(comment.id) }, t('documents.answer'), about(shown)),
        !comment.resolved && h('button', { type: 'button', class: 'link-button', onclick: () => void this.#do('document.resolve', { comment: comment.id }, t('documents.resolved')) }, t('documents.resolve'), about(shown)),
        comment.resolved && h('button', { type: 'button', class: 'link-button', onclick: () => void this.#do('document.reopen', { comment: comment.id }, t('documents.reopened')) }, t('documents.reopen'), about(shown))));
  }

  /** @type {(id: string, label: string, action: string, act: (text: string) => Promise<unknown>, cancel: () => void) => any} */
  #form(id, label, action, act, cancel) {
    const submit = async (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const writing = /** @type {import('./mention-field').MentionField} */ (this.querySelector(`m-mention-field[field='${id}']`));
      const text = writing.value;
      if (text === '' || this.#busy) return writing.field.focus();
      if (new TextEncoder().encode(text).length > MOST_BYTES) return showNotice(t('documents.commentTooLong'));
      this.#busy = true;
      await act(text).catch(showError);
      this.#busy = false;
      this.invalidate();
    };
    const keys = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      cancel();
    };
    return h('form', { class: 'comment-form', key: id, onsubmit: (/** @type {SubmitEvent} */ event) => void submit(event), onkeydown: keys },
      h('label', { for: id }, label), h('m-mention-field', { field: id, network: this.#facts?.network ?? null }),
      h('div', { class: 'form-actions' }, h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', onclick: cancel }, t('confirm.cancel')),
        h('button', { type: 'submit', class: 'btn btn-primary btn-xs' }, action)));
  }

  #begin = () => {
    const { editor } = this;
    const selection = editor?.selection;
    if (!editor || !selection) return showNotice(t('documents.commentHint'));
    this.#writing = true;
    editor.setAnchors([...[...editor.anchorPlaces].filter(([id]) => id !== 0).map(([id, place]) => ({ id, ...place })), { id: 0, from: selection.from, to: selection.to, chosen: true }]);
    this.draw();
    /** @type {HTMLElement | null} */ (this.querySelector('#comment-new'))?.focus();
  };

  #suggest = () => {
    const { editor, session } = this;
    const selection = editor?.selection;
    if (!editor || !session || !selection) return showNotice(t('documents.commentHint'));
    void this.#suggestions.begin(session, selection);
  };

  #stopWriting() {
    this.#writing = false;
    this.editor?.setAnchors([...this.editor.anchorPlaces].filter(([id]) => id !== 0).map(([id, place]) => ({ id, ...place })));
    this.draw();
    this.editor?.focusText();
  }

  /** @param {string} text */
  #post = async (text) => {
    const { editor, session } = this;
    if (!editor || !session) return;
    // The passage must be in the server's text before somebody can be told of it.
    await session.settled();
    const place = editor.anchorPlaces.get(0);
    if (!place) return showNotice(t('documents.passageGone'));
    const { editing } = session;
    await app.command('document.comment', { document: session.document, revision: editing.revision, from: editing.confirmedPlace(place.from), to: editing.confirmedPlace(place.to), text });
    this.#stopWriting();
  };

  /** @param {number} comment */
  #answer(comment) {
    this.#answering = comment;
    this.draw();
    /** @type {HTMLElement | null} */ (this.querySelector(`#answer-${comment}`))?.focus();
  }

  /** @param {Comment} comment @param {string} text */
  async #reply(comment, text) {
    await app.command('document.reply', { comment: comment.id, text });
    this.#answering = 0;
  }

  /** @param {string} name @param {object} body @param {string} done */
  async #do(name, body, done) {
    await app.command(name, body).then(() => showNotice(done), showError);
  }
}

/** @param {{ by?: number, at: string, text: string, html?: string }} comment */
function said({ by, at, text, html }) {
  return h('div', { class: 'comment-said' }, avatar(by ?? 0), h('div', null,
    h('p', { class: 'comment-by' }, h('strong', null, writer(by)), ' ', h('time', { datetime: at, class: 'card-detail' }, shortTime(at))),
    html ? h('div', { class: 'message-text', html }) : h('p', { class: 'comment-text' }, text)));
}

/** @param {string} quote */
function about(quote) {
  return h('span', { class: 'visually-hidden' }, `: ${cut(quote)}`);
}

/** @param {string} text */
function cut(text) {
  return text.length > QUOTED ? `${[...text].slice(0, QUOTED).join('')}…` : text;
}

/**
 * The selection in the text stays.
 * @param {Event} event
 */
function keepFocus(event) {
  event.preventDefault();
}

customElements.define('m-document-comments', CommentsPanel);
