import { h } from '../dom/h.js';
import { app } from '../shell/app.js';
import { isOnline } from '../presence/presence.js';

const COLOURS = 8;

/**
 * Initials on a colour of the person's own; the name always stands beside it.
 * @param {number} id
 */
export function avatar(id) {
  const name = app.state.people.get(id)?.name ?? '';
  const words = name.split(/\s+/).filter(Boolean);
  const initials = words.length === 0 ? '·' : words[0][0] + (words.length > 1 ? words[words.length - 1][0] : '');
  const online = isOnline(id) ? ' is-online' : '';
  return h('span', { class: `person-avatar person-colour-${id % COLOURS}${online}`, 'aria-hidden': 'true' }, initials.toUpperCase());
}
