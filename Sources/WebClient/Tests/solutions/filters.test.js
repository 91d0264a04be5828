import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueAddress, filtersOf, isNarrowed, listQuery } from '../../Assets/solutions/filters.js';

test('filters live in the address', () => {
  const filters = { view: 'solutions', text: 'sportello unico', network: 7, area: 'edilizia', city: 3, state: 'published', adoptedBy: 9, cost: 20000, transferred: false };
  const address = catalogueAddress(filters);
  assert.equal(address, '/solutions?q=sportello+unico&network=7&area=edilizia&city=3&state=published&adoptedBy=9&cost=20000&transferred=no');
  assert.deepEqual(filtersOf(address.replace('/solutions', '')), filters);
  assert.equal(catalogueAddress(filtersOf('')), '/solutions');
  assert.equal(catalogueAddress({ view: 'adoptions', text: '', city: 3 }), '/solutions?view=adoptions&city=3');
  assert.equal(filtersOf('?view=map').view, 'map');
});

test('the server is asked only for what was chosen', () => {
  assert.deepEqual(listQuery(filtersOf('')), {});
  assert.deepEqual(listQuery(filtersOf('?q=piani&transferred=yes')), { text: 'piani', transferred: true });
  assert.deepEqual([isNarrowed(filtersOf('')), isNarrowed(filtersOf('?transferred=no'))], [false, true]);
});
