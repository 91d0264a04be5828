import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { clockTime, dayKey, dayName } from '../dom/time.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { showError } from '../shell/notices.js';
import { avatar } from '../people/avatar.js';
import { addressOf, excerpt, placeText, sentence } from './text.js';
import { plural, t } from '../i18n/i18n.js';

/** @typedef {import('./text').Notification} Notification */

const PAGE = 50;

/** What concerns one, newest first. */
export class NotificationsView extends View {
  /** @type {Notification[]} */ #list = [];
  /** @type {'loading' | 'done' | 'failed'} */ #state = 'loading';
  #more = false;
  #asked = 0;
  #unreadOnly = false;

  topics() {
    return ['people', 'channels', 'notifications'];
  }

  connected() {
    void this.#load();
    this.until(app.connection.on('update', ({ type }) => {
      if (type === 'notification.added' || type === 'notification.read') void this.#load();
    }));
  }

  #load = async (/** @type {number} */ before = 0) => {
    const asked = ++this.#asked;
    try {
      const answer = await app.query('notification.list', { limit: PAGE, ...(before ? { before } : {}), ...(this.#unreadOnly ? { unread: true } : {}) });
      if (asked !== this.#asked) return;
      this.#list = before ? [...this.#list, ...answer.notifications] : answer.notifications;
      this.#more = answer.more;
      this.#state = 'done';
    } catch {
      this.#state = 'failed';
    }
    this.invalidate();
  };

  render() {
    const { unread } = app.state.notifications;
    return h('div', { class: 'screen-text notifications' }, backLink(),
      h('h1', { class: 'h3' }, t('notification.title')),
      h('div', { class: 'notifications-tools', key: 'tools' },
        h('p', { role: 'status' }, unread > 0 ? plural('notification.unread', unread) : t('notification.allRead')),
        h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', 'aria-pressed': String(this.#unreadOnly), onclick: this.#filter }, t('notification.onlyUnread')),
        unread > 0 && h('button', { type: 'button', class: 'btn btn-primary btn-xs', onclick: this.#readAll }, t('notification.readAll')),
        h('a', { href: '/me' }, t('notification.settings'))),
      this.#content());
  }

  #content() {
    if (this.#state === 'loading') return h('p', { class: 'state-text', role: 'status' }, t('notification.loading'));
    if (this.#state === 'failed') return failure(t('notification.failed'), () => void this.#load());
    if (this.#list.length === 0) return h('p', { class: 'state-text' }, this.#unreadOnly ? t('notification.allRead') : t('notification.none'));
    const last = this.#list[this.#list.length - 1];
    /** @type {import('../dom/h').Child[]} */
    const rows = [];
    let day = '';
    for (const one of this.#list) {
      if (dayKey(one.at) !== day) rows.push(h('li', { key: `day ${one.id}`, class: 'day-line' }, h('span', null, dayName(one.at))));
      day = dayKey(one.at);
      rows.push(this.#row(one));
    }
    return [
      h('ol', { class: 'notification-list', key: 'list' }, rows),
      this.#more && h('button', { key: 'more', type: 'button', class: 'btn btn-outline-primary btn-xs', onclick: () => void this.#load(last.id) }, t('notification.more')),
    ];
  }

  /** @param {Notification} one */
  #row(one) {
    return h('li', { key: one.id, class: one.read ? null : 'is-new' }, h('a', { class: 'news-link', href: addressOf(one) },
      one.event ? h('span', { class: 'news-icon', 'aria-hidden': 'true' }, icon('it-calendar', 'icon-sm')) : avatar(one.by ?? 0),
      h('span', { class: 'news-text' },
        h('span', null, h('strong', null, sentence(one)), !one.read && h('span', { class: 'visually-hidden' }, `, ${t('notification.new')}`)),
        excerpt(one) && h('span', { class: 'news-excerpt' }, excerpt(one)),
        h('span', { class: 'card-detail' }, [placeText(one), clockTime(one.at)].filter(Boolean).join(' · ')))));
  }

  #filter = () => {
    this.#unreadOnly = !this.#unreadOnly;
    void this.#load();
  };

  #readAll = async () => {
    const upTo = this.#list[0]?.id;
    if (upTo) await app.command('notification.read', { upTo }).catch(showError);
    await this.#load();
  };
}

customElements.define('m-notifications', NotificationsView);
