import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toShown, toWire } from '../../Assets/messages/wire-text.js';

test('a text comes back from the wire as it was shown, and goes back as it came', () => {
  const wire = 'Ciao @[Anna Bianchi](5), @[facilitators] e @[Anna Bianchi Rossi](7): vedi [qui](https://a.example) e #12';
  const { text, names } = toShown(wire);
  assert.equal(text, 'Ciao @Anna Bianchi, @facilitators e @Anna Bianchi Rossi: vedi [qui](https://a.example) e #12');
  assert.equal(toWire(text, names), wire);
});

test('what only looks like a mention stays as it is', () => {
  assert.equal(toWire('scrivi a @Anna', new Map([['Anna Bianchi', '@[Anna Bianchi](5)']])), 'scrivi a @Anna');
});
