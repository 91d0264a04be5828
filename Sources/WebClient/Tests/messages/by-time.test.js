import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstMessageFrom } from '../../Assets/messages/by-time.js';

const at = (minute) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();

/** What the server answers: messages on both sides of the first one that is late enough. */
function channel(...messages) {
  const asked = [];
  return { asked, history: async (body) => {
    asked.push(body);
    return { messages, more: {} };
  } };
}

test('takes the first that is late enough, by one question', async () => {
  const { history, asked } = channel({ id: 7, at: at(1) }, { id: 8, at: at(2) }, { id: 9, at: at(3) });
  assert.equal(await firstMessageFrom(history, at(2)), 8);
  assert.equal(asked.length, 1);
  assert.equal(asked[0].at, at(2));
});

test('prefers what stands in the row to a reply', async () => {
  const { history } = channel({ id: 7, at: at(1) }, { id: 8, at: at(2), thread: 7 }, { id: 9, at: at(3) });
  assert.equal(await firstMessageFrom(history, at(2)), 9);
  const replies = channel({ id: 7, at: at(1) }, { id: 8, at: at(2), thread: 7 });
  assert.equal(await firstMessageFrom(replies.history, at(2)), 8);
});

test('nothing is late enough, or there is nothing', async () => {
  assert.equal(await firstMessageFrom(channel({ id: 7, at: at(1) }).history, at(2)), undefined);
  assert.equal(await firstMessageFrom(channel().history, at(2)), undefined);
});
