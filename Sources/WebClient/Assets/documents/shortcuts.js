import { t } from '../i18n/i18n.js';
import { link, markLines, table, wrap } from './markup.js';

/** @typedef {{ key: string, run: () => void }} Shortcut */
/**
 * One button of the toolbar, and its key.
 * @typedef {{ name: string, text: string, sign: string, key: string, edit: (text: string, range: { from: number, to: number }) => import('./markup').Edit }} Tool
 */

/** @type {Tool[][]} in the groups they are shown in */
export const TOOLS = [
  [
    { name: 'h1', text: 'documents.tool.h1', sign: 'H1', key: 'Mod-Alt-1', edit: (text, range) => markLines(text, range, () => '# ') },
    { name: 'h2', text: 'documents.tool.h2', sign: 'H2', key: 'Mod-Alt-2', edit: (text, range) => markLines(text, range, () => '## ') },
    { name: 'h3', text: 'documents.tool.h3', sign: 'H3', key: 'Mod-Alt-3', edit: (text, range) => markLines(text, range, () => '### ') },
  ],
  [
    { name: 'bold', text: 'documents.tool.bold', sign: 'bold', key: 'Mod-b', edit: (text, range) => wrap(text, range, '**') },
    { name: 'italic', text: 'documents.tool.italic', sign: 'italic', key: 'Mod-i', edit: (text, range) => wrap(text, range, '*') },
  ],
  [
    { name: 'bullets', text: 'documents.tool.bullets', sign: '•', key: 'Mod-Shift-8', edit: (text, range) => markLines(text, range, () => '- ') },
    { name: 'numbers', text: 'documents.tool.numbers', sign: '1.', key: 'Mod-Shift-7', edit: (text, range) => markLines(text, range, (index) => `${index + 1}. `) },
    { name: 'tasks', text: 'documents.tool.tasks', sign: '☑', key: 'Mod-Shift-9', edit: (text, range) => markLines(text, range, () => '- [ ] ') },
  ],
  [
    { name: 'table', text: 'documents.tool.table', sign: 'table', key: 'Mod-Alt-t', edit: (text, range) => table(text, range, [t('documents.table.item'), t('documents.table.value')]) },
    { name: 'link', text: 'documents.tool.link', sign: 'link', key: 'Mod-Alt-k', edit: (text, range) => link(text, range, 'https://') },
  ],
];

/**
 * As it stands on the keyboard.
 * @param {string} key
 */
export function keyName(key) {
  const apple = /Mac|iPhone|iPad/.test(navigator.platform);
  return key.split('-').map((part) => ({ Mod: apple ? '⌘' : 'Ctrl', Alt: apple ? '⌥' : 'Alt', Shift: t('documents.key.shift') }[part] ?? part.toUpperCase())).join(apple ? ' ' : '+');
}

/**
 * For assistive technology, in its own notation.
 * @param {string} key
 */
export function keyShortcut(key) {
  return key.replace('Mod', /Mac|iPhone|iPad/.test(navigator.platform) ? 'Meta' : 'Control').replaceAll('-', '+').replace(/\+([a-z])$/, (_, letter) => `+${letter.toUpperCase()}`);
}
