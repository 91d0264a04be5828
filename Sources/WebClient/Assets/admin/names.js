import { app } from '../shell/app.js';

const PAGE = 200;
const MOST_PAGES = 25;
/** @type {Promise<void> | undefined} */
let asked;

/** Administrators read of people outside their own networks too: fetches everybody's name, once. */
export function loadEverybody() {
  asked ??= load().catch(() => {
    asked = undefined;
  });
  return asked;
}

async function load() {
  /** @type {any} */
  let cursor;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await app.query('person.list', { limit: PAGE, ...(cursor ? { cursor } : {}) });
    for (const person of answer.people) app.state.people.set(person.id, { ...app.state.people.get(person.id), ...person });
    cursor = answer.cursor;
    if (!cursor) break;
  }
  app.community.touch('people');
}
