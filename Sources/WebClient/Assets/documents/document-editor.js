import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { showNotice } from '../shell/notices.js';
import { nameOf } from '../people/people.js';
import { anchorPlaces, showAnchors } from './anchors.js';
import { showCarets } from './carets.js';
import { fromElsewhere, makeEditor } from './editor-view.js';
import { FileDrops } from './file-drops.js';
import { markPlace, moveMark, putMark, takeMark } from './upload-marks.js';
import { headingsOf } from './headings.js';
import { Transaction, redo, redoDepth, undo, undoDepth } from 'codemirror';
import { TOOLS, keyName, keyShortcut } from './shortcuts.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./document-session').DocumentSession} DocumentSession */
/** @typedef {import('./shortcuts').Tool} Tool */

const FILE_KEY = 'Mod-Alt-a';

/** Where one writes: a toolbar, the text with others' carets, and the files on their way into it. */
export class DocumentEditor extends View {
  /** @type {DocumentSession | undefined} */ session;
  /** @type {number | undefined} whose document it is, once known */ network;
  /** @type {ReturnType<typeof makeEditor> | undefined} */ #editor;
  /** @type {HTMLElement | undefined} */ #surface;
  #language = '';
  #focusOnceMade = false;
  /** @type {import('./anchors').Anchor[]} */ #anchors = [];
  #dragging = false;
  #dropPlace = 0;
  #files = new FileDrops({
    mark: ({ key, file }) => this.#editor?.view.dispatch({ effects: putMark({ key, name: file.name, part: 0, at: this.#dropPlace }) }),
    moved: (key, part) => this.#editor?.view.dispatch({ effects: moveMark(key, part) }),
    unmark: (key) => this.#editor?.view.dispatch({ effects: takeMark(key) }),
    insert: (key, markup) => this.#insertAt(this.#editor && markPlace(this.#editor.view.state, key), markup),
    changed: () => this.invalidate(),
  });

  topics() {
    return ['people'];
  }

  connected() {
    const { session } = this;
    if (!session) return;
    this.until(session.on('started', () => this.draw()));
    this.until(session.on('remote', ({ changes }) => {
      // Others' changes are not one's own to undo, and do not move what one looks at.
      this.#editor?.view.dispatch({ changes, annotations: [fromElsewhere, Transaction.addToHistory.of(false)] });
    }));
    this.until(session.on('carets', () => this.#showCarets()));
    for (const [event, heard] of Object.entries({ dragover: this.#dragOver, dragleave: this.#dragLeave, drop: this.#drop })) {
      this.addEventListener(event, /** @type {EventListener} */ (heard));
      this.until(() => this.removeEventListener(event, /** @type {EventListener} */ (heard)));
    }
  }

  disconnected() {
    this.#files.end();
    this.#editor?.view.destroy();
    this.#editor = undefined;
  }

  render() {
    const state = this.#editor?.view.state;
    this.classList.toggle('is-dragging', this.#dragging);
    return [
      h('div', { class: 'document-tools', role: 'toolbar', 'aria-label': t('documents.tools'), key: 'tools', onkeydown: this.#alongTools },
        TOOLS.map((group, index) => h('div', { class: 'tool-group', role: 'group', key: index }, group.map((tool) => this.#tool(tool)))),
        h('div', { class: 'tool-group', role: 'group', key: 'files' },
          this.#act('file', t('documents.tool.file'), FILE_KEY, icon('it-clip', 'icon-sm'), () => this.chooseFiles(), false)),
        h('div', { class: 'tool-group', role: 'group', key: 'undo' },
          this.#act('undo', t('documents.tool.undo'), 'Mod-z', h('span', { 'aria-hidden': 'true' }, '↶'), () => undo(this.#editor?.view), !state || undoDepth(state) === 0),
          this.#act('redo', t('documents.tool.redo'), 'Mod-y', h('span', { 'aria-hidden': 'true' }, '↷'), () => redo(this.#editor?.view), !state || redoDepth(state) === 0))),
      h('p', { class: 'visually-hidden', id: 'document-keys', key: 'keys' }, t('documents.keys')),
      h('input', { type: 'file', multiple: true, hidden: true, class: 'document-file', key: 'file', 'aria-label': t('documents.tool.file'), onchange: this.#chosen }),
      h('div', { class: 'document-surface', key: 'surface', ref: (/** @type {HTMLElement} */ element) => { this.#surface = element; } }),
      this.#files.view(),
    ];
  }

  rendered() {
    this.#make();
    const language = document.documentElement.lang;
    if (this.#editor && this.#language !== language) {
      if (this.#language !== '') this.#editor.reword(this.#label, t('documents.hint'));
      this.#language = language;
    }
    this.#rove();
  }

  get #label() {
    return t('documents.editorLabel', { title: this.session?.title ?? '' });
  }

  #make() {
    const { session } = this;
    if (this.#editor || !session?.started || !this.#surface) return;
    const { editing } = session;
    this.#editor = makeEditor(this.#surface, {
      text: editing.text, label: this.#label, hint: t('documents.hint'),
      shortcuts: [...TOOLS.flat().map((tool) => ({ key: tool.key, run: () => this.#use(tool) })), { key: FILE_KEY, run: () => this.chooseFiles() }],
      fits: (changes) => editing.fits(changes),
      changed: (changes) => {
        editing.local(changes);
        session.movedHere(changes);
        this.invalidate();
      },
      selected: () => this.#selected(),
      refused: () => showNotice(t('documents.tooLarge')),
      given: (files, at) => this.#take(files, at),
    });
    this.setAnchors(this.#anchors);
    this.#showCarets();
    if (this.#focusOnceMade) this.focusText();
    this.dispatchEvent(new CustomEvent('made'));
  }

  focusText() {
    this.#focusOnceMade = !this.#editor;
    this.#editor?.view.focus();
  }

  /** Lets one choose files that come to stand at the caret. */
  chooseFiles() {
    /** @type {HTMLInputElement | null} */ (this.querySelector('.document-file'))?.click();
  }

  /**
   * Writes at the caret.
   * @param {string} markup
   */
  insert(markup) {
    this.#insertAt(this.#editor?.view.state.selection.main.to, markup);
    this.focusText();
  }

  get text() {
    return /** @type {string | undefined} */ (this.#editor?.view.state.sliceDoc());
  }

  get headings() {
    return this.#editor ? headingsOf(this.#editor.view.state) : [];
  }

  /** What is selected, if anything is. */
  get selection() {
    const view = this.#editor?.view;
    if (!view) return undefined;
    const { from, to } = view.state.selection.main;
    return from < to ? { from, to, text: view.state.sliceDoc(from, to) } : undefined;
  }

  /** @param {number} from @param {number} [to] */
  goTo(from, to = from) {
    const view = this.#editor?.view;
    if (!view) return;
    const { length } = view.state.doc;
    view.dispatch({ selection: { anchor: Math.min(from, length), head: Math.min(to, length) }, scrollIntoView: true });
    view.focus();
  }

  /**
   * The comments' places, as the text stands here.
   * @param {import('./anchors').Anchor[]} all
   */
  setAnchors(all) {
    this.#anchors = all;
    this.#editor?.view.dispatch({ effects: showAnchors.of(all) });
  }

  get anchorPlaces() {
    return this.#editor ? anchorPlaces(this.#editor.view.state) : new Map();
  }

  /** @param {{ from: number, to: number }} place */
  textAt({ from, to }) {
    return /** @type {string} */ (this.#editor?.view.state.sliceDoc(from, to) ?? '');
  }

  /** @param {Tool} tool */
  #tool(tool) {
    const label = t(tool.text);
    return h('button', {
      type: 'button', class: `tool tool-${tool.name}`, key: tool.name, tabindex: -1, 'aria-keyshortcuts': keyShortcut(tool.key), title: `${label} (${keyName(tool.key)})`,
      onmousedown: (/** @type {Event} */ event) => event.preventDefault(), onclick: () => this.#use(tool),
    }, sign(tool), h('span', { class: tool.name === 'table' ? null : 'visually-hidden' }, label));
  }

  /** @type {(key: string, label: string, shortcut: string, picture: any, act: () => void, disabled: boolean) => any} */
  #act(key, label, shortcut, picture, act, disabled) {
    return h('button', {
      type: 'button', class: 'tool', key, tabindex: -1, 'aria-disabled': String(disabled), 'aria-keyshortcuts': keyShortcut(shortcut), title: `${label} (${keyName(shortcut)})`,
      onmousedown: (/** @type {Event} */ event) => event.preventDefault(), onclick: () => !disabled && act(),
    }, picture, h('span', { class: 'visually-hidden' }, label));
  }

  /** @param {Tool} tool */
  #use(tool) {
    const view = this.#editor?.view;
    if (!view) return;
    const { from, to } = view.state.selection.main;
    const { changes, select } = tool.edit(view.state.sliceDoc(), { from, to });
    view.dispatch({ changes, selection: { anchor: select.from, head: select.to }, userEvent: 'input', scrollIntoView: true });
    view.focus();
  }

  /**
   * One stop for the whole toolbar; arrows go along it.
   * @param {KeyboardEvent} event
   */
  #alongTools = (event) => {
    const tools = /** @type {HTMLElement[]} */ ([...this.querySelectorAll('.tool')]);
    const at = tools.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = new Map([['ArrowRight', at + 1], ['ArrowLeft', at - 1 + tools.length], ['Home', 0], ['End', tools.length - 1]]).get(event.key);
    if (next === undefined || at < 0) return;
    event.preventDefault();
    const tool = tools[next % tools.length];
    tool.focus();
    this.#rove(tool);
  };

  /** @param {HTMLElement} [chosen] */
  #rove(chosen) {
    const tools = /** @type {HTMLElement[]} */ ([...this.querySelectorAll('.tool')]);
    const current = chosen ?? tools.find((tool) => tool === document.activeElement) ?? tools.find((tool) => tool.tabIndex === 0) ?? tools[0];
    for (const tool of tools) tool.tabIndex = tool === current ? 0 : -1;
  }

  /** @param {File[]} files @param {number} at */
  #take(files, at) {
    const { session, network } = this;
    this.#dropPlace = at;
    if (session) void this.#files.take(files, { document: session.document, network });
  }

  /** @param {number | undefined} at @param {string} markup */
  #insertAt(at, markup) {
    const view = this.#editor?.view;
    if (!view || at === undefined) return false;
    const { head, empty } = view.state.selection.main;
    const before = view.state.doc;
    view.dispatch({
      changes: { from: at, insert: markup }, userEvent: 'input.paste',
      // Who waited for it at its place goes on writing after it.
      ...(empty && head === at ? { selection: { anchor: at + markup.length } } : {}),
    });
    return !before.eq(view.state.doc);
  }

  /** @param {any} event */
  #chosen = ({ target }) => {
    const files = [...target.files];
    target.value = '';
    this.focusText();
    if (files.length > 0) this.#take(files, this.#editor?.view.state.selection.main.to ?? 0);
  };

  /** @param {DragEvent} event */
  #dragOver = (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.#setDragging(true);
  };

  /** @param {DragEvent} event */
  #dragLeave = (event) => {
    if (!(event.relatedTarget instanceof Node && this.contains(event.relatedTarget))) this.#setDragging(false);
  };

  /**
   * On the text itself the editor has dealt with it; beside it, they come to the caret.
   * @param {DragEvent} event
   */
  #drop = (event) => {
    this.#setDragging(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (event.defaultPrevented || files.length === 0) return;
    event.preventDefault();
    this.#take(files, this.#editor?.view.state.selection.main.to ?? 0);
  };

  /** @param {boolean} dragging */
  #setDragging(dragging) {
    if (this.#dragging === dragging) return;
    this.#dragging = dragging;
    this.invalidate();
  }

  #selected() {
    const view = this.#editor?.view;
    if (!view) return;
    const { anchor, head } = view.state.selection.main;
    if (view.hasFocus) this.session?.sayCaret(anchor, head);
    this.dispatchEvent(new CustomEvent('selected'));
  }

  #showCarets() {
    const { session } = this;
    this.#editor?.view.dispatch({ effects: showCarets.of((session?.carets ?? []).map((caret) => ({ ...caret, name: nameOf(caret.person) }))) });
  }
}

/** @param {Tool} tool */
function sign(tool) {
  switch (tool.sign) {
    case 'bold': return h('strong', { 'aria-hidden': 'true' }, 'B');
    case 'italic': return h('em', { 'aria-hidden': 'true' }, 'I');
    case 'link': return icon('it-link', 'icon-sm');
    case '•': return icon('it-list', 'icon-sm');
    case '☑': return icon('it-check-circle', 'icon-sm');
    case 'table': return null;
    default: return h('span', { 'aria-hidden': 'true' }, tool.sign);
  }
}


customElements.define('m-document-editor', DocumentEditor);
