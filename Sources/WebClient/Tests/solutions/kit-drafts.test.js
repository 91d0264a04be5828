import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgetKitDrafts, kitDraftCount, kitDrafts } from '../../Assets/solutions/kit-drafts.js';

/** As a browser's storage: what is kept are its own properties. */
function storage() {
  const methods = {
    getItem(key) { return this[key] ?? null; },
    setItem(key, value) { this[key] = String(value); },
    removeItem(key) { delete this[key]; },
  };
  return Object.create(methods);
}

test('a draft is kept by person, solution and part until it is dropped', () => {
  const drafts = kitDrafts(storage());
  drafts.keep(5, 50, 'risks', { text: 'nuovo', base: 'vecchio' });
  assert.deepEqual(drafts.of(5, 50, 'risks'), { text: 'nuovo', base: 'vecchio' });
  assert.deepEqual([drafts.of(6, 50, 'risks'), drafts.of(5, 51, 'risks'), drafts.of(5, 50, 'costs')], [undefined, undefined, undefined]);
  drafts.drop(5, 50, 'risks');
  assert.equal(drafts.of(5, 50, 'risks'), undefined);
});

test('what says what the part says already is no draft', () => {
  const kept = storage();
  const drafts = kitDrafts(kept);
  drafts.keep(5, 50, 'risks', { text: 'nuovo', base: 'vecchio' });
  drafts.keep(5, 50, 'risks', { text: 'vecchio', base: 'vecchio' });
  assert.equal(kitDraftCount(kept), 0);
});

test('a full or damaged storage takes nothing from the page', () => {
  const full = { getItem: () => '{', setItem: () => { throw new Error('full'); }, removeItem: () => undefined };
  kitDrafts(full).keep(5, 50, 'risks', { text: 'nuovo', base: '' });
  assert.equal(kitDrafts(full).of(5, 50, 'risks'), undefined);
});

test('signing out forgets the drafts and nothing else', () => {
  const kept = storage();
  kept.setItem('metropoli.language', 'it');
  kitDrafts(kept).keep(5, 50, 'risks', { text: 'a', base: '' });
  kitDrafts(kept).keep(5, 50, 'costs', { text: 'b', base: '' });
  assert.equal(kitDraftCount(kept), 2);
  forgetKitDrafts(kept);
  assert.deepEqual(Object.keys(kept), ['metropoli.language']);
});
