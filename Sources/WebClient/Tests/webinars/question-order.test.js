import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOrder, isOrdered, keepingPlaces } from '../../Assets/webinars/question-order.js';

const question = (id, votes, state = 'open') => ({ id, votes, state });
const ids = (questions) => questions.map(({ id }) => id);

test('open questions come first, then votes, then age', () => {
  const all = [question(1, 9, 'answered'), question(2, 1), question(3, 4), question(4, 1)];
  assert.deepEqual(ids(inOrder(all)), [3, 2, 4, 1]);
  assert.equal(isOrdered(all), false);
  assert.equal(isOrdered(inOrder(all)), true);
});

test('what one reads keeps its place, what is new comes behind it, what is gone goes', () => {
  const shown = [question(2, 1), question(3, 4), question(9, 0)];
  const fresh = [question(5, 7), question(3, 5), question(2, 1)];
  const kept = keepingPlaces(shown, fresh);
  assert.deepEqual(ids(kept), [2, 3, 5]);
  assert.equal(kept[1].votes, 5);
});
