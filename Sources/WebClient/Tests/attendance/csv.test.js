import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv } from '../../Assets/attendance/csv.js';

test('a table is written by RFC 4180', () => {
  assert.equal(csv([['Nome', 'Nota'], ['Anna', 'sì, "certo"'], ['Ugo', 'a\nb']]), 'Nome,Nota\r\nAnna,"sì, ""certo"""\r\nUgo,"a\nb"\r\n');
});

test('no cell is a formula to a spreadsheet, also behind quotes', () => {
  for (const cell of ['=1+1', '+39 051', '-2', '@SUM(A1)', "'=1", "''@x"]) assert.equal(csv([[cell]]), `'${cell}\r\n`);
  assert.equal(csv([['\t=1']]), '"\'\t=1"\r\n');
  assert.equal(csv([["l'Aquila", '1-2']]), "l'Aquila,1-2\r\n");
});
