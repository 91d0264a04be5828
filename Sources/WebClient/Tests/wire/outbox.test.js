import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Outbox } from '../../Assets/wire/outbox.js';
import { RequestRefused } from '../../Assets/wire/requests.js';

class MemoryStorage {
  entries = new Map();
  async load(person) { return [...this.entries.values()].filter((entry) => entry.person === person); }
  async put(entry) { this.entries.set(entry.nonce, structuredClone(entry)); }
  async remove(nonce) { this.entries.delete(nonce); }
}

const message = (text, channel = 12) => ({
  person: 5, command: 'message.post', body: { channel, text }, files: [], after: 9, at: '2026-11-22T10:00:00.000Z',
});
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test('a message is stored before it is sent, and gone from the store once the server has it', async () => {
  const storage = new MemoryStorage();
  let storedWhenSent;
  const outbox = new Outbox(storage, async (_command, _body, nonce) => {
    storedWhenSent = storage.entries.has(nonce);
    return { id: 40 };
  });
  const entry = outbox.post(message('ciao'));
  assert.equal(outbox.entriesOf(12).length, 1);
  await settled();
  assert.equal(storedWhenSent, true);
  assert.deepEqual([entry.state, entry.id, storage.entries.size], ['sent', 40, 0]);
  assert.deepEqual([...outbox.sentIds], [40]);
});

test('messages of a channel go one after the other, in order', async () => {
  const order = [];
  const outbox = new Outbox(new MemoryStorage(), async (_command, body) => {
    order.push(`>${body.text}`);
    await settled();
    order.push(`<${body.text}`);
    return { id: 1 };
  });
  outbox.post(message('a'));
  outbox.post(message('b'));
  await settled().then(settled).then(settled).then(settled);
  assert.deepEqual(order, ['>a', '<a', '>b', '<b']);
});

test('a refused message says so, and is retried with the same nonce', async () => {
  const nonces = [];
  let refuse = true;
  const storage = new MemoryStorage();
  const outbox = new Outbox(storage, async (_command, _body, nonce) => {
    nonces.push(nonce);
    if (refuse) throw new RequestRefused({ code: 'forbidden' });
    return { id: 7 };
  });
  const entry = outbox.post(message('ciao'));
  await settled();
  assert.deepEqual([entry.state, entry.error], ['failed', 'forbidden']);
  assert.equal(storage.entries.get(entry.nonce).state, 'failed');
  refuse = false;
  outbox.retry(entry.nonce);
  await settled();
  assert.equal(entry.state, 'sent');
  assert.equal(nonces[0], nonces[1]);
});

test('after a reload the waiting ones are sent again with their nonce, only the author’s', async () => {
  const storage = new MemoryStorage();
  await storage.put({ ...message('mio'), nonce: 'n1', state: 'waiting' });
  await storage.put({ ...message('altrui'), nonce: 'n2', person: 6, state: 'waiting' });
  const sent = [];
  const outbox = new Outbox(storage, async (_command, _body, nonce) => {
    sent.push(nonce);
    return { id: 7 };
  });
  await outbox.open(5);
  await settled();
  assert.deepEqual(sent, ['n1']);
});

test('signing out leaves what was not sent to its author', async () => {
  const storage = new MemoryStorage();
  const outbox = new Outbox(storage, async () => {
    throw new RequestRefused({ code: 'signed_out' });
  });
  outbox.post(message('ciao'));
  await settled();
  assert.equal([...storage.entries.values()][0].state, 'waiting');
});

test('what waited behind another message is not sent once its author has signed out', async () => {
  const storage = new MemoryStorage();
  const sent = [];
  let refuseFirst;
  const outbox = new Outbox(storage, (_command, body) => {
    sent.push(body.text);
    return new Promise((_resolve, reject) => { refuseFirst = () => reject(new RequestRefused({ code: 'signed_out' })); });
  });
  outbox.post(message('prima'));
  outbox.post(message('seconda'));
  await settled();
  outbox.close();
  refuseFirst();
  await settled().then(settled);
  assert.deepEqual(sent, ['prima']);
  assert.deepEqual([...storage.entries.values()].map(({ state }) => state), ['waiting', 'waiting']);
});

test('a sent message is kept until its update has come, and not longer', async () => {
  const outbox = new Outbox(new MemoryStorage(), async () => ({ id: 40 }));
  outbox.post(message('ciao'));
  await settled();
  outbox.arrived(39);
  assert.equal(outbox.entriesOf(12).length, 1);
  outbox.arrived(40);
  assert.equal(outbox.entriesOf(12).length, 0);
});

test('each message is stored at once, also those that wait behind another', async () => {
  const storage = new MemoryStorage();
  const outbox = new Outbox(storage, () => new Promise(() => {}));
  for (const text of ['a', 'b', 'c']) outbox.post(message(text));
  await settled();
  assert.deepEqual([...storage.entries.values()].map(({ body }) => body.text), ['a', 'b', 'c']);
});

test('signing out leaves nothing of what was not sent, if one says so', async () => {
  const storage = new MemoryStorage();
  const outbox = new Outbox(storage, () => new Promise(() => undefined));
  outbox.post(message('a'));
  outbox.post(message('b', 13));
  await settled();
  assert.equal(outbox.unsent, 2);
  await outbox.forget();
  assert.deepEqual([outbox.unsent, storage.entries.size], [0, 0]);
});
