import assert from 'node:assert/strict';
import { test } from 'node:test';
import { charactersBeyond, decodeFrame, encodeFrames, utf8Length } from '../../Assets/wire/codec.js';
import { newNonce } from '../../Assets/wire/nonces.js';
import { backoffMs } from '../../Assets/wire/backoff.js';
import { afterClose } from '../../Assets/wire/close-codes.js';

test('a frame carries several objects', () => {
  assert.deepEqual(decodeFrame('{"head":1}\n{"live":2}\n'), [{ head: 1 }, { live: 2 }]);
});

test('objects are packed in order, within the frame limit in bytes of UTF-8', () => {
  const objects = ['àà', 'bb', 'cc'].map((text) => ({ text }));
  const one = utf8Length(JSON.stringify(objects[0]));
  assert.equal(encodeFrames(objects, 1000).length, 1);
  const frames = encodeFrames(objects, one + 1 + utf8Length(JSON.stringify(objects[1])));
  assert.deepEqual(frames.map((frame) => frame.split('\n').length), [2, 1]);
  assert.deepEqual(frames.flatMap(decodeFrame), objects);
});

test('a nonce has the form the server accepts, and does not repeat', () => {
  const nonces = new Set(Array.from({ length: 1000 }, () => newNonce()));
  assert.equal(nonces.size, 1000);
  for (const nonce of nonces) assert.match(nonce, /^[A-Za-z0-9_-]{1,64}$/);
});

test('waits grow, are jittered, bounded, and never shorter than the server asked', () => {
  assert.equal(backoffMs(0, { random: () => 0 }), 250);
  assert.equal(backoffMs(0, { random: () => 1 }), 500);
  assert.equal(backoffMs(40, { random: () => 1 }), 30_000);
  assert.ok(backoffMs(0, { random: () => 0, atLeastMs: 1500 }) >= 1500);
});

test('close codes say what to do next', () => {
  const expected = { 1006: 'resume', 1001: 'resume', 4008: 'resume', 4012: 'resume', 4408: 'resume',
    4400: 'refused', 4403: 'refused', 4401: 'signIn', 4409: 'replaced' };
  for (const [code, next] of Object.entries(expected)) assert.equal(afterClose(Number(code)), next, code);
});

test('how much too long a text is, is told in characters', () => {
  assert.equal(charactersBeyond('abc', 3), 0);
  assert.equal(charactersBeyond('abcde', 3), 2);
  assert.equal(charactersBeyond('èèè', 3), 2);
  assert.equal(charactersBeyond('a😀', 4), 1);
});
