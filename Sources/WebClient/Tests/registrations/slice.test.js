import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registrations } from '../../Assets/registrations/slice.js';
import { emptyState } from '../../Assets/store/state.js';

function scene() {
  const state = { ...emptyState(), me: { id: 5, name: 'Anna' } };
  /** @type {string[]} */
  const touched = [];
  const tell = (type, data) => registrations.updates[type]?.(state, { seq: 1, offset: 1, stream: 'person/5', type, at: '', data }, (topic) => touched.push(topic));
  return { state, touched, tell, mine: () => state.registrations.get(9) };
}

test('only one’s own is kept, and an older one does not come back', () => {
  const { tell, mine } = scene();
  tell('registration.created', { id: 20, event: 9, person: 6, state: 'confirmed' });
  assert.equal(mine(), undefined);
  tell('registration.created', { id: 21, event: 9, person: 5, state: 'confirmed' });
  tell('registration.changed', { id: 12, event: 9, person: 5, state: 'cancelled' });
  assert.equal(mine()?.state, 'confirmed');
  tell('registration.changed', { id: 21, event: 9, person: 5, state: 'rejected', reason: 'Completo' });
  assert.deepEqual([mine()?.state, mine()?.reason], ['rejected', 'Completo']);
});

test('the place in the queue is asked for anew when the queue moves, and goes with it', () => {
  const { state, touched, tell, mine } = scene();
  tell('event.counted', { id: 9, counts: {} });
  assert.deepEqual(touched, []);
  tell('registration.created', { id: 21, event: 9, person: 5, state: 'waitlisted' });
  assert.ok(touched.includes('registrations asked'));
  state.registrations.set(9, { ...mine(), position: 3 });
  touched.length = 0;
  tell('event.counted', { id: 8, counts: {} });
  assert.deepEqual(touched, []);
  tell('event.counted', { id: 9, counts: {} });
  assert.deepEqual(touched, ['registrations asked']);
  tell('registration.changed', { id: 21, event: 9, person: 5, state: 'confirmed' });
  assert.equal(mine()?.position, undefined);
});
