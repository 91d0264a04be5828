import { Compartment, EditorState, EditorView, HighlightStyle, LanguageSupport, Prec, Transaction, defaultKeymap, history, historyKeymap, keymap, placeholder,
  syntaxHighlighting } from 'codemirror';
import { deleteMarkupBackward, insertNewlineContinueMarkup, markdownLanguage } from 'codemirror-markdown';
import { t as tags } from 'codemirror-parts';
import { anchors } from './anchors.js';
import { carets } from './carets.js';
import { wholeCharacters } from './changes.js';
import { uploadMarks } from './upload-marks.js';

// Classes, not styles: the colours are the theme's.
const MARKUP = HighlightStyle.define([
  { tag: tags.heading1, class: 'md-heading md-heading-1' }, { tag: tags.heading2, class: 'md-heading md-heading-2' },
  { tag: [tags.heading3, tags.heading4, tags.heading5, tags.heading6], class: 'md-heading md-heading-3' },
  { tag: tags.strong, class: 'md-strong' }, { tag: tags.emphasis, class: 'md-emphasis' }, { tag: tags.strikethrough, class: 'md-strike' },
  { tag: tags.monospace, class: 'md-code' }, { tag: tags.quote, class: 'md-quote' }, { tag: [tags.link, tags.url], class: 'md-link' },
  { tag: [tags.processingInstruction, tags.contentSeparator], class: 'md-mark' },
]);

/**
 * @typedef {object} EditorHopes
 * @property {string} text
 * @property {string} label
 * @property {string} hint shown while there is no text
 * @property {import('./shortcuts').Shortcut[]} shortcuts
 * @property {(changes: import('./changes').Changes) => boolean} fits whether a change may be made at all
 * @property {(changes: import('./changes').Changes) => void} changed by the person here
 * @property {() => void} selected the caret moved, or the text
 * @property {() => void} refused a change was too large
 * @property {(files: File[], at: number) => void} given files dropped, or pasted
 */

/**
 * Tells changes that came from elsewhere.
 * @type {any}
 */
export const fromElsewhere = Transaction.remote.of(true);

/**
 * The editor's surface, in which the person writes and others' changes appear.
 * @param {HTMLElement} parent
 * @param {EditorHopes} hopes
 */
export function makeEditor(parent, hopes) {
  const words = new Compartment();
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: hopes.text,
      extensions: [
        // Without the nonce the page's policy keeps out CodeMirror's own styles.
        EditorView.cspNonce.of(/** @type {HTMLElement | null} */ (document.querySelector('script[nonce]'))?.nonce ?? ''),
        history(), carets, anchors, uploadMarks,
        new LanguageSupport(markdownLanguage), syntaxHighlighting(MARKUP),
        EditorView.lineWrapping,
        words.of(wording(hopes.label, hopes.hint)),
        Prec.high(keymap.of([
          ...hopes.shortcuts.map(({ key, run }) => ({ key, preventDefault: true, run: () => { run(); return true; } })),
          { key: 'Enter', run: insertNewlineContinueMarkup }, { key: 'Backspace', run: deleteMarkupBackward },
        ])),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorState.transactionFilter.of((/** @type {any} */ transaction) => filtered(transaction, hopes)),
        EditorView.updateListener.of((/** @type {any} */ update) => {
          for (const transaction of update.transactions) {
            if (transaction.docChanged && !transaction.annotation(Transaction.remote)) hopes.changed(transaction.changes);
          }
          if (update.docChanged || update.selectionSet || update.focusChanged) hopes.selected();
        }),
        EditorView.domEventHandlers({
          // Left to itself the browser keeps the look of what is typed over in a style attribute, which the page's policy reports.
          beforeinput: (/** @type {InputEvent} */ event, /** @type {any} */ editor) => {
            if (event.inputType !== 'insertText' || event.isComposing || event.data === null || editor.state.selection.main.empty) return false;
            event.preventDefault();
            editor.dispatch(editor.state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true });
            return true;
          },
          dragover: (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') ?? false,
          drop: (/** @type {DragEvent} */ event, /** @type {any} */ editor) => {
            const files = [...(event.dataTransfer?.files ?? [])];
            if (files.length > 0) hopes.given(files, editor.posAtCoords({ x: event.clientX, y: event.clientY }, false));
            return files.length > 0;
          },
          paste: (/** @type {ClipboardEvent} */ event, /** @type {any} */ editor) => {
            const files = [...(event.clipboardData?.files ?? [])];
            // Text copied from an office program brings a picture of itself along.
            if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return false;
            hopes.given(files, editor.state.selection.main.to);
            return true;
          },
        }),
      ],
    }),
  });
  return { view, reword: (/** @type {string} */ label, /** @type {string} */ hint) => view.dispatch({ effects: words.reconfigure(wording(label, hint)) }) };
}

/** @param {string} label @param {string} hint */
function wording(label, hint) {
  return [
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true', autocorrect: 'on', autocapitalize: 'sentences', 'aria-describedby': 'document-keys' }),
    placeholder(hint),
  ];
}

/** @param {any} transaction @param {EditorHopes} hopes */
function filtered(transaction, hopes) {
  if (!transaction.docChanged || transaction.annotation(Transaction.remote)) return transaction;
  if (!hopes.fits(transaction.changes)) {
    hopes.refused();
    return [];
  }
  const whole = wholeCharacters(transaction.changes, transaction.startState.doc);
  return whole ? { changes: whole, userEvent: 'input.type', scrollIntoView: transaction.scrollIntoView } : transaction;
}
