import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { avatar } from '../people/avatar.js';
import { detailOf } from '../people/write-to.js';
import { isOnline } from '../presence/presence.js';
import { membersOf } from './members.js';
import { plural, t } from '../i18n/i18n.js';

/** Who reads a channel, and who of them is here now. */
export class ChannelPeople extends View {
  topics() {
    return ['people', 'presence'];
  }

  render() {
    const ids = membersOf(this.number('channel') ?? 0);
    if (!ids) return h('p', { class: 'state-text', role: 'status' }, t('people.loading'));
    const people = [...ids].flatMap((id) => app.state.people.get(id) ?? [])
      .sort((a, b) => Number(isHere(b.id)) - Number(isHere(a.id)) || a.name.localeCompare(b.name, 'it'));
    return h('div', { class: 'channel-people' },
      h('p', { class: 'state-text' }, peopleText(ids)),
      h('ul', { class: 'card-list is-people' }, people.map((person) => h('li', { key: person.id },
        h('a', { class: 'card-link', href: `/people/${person.id}` },
          avatar(person.id),
          h('span', null, h('span', { class: 'card-title' }, person.name),
            h('span', { class: 'card-detail' }, detailOf(person)),
            isHere(person.id) && h('span', { class: 'visually-hidden' }, t('channelPeople.here'))))))));
  }
}

/** @param {number} id */
function isHere(id) {
  return id === app.me || isOnline(id);
}

/** @param {Set<number>} ids */
export function peopleText(ids) {
  const here = [...ids].filter(isHere).length;
  return `${plural('channelPeople.members', ids.size)}, ${plural('channelPeople.online', here)}`;
}

customElements.define('m-channel-people', ChannelPeople);
