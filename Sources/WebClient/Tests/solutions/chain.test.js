import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOfReference, chainOf, relatedTo } from '../../Assets/solutions/chain.js';

const day = (number) => `2026-11-${String(number).padStart(2, '0')}T10:00:00.000Z`;
const solution = {
  id: 50, at: day(5), city: { id: 1, name: 'Bologna' },
  references: [
    { kind: 'decision', id: 31, title: '4 · Si prova', at: day(2), event: 30 }, { kind: 'event', id: 30, title: 'Incontro', at: day(2) },
    { kind: 'message', id: 40, title: 'Una domanda', at: day(4), channel: 7 }, { kind: 'message', id: 60, title: 'Si veda', at: day(20), channel: 7, incoming: true },
    { kind: 'solution', id: 12, title: 'Un’altra', at: day(1) },
  ],
  experiments: [{ id: 51, title: 'Prova', state: 'concluded', at: day(6), started: day(7), concluded: day(9) }, { id: 52, title: 'Da fare', state: 'proposed' }],
  versions: [{ version: 1, at: day(12), hash: 'a' }],
  adoptions: [{ id: 70, at: day(12), state: 'requested', city: { id: 2, name: 'Messina' } }],
};

test('the chain goes from the meeting to the adoption in order of time', () => {
  assert.deepEqual(chainOf(solution).map(({ key }) => key), ['event 30', 'decision 31', 'message 40', 'begun', 'experiment 51', 'version 1', 'adoption 70', 'experiment 52']);
});

test('what else a solution has to do with stands beside the chain', () => {
  assert.deepEqual(relatedTo(solution).map(({ kind, id }) => `${kind} ${id}`), ['message 60', 'solution 12']);
});

test('a reference leads to where the thing is shown, a decision to its event', () => {
  assert.deepEqual(solution.references.slice(0, 3).map(addressOfReference), ['/events/30', '/events/30', '/channels/7?message=40']);
  assert.equal(addressOfReference(solution.references[4]), '/solutions/12');
});
