import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { app } from './app.js';
import { avatar } from '../people/avatar.js';
import { isAdministrator, isModerator } from '../networks/standing.js';
import { signOut } from '../session/session.js';
import { t } from '../i18n/i18n.js';

/** @type {{ person: number, email: string, mandates: string[] } | undefined} */
let details;

/** Who one is here: the mandates one acts by, and the way out. */
export function personMenu() {
  const me = app.state.me;
  if (!me) return null;
  if (details?.person !== me.id) void load(me.id);
  return h('div', { class: 'nav-item dropdown', key: 'person' },
    h('button', { type: 'button', class: 'slim-button dropdown-toggle', id: 'person-menu', 'data-bs-toggle': 'dropdown', 'aria-expanded': 'false' },
      avatar(me.id), h('span', { class: 'slim-name' }, me.name), h('span', { class: 'visually-hidden' }, t('header.account')),
      icon('it-expand', 'icon-xs icon-white')),
    h('div', { class: 'dropdown-menu dropdown-menu-end', 'aria-labelledby': 'person-menu' },
      h('div', { class: 'person-card' },
        h('strong', null, me.name),
        details?.email && h('span', null, details.email),
        details?.mandates.map((mandate, index) => h('span', { key: index, class: 'person-mandate' }, mandate))),
      h('div', { class: 'link-list-wrapper' },
        h('ul', { class: 'link-list' },
          isModerator() && h('li', { key: 'admin' }, h('a', { class: 'dropdown-item list-item', href: '/admin' },
            icon('it-settings', 'icon-sm'), h('span', null, isAdministrator() ? t('header.admin') : t('header.moderation')))),
          h('li', { key: 'out' }, h('button', { type: 'button', class: 'dropdown-item list-item', onclick: () => void signOut() },
            icon('it-logout', 'icon-sm'), h('span', null, t('header.signOut'))))))));
}

/** @param {number} person */
async function load(person) {
  details = { person, email: '', mandates: [] };
  try {
    const answer = await app.query('person.me');
    details = { person, email: answer.person?.email ?? '', mandates: (answer.mandates ?? []).map(mandateText) };
    app.community.touch('me');
  } catch {
    // The menu does without.
  }
}

/** @param {any} mandate */
function mandateText(mandate) {
  return [mandate.title, mandate.organisationName].filter(Boolean).join(' – ');
}
