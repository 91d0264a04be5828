import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, hasFilters, queryOf, requestOf, withOperator } from '../Assets/search/query.js';

test('a search lives in the address, there and back', () => {
  const query = { text: 'piano "strategico" da:anna', network: 7, channel: undefined, by: 5, kind: 'message', since: '2026-10-01', until: undefined };
  assert.deepEqual(queryOf(addressOf(query).slice('/search'.length)), query);
  assert.equal(hasFilters(query), true);
  assert.equal(hasFilters(queryOf('?q=piano')), false);
});

test('the server is asked for whole days, and only for what was chosen', () => {
  const request = requestOf({ text: 'piano', since: '2026-10-01', until: '2026-10-01' });
  assert.equal(Date.parse(request.until) - Date.parse(request.since), 86_400_000);
  assert.deepEqual(Object.keys(requestOf({ text: 'piano', network: undefined })), ['text']);
});

test('an operator is added after what is there', () => {
  assert.equal(withOperator('', 'da:'), 'da:');
  assert.equal(withOperator('piano ', 'da:'), 'piano da:');
});
