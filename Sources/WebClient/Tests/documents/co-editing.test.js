import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOf, wholeCharacters } from '../../Assets/documents/changes.js';
import { ChangeSet, ModelServer, Text, client, kit, sha256 } from './model.js';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** One client at a server that answers at once; what it sends is kept. */
function connected(text = 'Verbale') {
  const server = new ModelServer(text);
  const sent = [];
  let lastId = 0;
  const all = client({
    opId: () => `op${++lastId}`,
    send: async (operation) => {
      sent.push(operation);
      return server.op('ana', operation);
    },
  });
  const open = () => {
    all.editing.opened(server.open());
    all.editor.text = Text.of(server.text.toString().split('\n'));
  };
  return { ...all, server, sent, open };
}

test('one operation is on its way, what is typed meanwhile is composed and follows it', async () => {
  const { editing, server, sent, type, open } = connected('');
  open();
  for (const [at, letter] of [...'ciao'].entries()) type({ from: at, insert: letter });
  assert.deepEqual(sent, [{ opId: 'op1', base: 1, changes: [[0, 'c']] }]);
  await settle();
  editing.changed(server.log[0]);
  assert.deepEqual(sent[1], { opId: 'op2', base: 2, changes: [1, [0, 'iao']] });
  assert.equal(editing.pending, 1);
  editing.changed(server.log[1]);
  assert.equal(editing.pending, 0);
  assert.equal(server.text.toString(), 'ciao');
  assert.equal(editing.confirmedText, 'ciao');
});

test('after a reconnect the same operation is sent again, and taken once', async () => {
  const server = new ModelServer('');
  const sent = [];
  const { editing, type } = client({
    opId: () => 'op1',
    send: (operation) => {
      sent.push(operation);
      server.op('ana', operation);
      // The answer is lost with the line.
      return sent.length === 1 ? Promise.reject(Object.assign(new Error(), { code: 'unavailable' })) : Promise.resolve(server.op('ana', operation));
    },
  });
  editing.opened(server.open());
  type({ from: 0, insert: 'ciao' });
  await settle();
  editing.disconnected();
  assert.equal(editing.pending, 1);
  editing.opened(server.open(1));
  assert.equal(editing.pending, 0);
  assert.equal(server.revision, 2);
  assert.equal(editing.confirmedText, 'ciao');
});

test('an operation that did not arrive is sent again unchanged, though others changed the text meanwhile', async () => {
  const server = new ModelServer('ab');
  const sent = [];
  const { editing, editor, type } = client({ opId: () => 'mine', send: async (operation) => { sent.push(operation); return {}; } });
  editing.opened(server.open());
  editor.text = Text.of(['ab']);
  type({ from: 2, insert: 'c' });
  editing.disconnected();
  server.op('ben', { base: 1, opId: 'b', changes: [[0, 'X'], 2] });
  await settle();
  editing.opened(server.open(1));
  assert.deepEqual(sent[1], sent[0]);
  assert.equal(editor.text.toString(), 'Xabc');
  server.op('ana', sent[1]);
  editing.changed(server.log[1]);
  assert.equal(server.text.toString(), 'Xabc');
  assert.equal(editing.pending, 0);
});

test('where two insert at the same place, the one that the server had first stands first', () => {
  const server = new ModelServer('');
  const { editing, editor, type } = client({ opId: () => 'mine', send: async () => ({}) });
  editing.opened(server.open());
  type({ from: 0, insert: 'mio' });
  server.op('ben', { base: 1, opId: 'b', changes: [[0, 'suo ']] });
  editing.changed(server.log[0]);
  assert.equal(editor.text.toString(), 'suo mio');
});

test('a hole in the revisions asks to open again, and nothing is taken twice', () => {
  const server = new ModelServer('');
  const { editing, editor } = client({ opId: () => '', send: async () => ({}) });
  editing.opened(server.open());
  let gaps = 0;
  editing.on('gap', () => { gaps += 1; });
  for (const letter of 'abc') server.op('ben', { base: server.revision, opId: letter, changes: [...(server.text.length ? [server.text.length] : []), [0, letter]] });
  editing.changed(server.log[0]);
  editing.changed(server.log[2]);
  assert.equal(gaps, 1);
  assert.equal(editor.text.toString(), 'a');
  editing.opened(server.open(2));
  editing.changed(server.log[2]);
  assert.equal(editor.text.toString(), 'abc');
});

test('a text that differs from the server’s is never silent', async () => {
  const { editing, server, type, open } = connected('');
  open();
  const troubles = [];
  editing.on('trouble', (trouble) => troubles.push(trouble));
  // The server's text goes another way than it says.
  server.text = Text.of(['?']);
  server.op = (author, operation) => {
    server.log.push({ revision: server.revision + 1, changes: operation.changes, by: author, opId: operation.opId });
    return { revision: server.revision, hash: sha256('?') };
  };
  for (let count = 0; count < 25; count += 1) {
    type({ from: 0, insert: 'x' });
    await settle();
    if (server.log[count]) editing.changed(server.log[count]);
    await settle();
  }
  assert.deepEqual(troubles, ['differs']);
  assert.equal(editing.text.length >= 19, true);
});

test('the hash at opening is compared', async () => {
  const { editing } = client({ opId: () => '', send: async () => ({}) });
  editing.opened({ revision: 3, text: 'uno', hash: sha256('due') });
  await settle();
  assert.equal(editing.trouble, 'differs');
});

test('changes that do not fit the text are never silent', () => {
  const { editing } = client({ opId: () => '', send: async () => ({}) });
  editing.opened({ revision: 1, text: 'uno' });
  editing.changed({ revision: 2, changes: [7, [0, 'x']] });
  assert.equal(editing.trouble, 'differs');
});

test('what others change asks for a check, when no own answer brings a hash', () => {
  const server = new ModelServer('');
  const { editing } = client({ opId: () => '', send: async () => ({}) });
  editing.opened(server.open());
  let asked = 0;
  editing.on('check', () => { asked += 1; });
  for (let count = 0; count < 60; count += 1) {
    server.op('ben', { base: server.revision, opId: String(count), changes: [[0, 'x'], ...(count ? [count] : [])] });
    editing.changed(server.log[count]);
  }
  assert.equal(asked, 1);
});

test('what is pending survives the page, and goes on where it stopped', async () => {
  const first = connected('Verbale');
  first.open();
  first.editing.disconnected();
  first.type({ from: 7, insert: ' del 3 marzo' });
  const saved = JSON.parse(JSON.stringify(first.editing.saved));
  first.server.op('ben', { base: 1, opId: 'b', changes: [[0, 'Bozza: '], 7] });

  const second = client({ opId: () => 'again', send: async (operation) => first.server.op('ana', operation) });
  second.editing.restore(saved);
  assert.equal(second.editing.text, 'Verbale del 3 marzo');
  second.editor.text = Text.of([second.editing.text]);
  second.editing.opened(first.server.open(saved.revision));
  assert.equal(second.editor.text.toString(), 'Bozza: Verbale del 3 marzo');
  second.editing.changed(first.server.log.at(-1));
  assert.equal(first.server.text.toString(), 'Bozza: Verbale del 3 marzo');
  assert.equal(second.editing.saved, undefined);
});

test('when the server has forgotten the way, pending changes are shown and others give way', () => {
  const { editing, editor } = client({ opId: () => '', send: async () => ({}) });
  editing.opened({ revision: 4, text: '' });
  editing.opened({ revision: 20_000, text: 'tutto nuovo' });
  assert.equal(editor.text.toString(), 'tutto nuovo');
  assert.equal(editing.trouble, undefined);
  editing.disconnected();
  editing.local(ChangeSet.of({ from: 0, insert: 'mio ' }, 11));
  editing.opened({ revision: 50_000, text: 'altro' });
  assert.equal(editing.trouble, 'forgotten');
  assert.equal(editing.text, 'mio tutto nuovo');
});

test('a refusal keeps one’s own text and says why', async () => {
  for (const [code, trouble] of [['forbidden', 'closed'], ['too_large', 'refused'], ['invalid', 'refused']]) {
    const { editing, type } = client({ opId: () => 'o', send: () => Promise.reject(Object.assign(new Error(), { code })) });
    editing.opened({ revision: 1, text: '' });
    type({ from: 0, insert: 'mio' });
    await settle();
    assert.equal(editing.trouble, trouble);
    assert.equal(editing.refusal, code);
    assert.equal(editing.text, 'mio');
  }
});

test('what is composed without a line is sent in operations that a frame can carry', async () => {
  const server = new ModelServer('');
  const sent = [];
  let lastId = 0;
  const { editing, type } = client({ opId: () => `o${++lastId}`, send: async (operation) => { sent.push(operation); return server.op('ana', operation); } }, { mostBytes: 100 });
  for (let count = 0; count < 20; count += 1) type({ from: count * 30, insert: `${'è'.repeat(29)}\n` });
  editing.opened(server.open());
  for (let count = 0; count < server.log.length; count += 1) {
    editing.changed(server.log[count]);
    await settle();
  }
  assert.equal(server.text.toString(), `${'è'.repeat(29)}\n`.repeat(20));
  assert.equal(editing.pending, 0);
  assert.ok(sent.every(({ changes }) => bytesOf(ChangeSet.fromJSON(changes)) <= 110));
  assert.equal(editing.fits(ChangeSet.of({ from: 0, insert: 'x'.repeat(200) }, 0)), false);
});

test('no change parts the two halves of a character', () => {
  const whole = (specs, text) => {
    const changes = ChangeSet.of(specs, text.length);
    const widened = wholeCharacters(changes, kit.text(text));
    const result = widened ? ChangeSet.of(widened, text.length) : changes;
    return [result.apply(kit.text(text)).toString(), result.toJSON()];
  };
  // A browser that reports only the half that differs: 😀 became 😁.
  assert.deepEqual(whole({ from: 2, to: 3, insert: '\uDE01' }, 'a😀b'), ['a😁b', [1, [2, '😁'], 1]]);
  assert.equal(whole({ from: 2, insert: 'x' }, 'a😀b')[0].isWellFormed?.() ?? true, true);
  assert.equal(whole({ from: 1, to: 2 }, 'a😀b')[0].isWellFormed?.() ?? true, true);
  assert.deepEqual(whole({ from: 0, insert: '\uD83D!' }, 'ab')[0], '\uFFFD!ab');
  assert.deepEqual(whole({ from: 1, to: 3, insert: '😎' }, 'a😀b'), ['a😎b', [1, [2, '😎'], 1]]);
});
