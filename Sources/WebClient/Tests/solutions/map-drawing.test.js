import { test } from 'node:test';
import assert from 'node:assert/strict';
import { HEIGHT, WIDTH, arrow, namesBeside, pointOf } from '../../Assets/solutions/map-drawing.js';

const CITIES = [
  { id: 1, name: 'Torino', lat: 45.07, lon: 7.68 }, { id: 2, name: 'Milano', lat: 45.47, lon: 9.19 }, { id: 3, name: 'Messina', lat: 38.19, lon: 15.55 },
  { id: 4, name: 'Reggio Calabria', lat: 38.11, lon: 15.64 }, { id: 5, name: 'Bari', lat: 41.12, lon: 16.87 }, { id: 6, name: 'Cagliari', lat: 39.22, lon: 9.11 },
];

test('cities lie on the drawing as on a map', () => {
  for (const city of CITIES) {
    const { x, y } = pointOf(city);
    assert.ok(x > 0 && x < WIDTH && y > 0 && y < HEIGHT, city.name);
  }
  const [torino, milano, messina] = CITIES.map(pointOf);
  assert.ok(torino.x < milano.x && milano.y < torino.y && messina.y > torino.y);
});

test('a name stands where no other city is', () => {
  assert.deepEqual([...namesBeside(CITIES)], [[1, 'left'], [2, 'right'], [3, 'left'], [4, 'right'], [5, 'left'], [6, 'right']]);
});

test('there and back are two arrows, and each ends before its city', () => {
  const [from, to] = [{ x: 0, y: 0 }, { x: 100, y: 0 }];
  assert.notEqual(arrow(from, to).line.split('Q')[1], arrow(to, from).line.split('Q')[1]);
  const [, end] = /** @type {RegExpExecArray} */ (/ (\S+)$/.exec(arrow(from, to).line));
  const [x, y] = end.split(',').map(Number);
  const distance = Math.hypot(x - 100, y);
  assert.ok(distance > 5 && distance < 12, String(distance));
  // Two places that are one give no broken drawing.
  assert.doesNotMatch(arrow(from, from).line, /NaN/);
});
