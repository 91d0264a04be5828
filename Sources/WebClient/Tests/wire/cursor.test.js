import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cursor } from '../../Assets/wire/cursor.js';

const ME = 5;
const update = (seq, stream, offset, type = 'message.posted', data = {}) => ({ seq, stream, offset, type, data });

test('applies what is above the cursor and next in its stream', () => {
  const cursor = new Cursor('e', 10, { 'channel/12': 3 });
  assert.equal(cursor.judge(update(10, 'channel/12', 3), ME), 'old');
  assert.equal(cursor.judge(update(11, 'channel/12', 4), ME), 'apply');
  assert.equal(cursor.judge(update(11, 'channel/12', 5), ME), 'gap');
});

test('a stream that offsets do not name stands at 0', () => {
  const cursor = new Cursor('e', 10, {});
  assert.equal(cursor.judge(update(11, 'channel/13', 1), ME), 'apply');
  assert.equal(cursor.judge(update(11, 'channel/13', 2), ME), 'gap');
});

test('an own joining begins a stream at any offset, somebody else’s does not', () => {
  const cursor = new Cursor('e', 10, {});
  const joined = (person) => update(11, 'channel/12', 40, 'channel.joined', { channel: 12, person });
  assert.equal(cursor.judge(joined(6), ME), 'gap');
  assert.equal(cursor.judge(joined(ME), ME), 'apply');
  cursor.advance(joined(ME), ME);
  assert.equal(cursor.judge(update(12, 'channel/12', 41), ME), 'apply');
});

test('an own leaving ends a stream, so that a later joining begins it anew', () => {
  const cursor = new Cursor('e', 10, { 'channel/12': 3 });
  cursor.advance(update(11, 'channel/12', 4, 'channel.left', { channel: 12, person: ME }), ME);
  assert.equal(cursor.offsets.has('channel/12'), false);
});

test('access.gained and access.lost begin and end streams', () => {
  const cursor = new Cursor('e', 10, { 'person/5': 1, 'channel/12': 3, 'channel/13': 8 });
  cursor.advance(update(11, 'person/5', 2, 'access.lost', { streams: ['channel/12', 'channel/13'] }), ME);
  assert.deepEqual([...cursor.offsets], [['person/5', 2]]);
  cursor.advance(update(12, 'person/5', 3, 'access.gained', { streams: ['network/7/desk'], offsets: { 'network/7/desk': 9 } }), ME);
  assert.equal(cursor.judge(update(13, 'network/7/desk', 10), ME), 'apply');
});

test('live and head move the cursor, never back', () => {
  const cursor = new Cursor('e', 10, {});
  cursor.promised(20);
  cursor.promised(15);
  assert.deepEqual(cursor.toHello(), { epoch: 'e', seq: 20 });
});

test('an opened document counts its own revisions: its offsets are no gap', () => {
  const cursor = new Cursor('e', 10, {});
  const changed = update(11, 'document/44', 90, 'document.changed');
  assert.equal(cursor.judge(changed, ME), 'apply');
  cursor.advance(changed, ME);
  assert.equal(cursor.judge(update(12, 'document/44', 95, 'document.changed'), ME), 'apply');
  assert.equal(cursor.judge(update(11, 'document/44', 90, 'document.changed'), ME), 'old');
});
