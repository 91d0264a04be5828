/**
 * A question as `question.list` gives it.
 * @typedef {{ id: number, event: number, person: { id: number, name: string }, text: string, votes: number, voted: boolean, state: string, answer?: string, at: string }} Question
 */

/**
 * Those to be answered first, by votes, then by age: the server's order.
 * @param {Question[]} questions
 */
export function inOrder(questions) {
  const rank = (/** @type {Question} */ question) => (question.state === 'answered' ? 1 : 0);
  return [...questions].sort((a, b) => rank(a) - rank(b) || b.votes - a.votes || a.id - b.id);
}

/**
 * The questions of a fresh answer in the order in which one is reading them: what was there keeps its place, what is new
 * comes behind it.
 * @param {Question[]} shown
 * @param {Question[]} fresh
 */
export function keepingPlaces(shown, fresh) {
  const byId = new Map(fresh.map((question) => [question.id, question]));
  const kept = shown.flatMap(({ id }) => byId.get(id) ?? []);
  const known = new Set(kept.map(({ id }) => id));
  return [...kept, ...fresh.filter(({ id }) => !known.has(id))];
}

/** @param {Question[]} questions */
export function isOrdered(questions) {
  return inOrder(questions).every(({ id }, index) => id === questions[index]?.id);
}
