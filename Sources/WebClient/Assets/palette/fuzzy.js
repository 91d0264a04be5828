import { fold } from '../i18n/fold.js';

/** @typedef {{ score: number, marks: [number, number][] }} Match the parts of the text that match, from and to */

const WORD_START = 100;
const INSIDE = 50;
const SCATTERED = 10;

/**
 * How well a text answers to what was typed: each typed word must be in it, at best where a word begins, at worst
 * as letters in their order. Accents and case don't count.
 * @param {string} typed
 * @param {string} text
 * @returns {Match | undefined} nothing if it doesn't
 */
export function match(typed, text) {
  const { folded, places } = foldedWithPlaces(text);
  let score = 0;
  /** @type {[number, number][]} */
  const marks = [];
  for (const word of fold(typed).split(/\s+/).filter(Boolean)) {
    const found = matchWord(word, folded);
    if (!found) return undefined;
    score += found.score;
    for (const [from, to] of found.marks) marks.push([places[from], places[to - 1] + 1]);
  }
  return { score, marks: joined(marks) };
}

/** @param {string} word @param {string} folded @returns {Match | undefined} */
function matchWord(word, folded) {
  let inside = -1;
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    const isStart = at === 0 || !/[\p{L}\p{N}]/u.test(folded[at - 1]);
    // The nearer the beginning, and the more of the text is said by it, the better.
    if (isStart) return { score: WORD_START - Math.min(at, 30) + Math.round(20 * word.length / folded.length), marks: [[at, at + word.length]] };
    if (inside < 0) inside = at;
  }
  if (inside >= 0) return { score: INSIDE - Math.min(inside, 30), marks: [[inside, inside + word.length]] };
  return word.length < 3 ? undefined : matchScattered(word, folded);
}

/** @param {string} word @param {string} folded @returns {Match | undefined} */
function matchScattered(word, folded) {
  /** @type {[number, number][]} */
  const marks = [];
  let at = -1;
  for (const letter of word) {
    at = folded.indexOf(letter, at + 1);
    if (at < 0) return undefined;
    marks.push([at, at + 1]);
  }
  const span = at - marks[0][0] + 1;
  // Letters strewn over half a sentence are chance.
  return span > word.length * 3 ? undefined : { score: SCATTERED - (span - word.length) / 10, marks };
}

/** @param {[number, number][]} marks */
function joined(marks) {
  /** @type {[number, number][]} */
  const result = [];
  for (const [from, to] of marks.sort((a, b) => a[0] - b[0])) {
    const last = result[result.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/**
 * A folded letter may be more or fewer than the one written: where each came from.
 * @param {string} text
 */
function foldedWithPlaces(text) {
  let folded = '';
  /** @type {number[]} */
  const places = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = fold(text[at]);
    folded += letter;
    for (let count = 0; count < letter.length; count += 1) places.push(at);
  }
  return { folded, places };
}
