import { t } from '../i18n/i18n.js';

/**
 * In the order in which they are shown.
 * @type {Record<string, { one: { text: string }, many: { text: string } }>}
 */
const KINDS = {
  person: { one: { text: 'search.kind.person' }, many: { text: 'search.kinds.person' } },
  message: { one: { text: 'search.kind.message' }, many: { text: 'search.kinds.message' } },
  solution: { one: { text: 'search.kind.solution' }, many: { text: 'search.kinds.solution' } },
  document: { one: { text: 'search.kind.document' }, many: { text: 'search.kinds.document' } },
  event: { one: { text: 'search.kind.event' }, many: { text: 'search.kinds.event' } },
  decision: { one: { text: 'search.kind.decision' }, many: { text: 'search.kinds.decision' } },
  file: { one: { text: 'search.kind.file' }, many: { text: 'search.kinds.file' } },
};
const OTHER = { many: { text: 'search.kind.other' } };

/** @param {string} kind */
export function kindTitle(kind) {
  return t((KINDS[kind] ?? OTHER).many.text);
}

export function kindOptions() {
  return Object.entries(KINDS).map(([value, { one }]) => ({ value, label: t(one.text) }));
}

/**
 * Those of a kind together, the kinds in their order, within a kind as the server ranked them.
 * @template {{ kind: string }} Hit
 * @param {Hit[]} hits
 * @returns {[string, Hit[]][]}
 */
export function byKind(hits) {
  const order = Object.keys(KINDS);
  /** @type {Map<string, Hit[]>} */
  const groups = new Map();
  for (const hit of hits) groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit]);
  const rank = (/** @type {string} */ kind) => (order.includes(kind) ? order.indexOf(kind) : order.length);
  return [...groups].sort(([a], [b]) => rank(a) - rank(b));
}
