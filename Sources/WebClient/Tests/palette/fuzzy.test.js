import assert from 'node:assert/strict';
import { test } from 'node:test';
import { match } from '../../Assets/palette/fuzzy.js';

const best = (typed, ...texts) => texts.filter((text) => match(typed, text)).sort((a, b) => match(typed, b).score - match(typed, a).score);
const marked = (typed, text) => match(typed, text)?.marks.map(([from, to]) => text.slice(from, to));

test('accents and case do not count, on either side', () => {
  assert.deepEqual(marked('citta', 'Città metropolitana'), ['Città']);
  assert.deepEqual(marked('CITTÀ', 'la citta'), ['citta']);
  assert.deepEqual(marked('forli', 'Comune di Forlì'), ['Forlì']);
});

test('the beginning of a word is better than its middle, and that than scattered letters', () => {
  assert.deepEqual(best('gen', 'Agenda', 'Città di Genova', 'Generale'), ['Generale', 'Città di Genova', 'Agenda']);
  assert.deepEqual(best('gnr', 'Generale', 'Annunci'), ['Generale']);
});

test('each typed word must be there, in any order', () => {
  assert.deepEqual(marked('bia ann', 'Anna Bianchi'), ['Ann', 'Bia']);
  assert.equal(match('anna rossi', 'Anna Bianchi'), undefined);
});

test('of two that begin alike the shorter is meant', () => {
  assert.deepEqual(best('reti', 'Reti europee e internazionali', 'Reti'), ['Reti', 'Reti europee e internazionali']);
});

test('letters strewn over a long text are chance', () => {
  assert.equal(match('xyz', 'x and then y and then z'), undefined);
  assert.equal(match('ab', 'a long text with b'), undefined);
});

test('a letter written as two keeps the marks in place', () => {
  const text = 'Perche\u0301 no, Forli\u0300';
  assert.deepEqual(marked('no', text), ['no']);
  assert.deepEqual(marked('forli', text), ['Forli']);
});
