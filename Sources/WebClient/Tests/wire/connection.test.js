import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Connection } from '../../Assets/wire/connection.js';
import { WELCOME, fakeEnvironment, posted, snapshotAt } from './fakes.js';

function connect() {
  const fake = fakeEnvironment();
  const connection = new Connection(fake.environment, { device: 'd', client: 'web/1.0' });
  const seen = [];
  connection.on('update', (update) => seen.push(update.seq));
  connection.start();
  fake.sockets[0].open();
  return { ...fake, connection, seen };
}

/** A connection that has its first snapshot and is live at 10. */
function live() {
  const all = connect();
  all.sockets[0].says(WELCOME, snapshotAt(10, { 'channel/12': 3 }), { live: 10 });
  return all;
}

const helloOf = (socket) => socket.sent[0].hello;

test('first visit: hello without cursor, snapshot, updates, live', () => {
  const { connection, sockets, seen } = connect();
  assert.deepEqual(helloOf(sockets[0]), { version: 1, device: 'd', client: 'web/1.0' });
  sockets[0].says(WELCOME, snapshotAt(10, { 'channel/12': 3 }), posted(11, 4));
  assert.equal(connection.state, 'catchingUp');
  sockets[0].says({ live: 11 });
  assert.equal(connection.state, 'live');
  assert.deepEqual(seen, [11]);
});

test('resumes with its cursor, and applies each update once', () => {
  const { clock, connection, sockets, seen } = live();
  sockets[0].says(posted(11, 4));
  sockets[0].dies(1006);
  assert.equal(connection.state, 'waiting');
  clock.advance(500);
  sockets[1].open();
  assert.deepEqual(helloOf(sockets[1]).cursor, { epoch: 'e1', seq: 11 });
  sockets[1].says(WELCOME, { resumed: { from: 11, to: 13, offsets: { 'channel/12': 4 } } }, posted(11, 4), posted(12, 5), { live: 13 });
  assert.deepEqual(seen, [11, 12]);
  assert.deepEqual(connection.cursor.toHello(), { epoch: 'e1', seq: 13 });
});

test('a hole in a stream reconnects with the cursor; the same hole again starts afresh', () => {
  const { sockets, seen } = live();
  sockets[0].says(posted(12, 5), posted(13, 6));
  assert.equal(sockets[0].closed, true);
  sockets[1].open();
  assert.equal(helloOf(sockets[1]).cursor.seq, 10);
  sockets[1].says(WELCOME, { resumed: { from: 10, to: 12, offsets: { 'channel/12': 3 } } }, posted(12, 5));
  sockets[2].open();
  assert.equal(helloOf(sockets[2]).cursor, undefined);
  assert.deepEqual(seen, []);
});

test('reset forgets the cursor, the snapshot sets it anew', () => {
  const { clock, connection, sockets } = live();
  sockets[0].dies();
  clock.advance(500);
  sockets[1].open();
  sockets[1].says({ welcome: { ...WELCOME.welcome, epoch: 'e2' } }, { reset: { reason: 'epoch' } }, snapshotAt(3), { live: 3 });
  assert.deepEqual(connection.cursor.toHello(), { epoch: 'e2', seq: 3 });
});

test('what is unanswered is sent again on the next connection, with its nonce', async () => {
  const { clock, connection, sockets } = live();
  const reply = connection.request('message.post', { channel: 12, text: 'x' }, 'n1');
  sockets[0].dies();
  clock.advance(500);
  sockets[1].open();
  sockets[1].says(WELCOME);
  const sent = sockets[1].sent[1];
  assert.deepEqual(sent, { id: 1, do: 'message.post', with: { channel: 12, text: 'x' }, nonce: 'n1' });
  sockets[1].says({ id: 1, ok: { id: 11 }, seq: 11, repeated: true });
  assert.deepEqual(await reply, { id: 11 });
});

test('keeps within the bound of unanswered requests', () => {
  const { connection, sockets } = live();
  for (let i = 0; i < 3; i += 1) connection.request('channel.list');
  assert.equal(sockets[0].sent.length, 1 + 2);
  sockets[0].says({ id: 1, ok: {} });
  assert.equal(sockets[0].sent.length, 1 + 3);
});

test('rate_limited is tried again after the time the server names, other refusals are told', async () => {
  const { clock, connection, sockets } = live();
  const reply = connection.request('message.post', {}, 'n1');
  sockets[0].says({ id: 1, error: { code: 'rate_limited', retryable: true, retryAfterMs: 800 } });
  clock.advance(799);
  assert.equal(sockets[0].sent.length, 2);
  clock.advance(1);
  assert.equal(sockets[0].sent.length, 3);
  sockets[0].says({ id: 1, error: { code: 'forbidden', retryable: false } });
  await assert.rejects(reply, { code: 'forbidden' });
});

test('waits at least as long as bye asks, and longer with each failure', () => {
  const { clock, sockets } = live();
  sockets[0].says({ bye: { code: 'restart', retryAfterMs: 1500 } });
  sockets[0].dies(4012);
  clock.advance(1499);
  assert.equal(sockets.length, 1);
  clock.advance(251);
  assert.equal(sockets.length, 2);
  sockets[1].dies();
  clock.advance(500);
  assert.equal(sockets.length, 2);
  clock.advance(250);
  assert.equal(sockets.length, 3);
});

test('4401 asks to sign in, 4409 says opened elsewhere, 4403 is final: none comes back by itself', async () => {
  for (const [code, state] of [[4401, 'signedOut'], [4409, 'replaced'], [4403, 'refused']]) {
    const { clock, connection, sockets } = live();
    sockets[0].dies(code);
    clock.advance(120_000);
    assert.equal(connection.state, state);
    assert.equal(sockets.length, 1);
  }
});

test('a silent line is given up', () => {
  const { clock, sockets } = live();
  clock.advance(61_000);
  assert.equal(sockets[0].closed, true);
  assert.equal(sockets.length, 2);
});

test('signals are passed on, and dropped while there is no connection', () => {
  const { connection, sockets } = live();
  const heard = [];
  connection.on('signal', (signal) => heard.push(signal));
  sockets[0].says({ signal: 'typing', with: { channel: 12, by: 6 } });
  assert.deepEqual(heard, [{ signal: 'typing', with: { channel: 12, by: 6 } }]);
  sockets[0].dies();
  connection.signal('typing', { channel: 12 });
  assert.equal(sockets[0].sent.length, 1);
});

test('what is asked after signing out is refused, never kept for whoever signs in next', async () => {
  const { connection, sockets } = live();
  connection.stop();
  await assert.rejects(connection.request('message.post', { channel: 12, text: 'x' }, 'n1'), { code: 'signed_out' });
  connection.start();
  sockets[1].open();
  sockets[1].says(WELCOME, snapshotAt(10), { live: 10 });
  assert.deepEqual(sockets[1].sent.map((object) => Object.keys(object)[0]), ['hello']);
});

test('what is asked after the session has ended is refused too', async () => {
  const { connection, sockets } = live();
  sockets[0].dies(4401);
  await assert.rejects(connection.request('network.list'), { code: 'unauthenticated' });
});
