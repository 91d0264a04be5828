import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levels, means, parseMetrics, rates, total } from '../Assets/admin/metrics.js';

const TEXT = `# HELP a_total Things
# TYPE a_total counter
a_total{name="x",code="ok"} 3
a_total{name="y",code="ok"} 4.5
b_seconds_sum 0.5
b_seconds_count 10
odd line
c NaN
a_total_more 100
`;

test('reads what it knows of the text format and passes over the rest', () => {
  const values = parseMetrics(TEXT);
  assert.equal(values.size, 5);
  assert.equal(total(values, 'a_total'), 7.5);
  assert.equal(total(values, 'a_total', 'name="y"'), 4.5);
});

test('rates, levels and means between samples; a restarted server counts from nothing', () => {
  const sample = (at, a, sum, count) => ({ at, values: new Map([['a_total', a], ['b_seconds_sum', sum], ['b_seconds_count', count]]) });
  const samples = [sample(0, 10, 0, 0), sample(2000, 30, 1, 4), sample(4000, 5, 1, 4)];
  assert.deepEqual(rates(samples, 'a_total').map(({ value }) => value), [10, 0]);
  assert.deepEqual(levels(samples, 'a_total').map(({ value }) => value), [10, 30, 5]);
  assert.deepEqual(means(samples, 'b_seconds').map(({ value }) => value), [0.25, 0]);
});
