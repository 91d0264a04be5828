import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isQuiet } from '../../Assets/notifications/quiet.js';

const at = (hours, minutes = 0) => new Date(2026, 10, 25, hours, minutes);

test('quiet hours may span midnight; their end is no longer quiet', () => {
  const night = { from: '20:00', to: '08:00' };
  assert.deepEqual([at(19, 59), at(20), at(23), at(3), at(7, 59), at(8), at(12)].map((moment) => isQuiet(night, moment)),
    [false, true, true, true, true, false, false]);
  const lunch = { from: '13:00', to: '14:30' };
  assert.deepEqual([at(12, 59), at(13), at(14, 29), at(14, 30)].map((moment) => isQuiet(lunch, moment)), [false, true, true, false]);
  assert.equal(isQuiet(undefined, at(3)), false);
});
