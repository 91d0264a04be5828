import assert from 'node:assert/strict';
import { test } from 'node:test';
import { solutions } from '../../Assets/solutions/slice.js';
import { emptyState } from '../../Assets/store/state.js';

function touchedBy(type, data) {
  /** @type {string[]} */
  const touched = [];
  solutions.updates[type](emptyState(), { seq: 1, offset: 1, stream: 'network/7', type, at: '', data }, (topic) => touched.push(topic));
  return touched.sort();
}

test('an update touches the lists, what it is about and the solution that shows it', () => {
  assert.deepEqual(touchedBy('solution.written', { id: 50, revision: 2, part: 'risks' }), ['solution/50', 'solutions']);
  assert.deepEqual(touchedBy('adoption.advanced', { id: 70, solution: 50 }), ['adoption/70', 'solution/50', 'solutions']);
  assert.deepEqual(touchedBy('experiment.advanced', { id: 51 }), ['experiment/51', 'solutions']);
});

test('a superseded solution touches the newer one, and an experiment that moved every solution shown', () => {
  assert.deepEqual(touchedBy('solution.superseded', { id: 50, by: 80 }), ['solution/50', 'solution/80', 'solutions']);
  assert.deepEqual(touchedBy('experiment.changed', { id: 51, solution: 80 }), ['experiment/51', 'experiments moved', 'solution/80', 'solutions']);
});
