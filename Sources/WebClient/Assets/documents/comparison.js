import { diffLines, diffWordsWithSpace } from 'diff';
import { h } from '../dom/h.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('diff').Part} Part */

/** Of what is the same in both, so many lines are shown around what differs. */
const AROUND = 3;
/** Longer changed passages are compared by lines only. */
const MOST_WORDS_IN = 4000;

/**
 * What differs between two texts, line by line and within the lines; colour only repeats what the marks say.
 * @param {string} before
 * @param {string} after
 */
export function comparison(before, after) {
  const parts = diffLines(before, after);
  if (parts.every(({ added, removed }) => !added && !removed)) return h('p', { class: 'state-text' }, t('documents.same'));
  /** @type {import('../dom/h').Child[]} */
  const rows = [];
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index];
    const next = parts[index + 1];
    if (part.removed && next?.added && part.value.length + next.value.length < MOST_WORDS_IN) {
      const words = diffWordsWithSpace(part.value, next.value);
      rows.push(changed('removed', words.filter(({ added }) => !added)), changed('added', words.filter(({ removed }) => !removed)));
      index += 1;
    } else if (part.removed || part.added) rows.push(changed(part.removed ? 'removed' : 'added', [{ value: part.value }]));
    else rows.push(unchanged(part.value, index === 0, index === parts.length - 1));
  }
  return h('div', { class: 'comparison', tabindex: 0, role: 'group', 'aria-label': t('documents.differences') }, rows);
}

/** @param {'added' | 'removed'} kind @param {Part[]} words */
function changed(kind, words) {
  const tag = kind === 'added' ? 'ins' : 'del';
  return h(tag, { class: `compared is-${kind}` }, h('span', { class: 'visually-hidden' }, kind === 'added' ? t('documents.added') : t('documents.removed')),
    words.map(({ value, added, removed }) => (added || removed ? h('mark', null, value) : value)));
}

/** @param {string} text @param {boolean} isFirst @param {boolean} isLast */
function unchanged(text, isFirst, isLast) {
  const lines = text.replace(/\n$/, '').split('\n');
  const head = isFirst ? [] : lines.slice(0, AROUND);
  const tail = isLast ? [] : lines.slice(-AROUND);
  const hidden = lines.length - head.length - tail.length;
  if (hidden <= 1) return h('div', { class: 'compared' }, lines.join('\n'));
  return [
    head.length > 0 && h('div', { class: 'compared' }, head.join('\n')),
    h('div', { class: 'compared is-hidden' }, t('documents.linesSame', { n: hidden })),
    tail.length > 0 && h('div', { class: 'compared' }, tail.join('\n')),
  ];
}
