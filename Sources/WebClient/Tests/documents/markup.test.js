import assert from 'node:assert/strict';
import { test } from 'node:test';
import { link, markLines, table, wrap } from '../../Assets/documents/markup.js';
import { ChangeSet, Text } from './model.js';

/** The text after an edit, with what is then selected between brackets. */
function after(text, edit) {
  const result = ChangeSet.of(edit.changes, text.length).apply(Text.of(text.split('\n'))).toString();
  const { from, to } = edit.select;
  return `${result.slice(0, from)}[${result.slice(from, to)}]${result.slice(to)}`;
}

/** A text in which brackets stand for the selection. */
function selected(marked) {
  const [from, to] = [marked.indexOf('['), marked.indexOf(']') - 1];
  return [marked.replace('[', '').replace(']', ''), { from, to }];
}

const numbered = (index) => `${index + 1}. `;

for (const [what, marked, edit, expected] of [
  ['bold', 'un [passo] avanti', (text, range) => wrap(text, range, '**'), 'un **[passo]** avanti'],
  ['bold again', 'un **[passo]** avanti', (text, range) => wrap(text, range, '**'), 'un [passo] avanti'],
  ['italic in bold', '**[passo]**', (text, range) => wrap(text, range, '*'), '***[passo]***'],
  ['bold with nothing selected', 'a []b', (text, range) => wrap(text, range, '**'), 'a **[]**b'],
  ['bold without the blanks', '[ passo ]', (text, range) => wrap(text, range, '**'), ' **[passo]** '],
  ['a heading', 'uno\ndu[]e', (text, range) => markLines(text, range, () => '## '), 'uno\n## du[]e'],
  ['another heading', '# du[]e', (text, range) => markLines(text, range, () => '## '), '## du[]e'],
  ['no heading again', '## du[]e', (text, range) => markLines(text, range, () => '## '), 'du[]e'],
  ['a list of lines', '[uno\n\ndue]', (text, range) => markLines(text, range, numbered), '[1. uno\n\n2. due]'],
  ['no list again', '[1. uno\n2. due]', (text, range) => markLines(text, range, numbered), '[uno\ndue]'],
  ['tasks of items', '[- uno\n- due]', (text, range) => markLines(text, range, () => '- [ ] '), '[- [ ] uno\n- [ ] due]'],
  ['an item in an empty line', '[]', (text, range) => markLines(text, range, () => '- '), '- []'],
  ['a link of a word', 'la [delibera]', (text, range) => link(text, range, 'https://'), 'la [delibera]([https://])'],
  ['a link of nothing', 'la []', (text, range) => link(text, range, 'https://'), 'la [[]](https://)'],
  ['a table', 'uno[]', (text, range) => table(text, range, ['A', 'B']), 'uno\n\n| [A] | B |\n| --- | --- |\n|  |  |\n'],
]) {
  test(what, () => {
    const [text, range] = selected(marked);
    assert.equal(after(text, edit(text, range)), expected);
  });
}
