import { h } from '../dom/h.js';
import { cardText } from '../dom/controls.js';
import { View } from '../dom/view.js';
import { app } from './app.js';
import { channelIcon, channelName, inOrder } from '../channels/names.js';
import { isMuted } from '../channels/tune.js';
import { unreadBadge } from '../channels/unread-badge.js';
import { networksByType } from '../networks/order.js';
import '../documents/recent.js';
import { local, plural, t } from '../i18n/i18n.js';

/** Where one arrives: what is new, and where to go on. */
export class Home extends View {
  topics() {
    return ['networks', 'channels', 'people', 'me'];
  }

  render() {
    // Who is called by name comes first.
    const news = inOrder([...app.state.channels.values()].filter((channel) => channel.member && channel.unread > 0 && !isMuted(channel)))
      .sort((a, b) => Number(b.mentions > 0) - Number(a.mentions > 0));
    const { joined, joinable } = networksByType(app.state.networks.values());
    return h('div', { class: 'screen-text home' },
      h('h1', { class: 'h3' }, t('home.greeting', { name: app.state.me?.name.split(' ')[0] ?? '' })),
      h('p', { class: 'home-summary', key: 'summary' }, news.length > 0 ? plural('home.summary', news.length)
        : joined.length === 0 ? t('home.noNetworks') : t('home.noNews')),
      h('m-unsent-documents', { key: 'unsent' }),
      news.length > 0 && h('section', { key: 'news' }, h('h2', { class: 'h5' }, t('home.news')),
        h('ul', { class: 'card-list' }, news.map((channel) => h('li', { key: channel.id },
            h('a', { class: 'card-link', href: `/channels/${channel.id}` }, channelIcon(channel),
              cardText(channelName(channel), local(app.state.networks.get(channel.network)?.name)), unreadBadge(channel)))))),
      joinable.length > 0 && h('section', { key: 'joinable' }, h('h2', { class: 'h5' }, t('home.joinable')),
        h('ul', { class: 'card-list' }, joinable.map((network) => h('li', { key: network.id },
          h('a', { class: 'card-link', href: `/networks/${network.id}` }, cardText(local(network.name))))))));
  }
}

customElements.define('m-home', Home);
