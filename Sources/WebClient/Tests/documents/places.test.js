import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CoEditing } from '../../Assets/documents/co-editing.js';
import { ChangeSet, kit } from './model.js';

function opened(text) {
  const editing = new CoEditing({ kit, hash: async () => undefined, now: () => 0, later: () => undefined, opId: () => 'o', send: () => new Promise(() => undefined) }, { mostBytes: 1000 });
  editing.opened({ revision: 1, text });
  return editing;
}

test('a place of an earlier revision is found in the text as it stands here', () => {
  const editing = opened('uno due tre');
  editing.local(ChangeSet.of({ from: 0, insert: '>> ' }, 11));
  editing.changed({ revision: 2, changes: [4, [0, 'e mezzo '], 7], by: 2 });
  assert.equal(editing.text, '>> uno e mezzo due tre');
  assert.equal(editing.place(4, 1), 15);
  assert.equal(editing.place(8, 1), 19);
  assert.equal(editing.place(4, 2, -1), 7);
  assert.equal(editing.place(4, 3), undefined);
  assert.equal(editing.confirmedPlace(19), 16);
});

test('what is only here has no place at the server: its beginning stands for it', () => {
  const editing = opened('uno');
  editing.local(ChangeSet.of({ from: 3, insert: ' due' }, 3));
  assert.equal(editing.confirmedPlace(6), 3);
});
