/** @typedef {import('../store/state').Slice} Slice */

const STEPS = {
  solution: ['created', 'written', 'changed', 'licensed', 'submitted', 'asked', 'returned', 'approved', 'published', 'withdrawn', 'superseded', 'referred'],
  experiment: ['created', 'changed', 'advanced'],
  adoption: ['requested', 'advanced', 'appointed'],
};

/** Keeps nothing: tells the screens that show solutions, experiments and adoptions which of them is another one now. */
/** @type {Slice} */
export const solutions = {
  updates: Object.fromEntries(Object.entries(STEPS).flatMap(([kind, steps]) => steps.map((step) => [`${kind}.${step}`, changed]))),
};

/** @type {(state: import('../store/state').State, update: import('../wire/protocol').Update, touch: import('../store/state').Touch) => void} */
function changed(_state, { type, data }, touch) {
  const [kind] = type.split('.');
  touch('solutions');
  touch(`${kind}/${data.id}`);
  if (kind !== 'solution' && data.solution) touch(`solution/${data.solution}`);
  // The newer one shows what it took the place of.
  if (data.by) touch(`solution/${data.by}`);
  // It may have gone from one solution to another, and bears the new one only.
  if (type === 'experiment.changed') touch('experiments moved');
}
