import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { app } from './app.js';
import { mandateText, ownFacts } from '../people/me.js';
import { avatar } from '../people/avatar.js';
import { isAdministrator, isModerator } from '../networks/standing.js';
import { signOut } from '../session/session.js';
import { t } from '../i18n/i18n.js';

/** Who one is here: the mandates one acts by, and the way out. */
export function personMenu() {
  const me = app.state.me;
  if (!me) return null;
  const facts = ownFacts();
  return h('div', { class: 'nav-item dropdown', key: 'person' },
    h('button', { type: 'button', class: 'slim-button dropdown-toggle', id: 'person-menu', 'data-bs-toggle': 'dropdown', 'aria-expanded': 'false' },
      avatar(me.id), h('span', { class: 'slim-name' }, me.name), h('span', { class: 'visually-hidden' }, t('header.account')),
      icon('it-expand', 'icon-xs icon-white')),
    h('div', { class: 'dropdown-menu dropdown-menu-end', 'aria-labelledby': 'person-menu' },
      h('div', { class: 'person-card' },
        h('strong', null, me.name),
        facts?.person.email && h('span', null, facts.person.email),
        facts?.mandates.map((mandate) => h('span', { key: mandate.id, class: 'person-mandate' }, mandateText(mandate)))),
      h('div', { class: 'link-list-wrapper' },
        h('ul', { class: 'link-list' },
          h('li', { key: 'me' }, h('a', { class: 'dropdown-item list-item', href: '/me' }, icon('it-user', 'icon-sm'), h('span', null, t('me.link')))),
          h('li', { key: 'tasks' }, h('a', { class: 'dropdown-item list-item', href: '/tasks' }, icon('it-check-circle', 'icon-sm'), h('span', null, t('tasks.link')))),
          isModerator() && h('li', { key: 'admin' }, h('a', { class: 'dropdown-item list-item', href: '/admin' },
            icon('it-settings', 'icon-sm'), h('span', null, isAdministrator() ? t('header.admin') : t('header.moderation')))),
          h('li', { key: 'out' }, h('button', { type: 'button', class: 'dropdown-item list-item', onclick: () => void signOut() },
            icon('it-logout', 'icon-sm'), h('span', null, t('header.signOut'))))))));
}
