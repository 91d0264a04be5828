import { ensureSyntaxTree } from 'codemirror';

const LEVELS = /^(?:ATX|Setext)Heading([1-6])$/;
const PATIENCE_MS = 50;

/**
 * The headings of a Markdown text, as its grammar has them.
 * @param {any} state
 * @returns {{ level: number, text: string, at: number }[]}
 */
export function headingsOf(state) {
  /** @type {{ level: number, text: string, at: number }[]} */
  const found = [];
  ensureSyntaxTree(state, state.doc.length, PATIENCE_MS)?.iterate({
    enter(/** @type {any} */ { name, from, to }) {
      const level = LEVELS.exec(name);
      if (!level) return;
      const text = state.sliceDoc(from, to).split('\n')[0].replace(/^\s*#+\s*|\s*#+\s*$/g, '').replace(/[*_`]/g, '').trim();
      if (text !== '') found.push({ level: Number(level[1]), text, at: from });
    },
  });
  return found;
}
