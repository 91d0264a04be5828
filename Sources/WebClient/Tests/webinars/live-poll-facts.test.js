import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changed, leading, linesOf, shares } from '../../Assets/webinars/live-poll-facts.js';

test('shares are of the people who answered, also where one chose several', () => {
  assert.deepEqual(shares([2, 1, 0], 3), [67, 33, 0]);
  assert.deepEqual(shares([3, 3], 3), [100, 100]);
  assert.deepEqual(shares([0, 0], 0), [0, 0]);
});

test('those that most chose lead, together where they are equal, and nobody before there is an answer', () => {
  assert.deepEqual(leading([1, 3, 3]), [1, 2]);
  assert.deepEqual(leading([0, 0]), []);
});

test('an update changes the poll that it is about, and what it does not tell is asked for', () => {
  const polls = [{ id: 4, state: 'open', answered: 1, counts: [1, 0] }, { id: 5, state: 'open', answered: 0 }];
  assert.deepEqual(changed(polls, 'livePoll.answered', { id: 4, answered: 2, counts: [1, 1] })?.[0], { id: 4, state: 'open', answered: 2, counts: [1, 1] });
  assert.deepEqual(changed(polls, 'livePoll.answered', { id: 5, answered: 7 })?.[1].answered, 7);
  assert.equal(changed(polls, 'livePoll.closed', { id: 5, answered: 7, counts: [3, 4] })?.[1].state, 'closed');
  assert.deepEqual(changed(polls, 'livePoll.removed', { id: 4 })?.map(({ id }) => id), [5]);
  assert.equal(changed(polls, 'livePoll.prepared', { id: 6 }), undefined);
  assert.equal(changed(polls, 'livePoll.answered', { id: 9, answered: 1 }), undefined);
});

test('what is opened can be answered without asking for it, and stands first', () => {
  const news = { id: 7, event: 1, question: 'Quando?', options: ['a', 'b'], choice: 'single', results: 'afterwards' };
  const prepared = { ...news, state: 'prepared', answered: 0, counts: [0, 0], mine: [], at: 'x' };
  const fresh = changed([{ id: 4 }], 'livePoll.opened', news);
  assert.deepEqual(fresh?.map(({ id }) => id), [7, 4]);
  assert.deepEqual(fresh?.[0], { ...news, state: 'open', answered: 0, counts: undefined, mine: [], at: '' });
  assert.deepEqual(changed([], 'livePoll.opened', { ...news, results: 'live' })?.[0].counts, [0, 0]);
  assert.deepEqual(changed([{ id: 4 }, prepared], 'livePoll.opened', news), [{ ...prepared, state: 'open' }, { id: 4 }]);
  // Of what was removed meanwhile the words are gone.
  assert.deepEqual(changed([{ id: 4 }], 'livePoll.opened', { id: 7, event: 1 }), [{ id: 4 }]);
});

test('lines are taken without blanks and without the empty ones', () => {
  assert.deepEqual(linesOf(' Sì \n\n\tNo\n '), ['Sì', 'No']);
});
