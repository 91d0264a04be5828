// Third-party modules that build.py resolves from .build/vendor, as far as they are used.
declare module 'dompurify' {
  const DOMPurify: { sanitize(node: Node, rules: object): Node };
  export default DOMPurify;
}
declare module 'codemirror' {
  export const ChangeSet: any, Compartment: any, Decoration: any, EditorSelection: any, EditorState: any, EditorView: any, HighlightStyle: any, LanguageSupport: any,
    StateEffect: any, StateField: any, Text: any, Transaction: any, WidgetType: any, Prec: any;
  export const defaultKeymap: any[], historyKeymap: any[];
  export function history(config?: object): any;
  export function placeholder(text: string): any;
  export function syntaxHighlighting(style: any): any;
  export function ensureSyntaxTree(state: any, upTo: number, patienceMs: number): any;
  export const keymap: any;
  export function undo(view: any): boolean;
  export function redo(view: any): boolean;
  export function undoDepth(state: any): number;
  export function redoDepth(state: any): number;
}
declare module 'codemirror-markdown' {
  export const markdownLanguage: any;
  export function insertNewlineContinueMarkup(view: any): boolean;
  export function deleteMarkupBackward(view: any): boolean;
}
// What the bundle has and its index does not name: the tags of highlighting.
declare module 'codemirror-parts' {
  export const t: any;
}
declare module 'diff' {
  export interface Part { value: string; added?: boolean; removed?: boolean; count?: number }
  export function diffLines(before: string, after: string): Part[];
  export function diffWordsWithSpace(before: string, after: string): Part[];
}
declare module 'bootstrap-italia/dropdown' {
  export default class Dropdown {
    static getOrCreateInstance(element: Element): Dropdown;
    hide(): void;
  }
}
// Replaced at build time by the hashed names of the icon sprite and of the styles that come with the later screens.
declare const ICONS_URL: string;
declare const LATER_STYLE_URL: string;
// What the service worker keeps, and which build it is of.
declare const SERVED_FILES: string[];
declare const SERVED_VERSION: string;
