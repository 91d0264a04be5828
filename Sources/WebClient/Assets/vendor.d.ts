// Third-party modules that build.py resolves from .build/vendor, as far as they are used.
declare module 'dompurify' {
  const DOMPurify: { sanitize(node: Node, rules: object): Node };
  export default DOMPurify;
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
