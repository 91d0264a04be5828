import { h } from '../dom/h.js';
import { OPENS_MENU, iconButton } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { backLink } from '../shell/back-link.js';
import { confirm } from '../dom/confirm.js';
import { go } from '../shell/router.js';
import { joinChannel } from '../networks/join.js';
import { isMuted, toggleFavourite, tuneChannel } from './tune.js';
import { jumpToDate } from './jump-to-date.js';
import { peopleText } from './channel-people.js';
import { membersOf } from './members.js';
import { channelIcon, channelKind, channelName, isFacilitator } from './names.js';
import { local, t } from '../i18n/i18n.js';
import './channel-search.js';
import '../announcements/scheduled-view.js';
import '../messages/pins-view.js';
import '../messages/timeline-view.js';
import '../messages/composer.js';
import '../presence/typing-line.js';

/** @typedef {import('../wire/protocol').Channel} Channel */

/** @typedef {'timeline' | 'search' | 'people' | 'pins' | 'scheduled'} Mode what stands between the heading and the composer */

/** A channel: its heading, the timeline, who types, and the composer for those who may write. */
export class ChannelView extends View {
  static observedAttributes = ['channel', 'message'];
  #busy = false;
  /** @type {Mode} */ #mode = 'timeline';

  topics() {
    return ['channels', 'networks', 'people', 'presence'];
  }

  attributeChangedCallback() {
    // A link to a message is shown in its row.
    this.#mode = 'timeline';
    super.attributeChangedCallback();
  }

  render() {
    const channel = app.state.channels.get(this.number('channel') ?? 0);
    if (!channel) {
      return h('div', { class: 'screen-text' }, backLink(), h('h1', { class: 'h3' }, t('channel.hidden')), h('p', null, t('channel.hiddenText')));
    }
    return h('section', { class: `channel is-${channel.kind}`, 'aria-labelledby': 'channel-title' },
      this.#heading(channel),
      channel.member
        ? [
          this.#mode !== 'timeline' && this.#modeBar(),
          this.#middle(channel),
          h('m-typing-line', { key: 'typing', channel: channel.id }),
          this.#writing(channel),
        ]
        : this.#outside(channel));
  }

  /** @param {Channel} channel */
  #heading(channel) {
    const network = app.state.networks.get(channel.network);
    return h('div', { class: 'channel-heading' },
      backLink(),
      h('div', { class: 'channel-name' },
        h('h1', { id: 'channel-title' }, channelIcon(channel), channelName(channel)),
        h('p', null, [network && local(network.name), channelKind(channel), isMuted(channel) && t('tune.muted')].filter(Boolean).join(' · '))),
      channel.member && this.#tools(channel));
  }

  /** @param {Channel} channel */
  #middle(channel) {
    switch (this.#mode) {
      case 'pins': return h('m-pins', { key: 'pins', channel: channel.id });
      case 'search': return h('m-channel-search', { key: 'search', class: 'channel-middle', channel: channel.id });
      case 'scheduled': return h('m-scheduled', { key: 'scheduled', class: 'channel-middle', channel: channel.id });
      case 'people': return h('m-channel-people', { key: 'people', class: 'channel-middle', channel: channel.id });
      default: return h('m-timeline', { key: 'timeline', channel: channel.id, message: this.getAttribute('message') });
    }
  }

  /** @param {Channel} channel */
  #tools(channel) {
    const members = membersOf(channel.id);
    return [
      h('button', {
        type: 'button', class: 'channel-members', key: 'members', 'aria-pressed': String(this.#mode === 'people'), title: t('channelPeople.title'),
        onclick: () => this.#toggle('people'),
      }, icon('it-user', 'icon-sm'), h('span', { 'aria-hidden': 'true' }, members ? members.size : '…'),
      h('span', { class: 'visually-hidden' }, members ? peopleText(members) : t('channelPeople.title'))),
      iconButton('it-search', t('channelSearch.label'), { key: 'search', 'aria-pressed': String(this.#mode === 'search'), onclick: () => this.#toggle('search') }),
      h('div', { class: 'dropdown', key: 'menu' },
        iconButton('it-more-items', t('channel.menu'), { ...OPENS_MENU, id: 'channel-menu' }),
        h('div', { class: 'dropdown-menu dropdown-menu-end', 'aria-labelledby': 'channel-menu' }, h('ul', { class: 'link-list' },
          channel.favourite
            ? item('it-star-full', t('tune.unfavourite'), () => void toggleFavourite(channel).catch(showError))
            : item('it-star-outline', t('tune.favourite'), () => void toggleFavourite(channel).catch(showError)),
          item('it-settings', t('tune.menu'), () => tuneChannel(channel)),
          item('it-calendar', t('jump.title'), () => jumpToDate(channel)),
          item('it-pin', t('channel.pins'), () => this.#toggle('pins'), this.#mode === 'pins'),
          channel.kind === 'announcement' && isFacilitator(channel)
            && item('it-clock', t('schedule.list'), () => this.#toggle('scheduled'), this.#mode === 'scheduled'),
          channel.kind !== 'direct' && item('it-logout', t('channel.leave'), () => void this.#leave(channel))))),
    ];
  }

  /** @param {Mode} mode */
  #toggle(mode) {
    this.#mode = this.#mode === mode ? 'timeline' : mode;
    this.draw();
    if (this.#mode === 'timeline') this.querySelector('m-timeline')?.setAttribute('tabindex', '-1');
  }

  #modeBar() {
    const titles = { search: t('channelSearch.label'), people: t('channelPeople.title'), pins: t('channel.pins'), scheduled: t('schedule.list') };
    return h('div', { class: 'mode-bar', key: 'mode' },
      h('h2', null, this.#mode === 'timeline' ? '' : titles[this.#mode]),
      h('button', { type: 'button', class: 'link-button', onclick: () => this.#toggle(this.#mode) }, t('channel.backToMessages')));
  }

  /** @param {Channel} channel */
  #writing(channel) {
    if (channel.archived) return h('p', { class: 'composer-closed' }, t('channel.archived'));
    if (app.state.networks.get(channel.network)?.dormant) return h('p', { class: 'composer-closed' }, t('network.dormantText'));
    if (channel.kind === 'announcement' && !isFacilitator(channel)) return h('p', { class: 'composer-closed' }, t('channel.announcementOnly'));
    return h('m-composer', { key: 'composer', channel: channel.id });
  }

  /** @param {Channel} channel */
  #outside(channel) {
    const join = () => this.#do(() => joinChannel(channel));
    return h('div', { class: 'join-panel' },
      h('p', null, t('channel.notMember')),
      h('button', { type: 'button', class: 'btn btn-primary', disabled: this.#busy, onclick: join }, t('channel.join')));
  }

  /** @param {Channel} channel */
  async #leave(channel) {
    const name = channelName(channel);
    if (!await confirm({ title: t('channel.leaveTitle', { name }), text: t('channel.leaveText'), action: t('channel.leave') })) return;
    await this.#do(async () => {
      await app.command('channel.leave', { channel: channel.id });
      go(`/networks/${channel.network}`);
    });
  }

  /** @param {() => Promise<unknown>} act */
  async #do(act) {
    this.#busy = true;
    this.invalidate();
    await act().catch(showError);
    this.#busy = false;
    this.invalidate();
  }
}

/** @param {string} picture @param {string} label @param {() => void} act @param {boolean} [current] */
function item(picture, label, act, current = false) {
  return h('li', null, h('button', { type: 'button', class: 'dropdown-item list-item', 'aria-current': current ? 'true' : null, onclick: act },
    icon(picture, 'icon-sm'), h('span', null, label)));
}

customElements.define('m-channel-view', ChannelView);
