/**
 * A poll at an event as `livePoll.list` gives it.
 * @typedef {{ id: number, event: number, question: string, options: string[], choice: 'single' | 'multiple', results: 'live' | 'afterwards', state: 'prepared' | 'open' | 'closed', answered: number, counts?: number[], mine: number[], at: string }} LivePoll
 */

/**
 * How many in a hundred of those who answered chose each option, as whole numbers.
 * @param {number[]} counts
 * @param {number} answered
 */
export function shares(counts, answered) {
  return counts.map((count) => (answered === 0 ? 0 : Math.round((100 * count) / answered)));
}

/**
 * The options that most chose; none where nobody answered.
 * @param {number[]} counts
 */
export function leading(counts) {
  const most = Math.max(0, ...counts);
  return most === 0 ? [] : counts.flatMap((count, index) => (count === most ? [index] : []));
}

/**
 * The polls after an update; nothing where it has to be asked for.
 * @param {LivePoll[]} polls
 * @param {string} type
 * @param {any} data
 * @returns {LivePoll[] | undefined}
 */
export function changed(polls, type, data) {
  if (type === 'livePoll.removed') return polls.filter(({ id }) => id !== data.id);
  if (type === 'livePoll.opened') return data.question === undefined ? polls : opened(polls, data);
  const known = polls.some(({ id }) => id === data.id);
  if (!known || !['livePoll.answered', 'livePoll.closed'].includes(type)) return undefined;
  return polls.map((poll) => (poll.id !== data.id ? poll : {
    ...poll, answered: data.answered, counts: data.counts ?? poll.counts, state: type === 'livePoll.closed' ? 'closed' : poll.state,
  }));
}

/**
 * All that is needed to answer comes with the update: a full room does not ask for it at once.
 * @param {LivePoll[]} polls
 * @param {any} data
 * @returns {LivePoll[]}
 */
function opened(polls, { id, event, question, options, choice, results }) {
  const known = polls.find((poll) => poll.id === id);
  const counts = known?.counts ?? (results === 'live' ? options.map(() => 0) : undefined);
  const poll = { id, event, question, options, choice, results, state: /** @type {const} */ ('open'), answered: 0, counts, mine: [], at: known?.at ?? '' };
  return [poll, ...polls.filter((other) => other.id !== id)];
}

/**
 * The lines of a text, without blanks around them and without empty ones.
 * @param {string} text
 */
export function linesOf(text) {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}
