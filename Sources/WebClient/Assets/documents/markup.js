// Markdown by button and by key: pure functions of a text and a selection, each one change that the editor makes.

/** @typedef {{ from: number, to: number }} Range */
/** @typedef {{ changes: { from: number, to: number, insert: string }[], select: Range }} Edit */

/**
 * Puts marks around the selection, or takes away those that are there; with nothing selected, around the place to write.
 * @param {string} text
 * @param {Range} range
 * @param {string} mark such as `**`
 * @returns {Edit}
 */
export function wrap(text, { from, to }, mark) {
  const { length } = mark;
  if (text.slice(from - length, from) === mark && text.slice(to, to + length) === mark && text[from - length - 1] !== mark[0] && text[to + length] !== mark[0]) {
    return { changes: [{ from: from - length, to: from, insert: '' }, { from: to, to: to + length, insert: '' }], select: { from: from - length, to: to - length } };
  }
  // Marks beside a blank mark nothing.
  const chosen = text.slice(from, to);
  const begin = from + (chosen.length - chosen.trimStart().length) * Number(chosen.trim() !== '');
  const end = to - (chosen.length - chosen.trimEnd().length) * Number(chosen.trim() !== '');
  return { changes: [{ from: begin, to: begin, insert: mark }, { from: end, to: end, insert: mark }], select: { from: begin + length, to: end + length } };
}

const LINE_MARK = /^(\s*)(?:#{1,6}\s+|[-*+]\s+\[[ xX]\]\s+|[-*+]\s+|\d+[.)]\s+)?/;

/**
 * Makes each line of the selection a heading, an item, a task; a second time, plain lines again.
 * @param {string} text
 * @param {Range} range
 * @param {(index: number) => string} mark of the how-manyth line, such as `1. `
 * @returns {Edit}
 */
export function markLines(text, { from, to }, mark) {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', to) < 0 ? text.length : text.indexOf('\n', to);
  const lines = text.slice(start, end).split('\n');
  const counted = lines.filter((line) => line.trim() !== '' || lines.length === 1);
  const already = counted.length > 0 && counted.every((line, index) => line.trimStart().startsWith(mark(index)));
  let at = start;
  let index = 0;
  let moved = 0;
  /** @type {Edit['changes']} */
  const changes = [];
  for (const line of lines) {
    if (line.trim() !== '' || lines.length === 1) {
      const [found, indent] = /** @type {RegExpExecArray} */ (LINE_MARK.exec(line));
      const insert = already ? '' : mark(index);
      changes.push({ from: at + indent.length, to: at + found.length, insert });
      moved += insert.length - (found.length - indent.length);
      index += 1;
    }
    at += line.length + 1;
  }
  // One line: the place to write stays in it; several: they stay selected.
  return lines.length === 1 ? { changes, select: { from: Math.max(start, from + moved), to: Math.max(start, to + moved) } } : { changes, select: { from: start, to: end + moved } };
}

/**
 * @param {string} text
 * @param {Range} range
 * @param {string} address
 * @returns {Edit}
 */
export function link(text, { from, to }, address) {
  const label = text.slice(from, to);
  const insert = `[${label}](${address})`;
  // What is missing is what one writes next: the label, or the address.
  const at = label === '' ? from + 1 : from + label.length + 3;
  return { changes: [{ from, to, insert }], select: { from: at, to: label === '' ? at : at + address.length } };
}

/**
 * A table of two columns, on lines of its own.
 * @param {string} text
 * @param {Range} range
 * @param {[string, string]} heads
 * @returns {Edit}
 */
export function table(text, { from, to }, heads) {
  const before = text.slice(0, from);
  const gap = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const [first, second] = heads;
  const insert = `${gap}| ${first} | ${second} |\n| --- | --- |\n|  |  |\n`;
  const at = from + gap.length + 2;
  return { changes: [{ from, to, insert }], select: { from: at, to: at + first.length } };
}
