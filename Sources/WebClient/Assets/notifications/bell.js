import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { place } from '../shell/router.js';
import { plural, t } from '../i18n/i18n.js';

/** How many notifications are unread, and the way to them. */
export class Bell extends View {
  topics() {
    return ['notifications', 'place'];
  }

  render() {
    const { unread } = app.state.notifications;
    return h('a', { class: 'slim-button bell', href: '/notifications', title: t('notification.title'), 'aria-current': place().screen === 'notifications' ? 'page' : null },
      h('svg', { class: 'icon icon-sm', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, h('use', { href: `${ICONS_URL}#own-bell` })),
      h('span', { class: 'visually-hidden' }, t('notification.title')),
      unread > 0 && h('span', { class: 'bell-count' }, h('span', { 'aria-hidden': 'true' }, unread > 99 ? '99+' : unread),
        h('span', { class: 'visually-hidden' }, ` (${plural('notification.unread', unread)})`)));
  }
}

customElements.define('m-bell', Bell);
