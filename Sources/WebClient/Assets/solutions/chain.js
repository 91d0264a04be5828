/** @typedef {import('./words').Solution} Solution */
/** @typedef {import('./words').Reference} Reference */

/**
 * One link of the chain from a meeting to the cities that use what came of it.
 * @typedef {{ kind: 'event' | 'decision' | 'message' | 'begun' | 'experiment' | 'version' | 'adoption', key: string, at: string | undefined, of: any }} Link
 */

/** What comes first where two things have the same moment. */
const ORDER = ['event', 'decision', 'message', 'begun', 'experiment', 'version', 'adoption'];

/**
 * What a solution came from and where it went, in order of time; what has no time yet comes last.
 * @param {Solution} solution
 * @returns {Link[]}
 */
export function chainOf(solution) {
  const outgoing = (solution.references ?? []).filter(({ incoming, kind }) => !incoming && kind !== 'solution');
  /** @type {Link[]} */
  const links = [
    ...outgoing.map((reference) => ({ kind: /** @type {Link['kind']} */ (reference.kind), key: `${reference.kind} ${reference.id}`, at: reference.at, of: reference })),
    { kind: 'begun', key: 'begun', at: solution.at, of: solution },
    ...(solution.experiments ?? []).map((experiment) => ({ kind: /** @type {const} */ ('experiment'), key: `experiment ${experiment.id}`, at: experiment.concluded ?? experiment.started ?? experiment.at, of: experiment })),
    ...(solution.versions ?? []).map((version) => ({ kind: /** @type {const} */ ('version'), key: `version ${version.version}`, at: version.at, of: version })),
    ...(solution.adoptions ?? []).map((adoption) => ({ kind: /** @type {const} */ ('adoption'), key: `adoption ${adoption.id}`, at: adoption.at, of: adoption })),
  ];
  const time = (/** @type {Link} */ { at }) => (at === undefined ? Infinity : Date.parse(at));
  return links.sort((a, b) => (time(a) === time(b) ? 0 : time(a) - time(b)) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

/**
 * What else it has to do with: other solutions, and the messages that speak of it.
 * @param {Solution} solution
 * @returns {Reference[]}
 */
export function relatedTo(solution) {
  return (solution.references ?? []).filter(({ incoming, kind }) => incoming || kind === 'solution');
}

/** @param {Reference} reference */
export function addressOfReference({ kind, id, channel, event }) {
  switch (kind) {
    case 'event': return `/events/${id}`;
    case 'decision': return event ? `/events/${event}` : undefined;
    case 'message': return channel ? `/channels/${channel}?message=${id}` : undefined;
    default: return `/solutions/${id}`;
  }
}
