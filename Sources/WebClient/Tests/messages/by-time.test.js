import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstMessageFrom } from '../../Assets/messages/by-time.js';

const at = (minute) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();

/** A channel whose messages have gaps between their ids, as other channels' updates make them. */
function channel(count) {
  const messages = Array.from({ length: count }, (_, index) => ({ id: 7 + index * 13, at: at(index), thread: index % 5 === 4 ? 7 : null }));
  let asked = 0;
  const history = async ({ after, limit }) => {
    asked += 1;
    return { messages: messages.filter(({ id }) => id > after).slice(0, limit), more: {} };
  };
  return { messages, history, head: 7 + count * 13, asked: () => asked };
}

test('finds the first message of each moment', async () => {
  const { messages, history, head } = channel(60);
  for (const { id, at: moment, thread } of messages) {
    if (thread) continue;
    assert.equal(await firstMessageFrom(history, head, moment), id);
  }
  assert.equal(await firstMessageFrom(history, head, at(-5)), 7);
  assert.equal(await firstMessageFrom(history, head, at(1000)), undefined);
});

test('asks about twenty questions, however long the channel is', async () => {
  const { messages, history, head, asked } = channel(20_000);
  assert.equal(await firstMessageFrom(history, head, at(12_345)), messages[12_345].id);
  assert.ok(asked() <= 20, `${asked()} questions`);
});

test('an empty channel has no message to show', async () => {
  const { history, head } = channel(0);
  assert.equal(await firstMessageFrom(history, head, at(0)), undefined);
});
