import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_KEPT, Timeline } from '../../Assets/messages/timeline.js';

const page = (ids, more = { before: false, after: false }) => ({ messages: ids.map((id) => ({ id, channel: 12, text: `${id}`, revision: 1 })), more });
const posted = (id) => ({ seq: id, stream: 'channel/12', offset: id, type: 'message.posted', at: '', by: 6, data: { id, channel: 12, text: `${id}`, revision: 1 } });

function opened() {
  const timeline = new Timeline(12);
  timeline.beginFetch();
  timeline.merge(page([1, 2, 3]), 'latest');
  return timeline;
}

test('whoever follows the end keeps a window on it, however much is written', () => {
  const timeline = opened();
  for (let id = 4; id <= 10_000; id += 1) timeline.apply(posted(id));
  assert.equal(timeline.messages.length <= MOST_KEPT + 50, true);
  assert.equal(timeline.last.id, 10_000);
  assert.deepEqual(timeline.more, { before: true, after: false });
  assert.equal(timeline.oldest, timeline.messages[0].id);
});

test('whoever reads further up keeps what is read; the newer ones are fetched when one goes there', () => {
  const timeline = opened();
  timeline.following = false;
  for (let id = 4; id <= 10_000; id += 1) timeline.apply(posted(id));
  assert.equal(timeline.messages[0].id, 1);
  assert.equal(timeline.messages.length, MOST_KEPT);
  assert.equal(timeline.more.after, true);
  timeline.beginFetch();
  timeline.merge(page([MOST_KEPT + 1, MOST_KEPT + 2], { before: true, after: true }), 'after');
  assert.equal(timeline.newest, MOST_KEPT + 2);
  const ids = timeline.messages.map(({ id }) => id);
  assert.deepEqual(ids, ids.map((_, index) => ids[0] + index));
});

test('a changed message is another object, the others stay the same', () => {
  const timeline = opened();
  const [first, second] = timeline.messages;
  timeline.apply({ seq: 9, stream: 'channel/12', offset: 9, type: 'message.reacted', at: '', by: 6, data: { message: 1, channel: 12, emoji: '👍' } });
  assert.notEqual(timeline.find(1), first);
  assert.equal(timeline.find(2), second);
  assert.deepEqual(first.reactions, []);
});

test('a window that begins at the oldest message pages on from both of its ends', () => {
  const timeline = new Timeline(12);
  timeline.beginFetch();
  timeline.merge({ messages: [{ id: 5, by: 1, at: 'now' }, { id: 9, by: 1, at: 'now' }], more: { before: false, after: true } }, 'after');
  assert.deepEqual({ oldest: timeline.oldest, newest: timeline.newest, more: timeline.more }, { oldest: 5, newest: 9, more: { before: false, after: true } });
});
