import { app } from './app.js';

/**
 * Where one is. Addresses hold ids, for the slugs of private channels are not unique.
 * @typedef {{ screen: 'home' }
 *   | { screen: 'network', network: number, part: import('../networks/tabs').Part }
 *   | { screen: 'channel', channel: number, thread?: number, message?: number }
 *   | { screen: 'search', text: string, filters: string }
 *   | { screen: 'admin', section: string, id?: number }
 *   | { screen: 'reference', id: number }
 *   | { screen: 'calendar', filters: string }
 *   | { screen: 'event', event: number, edit: boolean }
 *   | { screen: 'desk', event: number, mode: string }
 *   | { screen: 'newEvent', network: number }
 *   | { screen: 'checkIn', code: string }
 *   | { screen: 'poll', poll: number }
 *   | { screen: 'newPoll', network: number }
 *   | { screen: 'series', series: number }
 *   | { screen: 'document', document: number, edit: boolean }
 *   | { screen: 'tasks', network: string }
 *   | { screen: 'solutions', filters: string }
 *   | { screen: 'compareSolutions', filters: string }
 *   | { screen: 'solution', solution: number, version?: number }
 *   | { screen: 'newSolution', network: number }
 *   | { screen: 'experiment', experiment: number }
 *   | { screen: 'adoption', adoption: number }
 *   | { screen: 'notifications' }
 *   | { screen: 'me' }
 *   | { screen: 'person', person: number }
 *   | { screen: 'unknown' }} Place
 */

/** @param {URL} address @returns {Place} */
export function placeOf(address) {
  const path = address.pathname.replace(/\/+$/, '');
  if (path === '') return { screen: 'home' };
  if (path === '/search') return { screen: 'search', text: address.searchParams.get('q') ?? '', filters: address.search };
  if (path === '/notifications') return { screen: 'notifications' };
  if (path === '/tasks') return { screen: 'tasks', network: /^\d+$/.exec(address.searchParams.get('network') ?? '')?.[0] ?? '' };
  if (path === '/me') return { screen: 'me' };
  const person = /^\/people\/(\d+)$/.exec(path);
  if (person) return { screen: 'person', person: Number(person[1]) };
  const reference = /^\/go\/(\d+)$/.exec(path);
  if (reference) return { screen: 'reference', id: Number(reference[1]) };
  if (path === '/events') return { screen: 'calendar', filters: address.search };
  const event = /^\/events\/(\d+)(\/edit)?$/.exec(path);
  if (event) return { screen: 'event', event: Number(event[1]), edit: event[2] !== undefined };
  const series = /^\/series\/(\d+)$/.exec(path);
  if (series) return { screen: 'series', series: Number(series[1]) };
  const ticket = /^\/check-in\/([\w-]+)$/.exec(path);
  if (ticket) return { screen: 'checkIn', code: ticket[1] };
  const desk = /^\/events\/(\d+)\/desk(?:\/(check-in|import|messages))?$/.exec(path);
  if (desk) return { screen: 'desk', event: Number(desk[1]), mode: desk[2] ?? '' };
  const poll = /^\/polls\/(\d+)$/.exec(path);
  if (poll) return { screen: 'poll', poll: Number(poll[1]) };
  const asked = /^\/networks\/(\d+)\/polls\/new$/.exec(path);
  if (asked) return { screen: 'newPoll', network: Number(asked[1]) };
  const document = /^\/documents\/(\d+)(\/edit)?$/.exec(path);
  if (document) return { screen: 'document', document: Number(document[1]), edit: document[2] !== undefined };
  const fresh = /^\/networks\/(\d+)\/events\/new$/.exec(path);
  if (fresh) return { screen: 'newEvent', network: Number(fresh[1]) };
  if (path === '/solutions') return { screen: 'solutions', filters: address.search };
  if (path === '/solutions/compare') return { screen: 'compareSolutions', filters: address.search };
  const solution = /^\/solutions\/(\d+)$/.exec(path);
  if (solution) return { screen: 'solution', solution: Number(solution[1]), version: Number(address.searchParams.get('version')) || undefined };
  const started = /^\/networks\/(\d+)\/solutions\/new$/.exec(path);
  if (started) return { screen: 'newSolution', network: Number(started[1]) };
  const experiment = /^\/experiments\/(\d+)$/.exec(path);
  if (experiment) return { screen: 'experiment', experiment: Number(experiment[1]) };
  const adoption = /^\/adoptions\/(\d+)$/.exec(path);
  if (adoption) return { screen: 'adoption', adoption: Number(adoption[1]) };
  const network = /^\/networks\/(\d+)(?:\/(events|solutions|documents|decisions|hours|about|members|channels|bots))?$/.exec(path);
  if (network) {
    return { screen: 'network', network: Number(network[1]), part: /** @type {import('../networks/tabs').Part} */ (network[2] ?? 'home') };
  }
  const admin = /^\/admin(?:\/(people|organisations|networks|bots|reports|import|audit|mail|health))?(?:\/(\d+))?$/.exec(path);
  if (admin) return { screen: 'admin', section: admin[1] ?? 'overview', id: Number(admin[2]) || undefined };
  const channel = /^\/channels\/(\d+)(?:\/threads\/(\d+))?$/.exec(path);
  if (!channel) return { screen: 'unknown' };
  const message = Number(address.searchParams.get('message')) || undefined;
  return { screen: 'channel', channel: Number(channel[1]), thread: Number(channel[2]) || undefined, message };
}

/** @type {Place} */
let current = placeOf(new URL(location.href));

export function place() {
  return current;
}

/** @param {string} path @param {{ replace?: boolean }} [options] */
export function go(path, options) {
  if (options?.replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  arrive();
}

function arrive() {
  current = placeOf(new URL(location.href));
  app.community.touch('place');
}

/** Turns clicks on our own links into changes of place, without loading the page again. */
export function startRouter() {
  window.addEventListener('popstate', arrive);
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!(link instanceof HTMLAnchorElement) || link.target !== '' || link.hasAttribute('download')) return;
    const address = new URL(link.href);
    if (address.origin !== location.origin || link.getAttribute('href')?.startsWith('#')) return;
    if (placeOf(address).screen === 'unknown') return;
    event.preventDefault();
    go(address.pathname + address.search + address.hash);
  });
}
