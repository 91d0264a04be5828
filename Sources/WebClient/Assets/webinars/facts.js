import { app } from '../shell/app.js';

/**
 * @typedef {{ id: number, event: number, kind: string, title: string, url?: string, file?: import('../wire/protocol').FileInfo }} Material
 */

/**
 * An event's room as `webinar.get` gives it.
 * @typedef {{ event: number, provider?: string, opens?: string, closes?: string, part?: 'facilitator' | 'speaker' | 'participant', ready?: boolean, materials?: Material[] }} Webinar
 */

/** @type {Map<number, { facts: Webinar, state: unknown }>} */
const known = new Map();
/** How much the server's clock is ahead of ours, where it told. */
let ahead = 0;

/**
 * What is known of an event's room; of what another person was told, nothing.
 * @param {number} event
 * @returns {Webinar | undefined}
 */
export function webinarOf(event) {
  const entry = known.get(event);
  return entry && entry.state === app.state ? entry.facts : undefined;
}

/** @param {number} event */
export async function loadWebinar(event) {
  const { state } = app;
  const facts = await app.query('webinar.get', { event });
  known.set(event, { facts, state });
  touchWebinar(event);
  return facts;
}

/** @param {number} event */
export function touchWebinar(event) {
  app.community.touch(`webinar/${event}`);
}

/** The server's time, as far as it is known. */
export function serverNow() {
  return Date.now() + ahead;
}

/** @param {number} at the server's time, as it just told */
export function learnTime(at) {
  ahead = at - Date.now();
}

/** @param {Webinar | undefined} facts @param {import('../wire/protocol').Event | undefined} event */
export function isOpen(facts, event) {
  if (!facts?.opens || !facts.closes || !event || ['draft', 'cancelled', 'postponed'].includes(event.state)) return false;
  const now = serverNow();
  return now >= Date.parse(facts.opens) && now < Date.parse(facts.closes);
}
