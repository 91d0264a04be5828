import { test } from 'node:test';
import assert from 'node:assert/strict';
import { fileMarkup } from '../../Assets/documents/file-markup.js';

test('a picture with its words, any other file as a link', () => {
  assert.equal(fileMarkup({ id: 7, name: 'mappa.png', type: 'image/png', bytes: 1 }, 'La mappa'), '![La mappa](/files/7)');
  assert.equal(fileMarkup({ id: 7, name: 'mappa.png', type: 'image/png', bytes: 1 }), '![](/files/7)');
  // What the server does not show as a picture is a link, whatever its name says.
  assert.equal(fileMarkup({ id: 8, name: 'disegno.svg', type: 'image/svg+xml', bytes: 1 }, 'x'), '[disegno.svg](/files/8)');
});

test('nothing in a name or in the words ends the mark or begins another', () => {
  assert.equal(fileMarkup({ id: 9, name: 'a](/files/1) [b\n`c`.pdf', type: 'application/pdf', bytes: 1 }), '[a\\](/files/1) \\[b \\`c\\`.pdf](/files/9)');
  assert.equal(fileMarkup({ id: 7, name: '', type: 'image/png', bytes: 1 }, ' due\n\nrighe *a* <b> \\ '), '![due righe \\*a\\* \\<b> \\\\](/files/7)');
});
