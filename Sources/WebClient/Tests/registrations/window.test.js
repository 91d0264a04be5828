import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excess, opening } from '../../Assets/registrations/window.js';

const NOW = '2026-12-01T09:00:00.000Z';
const at = (utc) => ({ local: utc.slice(0, 16), zone: 'UTC', utc });

function event(more = {}, counts = {}) {
  return {
    id: 1, revision: 1, network: 1, kind: 'webinar', title: '', state: 'published', start: at('2026-12-10T09:00:00.000Z'), end: at('2026-12-10T10:00:00.000Z'),
    counts: { confirmed: 0, waiting: 0, offered: 0, requested: 0, ...counts }, ...more,
  };
}

test('one registers between the opening and the closing', () => {
  assert.equal(opening(event(), NOW), 'open');
  assert.equal(opening(event({ registration: { opens: at('2026-12-01T09:00:00.001Z') } }), NOW), 'early');
  assert.equal(opening(event({ registration: { opens: at(NOW) } }), NOW), 'open');
  assert.equal(opening(event({ registration: { closes: at(NOW) } }), NOW), 'closed');
  assert.equal(opening(event({ start: at(NOW) }), NOW), 'closed');
  for (const state of ['postponed', 'cancelled', 'ended', 'archived']) assert.equal(opening(event({ state }), NOW), 'never');
});

test('without a free seat one waits, or cannot come', () => {
  assert.equal(opening(event({ capacity: 3 }, { confirmed: 2 }), NOW), 'open');
  assert.equal(opening(event({ capacity: 3 }, { confirmed: 2, offered: 1 }), NOW), 'queue');
  assert.equal(opening(event({ capacity: 3 }, { confirmed: 2, waiting: 1 }), NOW), 'queue');
  assert.equal(opening(event({ capacity: 3, waitingList: false }, { confirmed: 3 }), NOW), 'full');
  assert.equal(opening(event({ capacity: 3, approval: true }, { confirmed: 3 }), NOW), 'open');
});

test('a smaller room has an excess', () => {
  assert.equal(excess(event({ capacity: 3 }, { confirmed: 4, offered: 1 })), 2);
  assert.equal(excess(event({ capacity: 3 }, { confirmed: 1 })), 0);
  assert.equal(excess(event({}, { confirmed: 900 })), 0);
});
