import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PartWriting } from '../../Assets/solutions/part-writing.js';

test('what another one writes comes in only where nothing was typed', () => {
  const writing = new PartWriting('prima');
  writing.heard('dopo');
  assert.deepEqual([writing.text, writing.isChanged, writing.isDisputed], ['dopo', false, false]);
});

test('both texts stay until the writer decides', () => {
  const writing = new PartWriting('prima');
  writing.text = 'la mia';
  writing.heard('prima');
  assert.equal(writing.isDisputed, false);
  writing.heard('la sua');
  assert.deepEqual([writing.text, writing.theirs], ['la mia', 'la sua']);
  writing.heard('la sua, meglio');
  assert.deepEqual([writing.text, writing.theirs], ['la mia', 'la sua, meglio']);
  writing.keepMine();
  assert.deepEqual([writing.text, writing.base, writing.isDisputed], ['la mia', 'la sua, meglio', false]);
});

test('the other’s text may be taken, and a change that was taken back is no dispute', () => {
  const writing = new PartWriting('prima');
  writing.text = 'la mia';
  writing.heard('la sua');
  writing.heard('prima');
  assert.equal(writing.isDisputed, false);
  writing.heard('');
  writing.takeTheirs();
  assert.deepEqual([writing.text, writing.isChanged, writing.isDisputed], ['', false, false]);
});

test('the same text from both sides is nothing to decide', () => {
  const writing = new PartWriting('prima');
  writing.text = 'uguale';
  writing.heard('uguale');
  assert.deepEqual([writing.isChanged, writing.isDisputed], [false, false]);
});
