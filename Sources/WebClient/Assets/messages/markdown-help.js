import { h } from '../dom/h.js';
import { iconButton } from '../dom/controls.js';
import { onTouchScreen } from '../dom/touch.js';
import { t } from '../i18n/i18n.js';

const RULES = [
  { written: '**…**', text: 'markdown.bold' },
  { written: '*…*', text: 'markdown.italic' },
  { written: '- …', text: 'markdown.list' },
  { written: '> …', text: 'markdown.quote' },
  { written: '`…`', text: 'markdown.code' },
  { written: '[…](https://…)', text: 'markdown.link' },
  { written: '~~…~~', text: 'markdown.strike' },
  { written: '# …', text: 'markdown.heading' },
  { written: '@', text: 'markdown.mention' },
  { written: '#123', text: 'markdown.reference' },
];

const MESSAGE_ONLY = ['@', '#123'];

/**
 * How to format a text.
 * @param {string} id of the field it helps with
 * @param {boolean} [inMessage] where Enter sends, people are mentioned and messages are linked
 */
export function markdownHelp(id, inMessage = true) {
  return h('div', { class: 'dropdown dropup', key: 'help' },
    iconButton('it-help-circle', t('markdown.title'), { id: `${id}-help`, 'data-bs-toggle': 'dropdown', 'aria-expanded': 'false' }),
    h('div', { class: 'dropdown-menu markdown-menu', 'aria-labelledby': `${id}-help` },
      h('dl', null, RULES.filter(({ written }) => inMessage || !MESSAGE_ONLY.includes(written)).map(({ written, text }) => h('div', { key: written }, h('dt', null, h('code', null, written)), h('dd', null, t(text))))),
      inMessage && h('p', null, onTouchScreen() ? t('markdown.enterTouch') : t('markdown.enter'))));
}
