import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { shortDate } from '../dom/time.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { later } from '../shell/later.js';
import { signOut } from '../session/session.js';
import { avatar } from './avatar.js';
import { mandateText, ownFacts } from './me.js';
import { plural, t } from '../i18n/i18n.js';
import '../settings/preferences.js';
import '../settings/notification-settings.js';
import '../settings/devices.js';
import '../settings/password.js';
import '../settings/own-data.js';

/** Oneself: who one is here, how one wants it, and what concerns one's account. */
export class OwnPage extends View {
  topics() {
    return ['me', 'networks', 'place'];
  }

  render() {
    const me = app.state.me;
    const facts = ownFacts();
    if (!me) return null;
    const joined = [...app.state.networks.values()].filter((network) => network.role).length;
    return h('div', { class: 'screen-text own-page' }, backLink(),
      h('div', { class: 'person-head' }, avatar(me.id),
        h('div', null, h('h1', { class: 'h3' }, me.name), facts?.person.email && h('p', null, facts.person.email),
          h('p', { class: 'person-presence' }, plural('me.networks', joined)))),
      h('section', { key: 'mandates' }, h('h2', { class: 'h5' }, t('me.mandates')),
        !facts ? h('p', { class: 'state-text', role: 'status' }, t('me.loading'))
          : facts.mandates.length === 0 ? h('p', { class: 'state-text' }, t('me.noMandates'))
            : h('ul', { class: 'mandate-list' }, facts.mandates.map((mandate) => h('li', { key: mandate.id },
              h('strong', null, mandateText(mandate)), h('span', null, period(mandate)))))),
      later('events', () => import('../events/index.js'), () => h('m-own-hours', { key: 'hours' }), true),
      h('m-preferences', { key: 'preferences' }),
      h('m-notification-settings', { key: 'notifications' }),
      h('m-devices', { key: 'devices' }),
      h('m-password', { key: 'password' }),
      h('m-own-data', { key: 'data' }),
      h('p', { key: 'out' }, h('button', { type: 'button', class: 'btn btn-outline-primary', onclick: () => void signOut() }, t('header.signOut'))));
  }
}

/** @param {import('./me').Mandate} mandate */
function period({ from, to }) {
  if (!from) return '';
  return to ? t('me.fromTo', { from: shortDate(from), to: shortDate(to) }) : t('me.from', { from: shortDate(from) });
}

customElements.define('m-own-page', OwnPage);
