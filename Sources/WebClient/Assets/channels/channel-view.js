import { h } from '../dom/h.js';
import { iconButton } from '../dom/controls.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { backLink } from '../shell/back-link.js';
import { confirm } from '../dom/confirm.js';
import { go } from '../shell/router.js';
import { joinChannel } from '../networks/join.js';
import { channelIcon, channelKind, channelName, isFacilitator } from './names.js';
import { local, t } from '../i18n/i18n.js';
import '../messages/pins-view.js';
import '../messages/timeline-view.js';
import '../messages/composer.js';
import '../presence/typing-line.js';

/** @typedef {import('../wire/protocol').Channel} Channel */

/** A channel: its heading, the timeline, who types, and the composer for those who may write. */
export class ChannelView extends View {
  static observedAttributes = ['channel', 'message'];
  #busy = false;
  #pinsOnly = false;

  topics() {
    return ['channels', 'networks', 'people'];
  }

  attributeChangedCallback() {
    // A link to a message is shown in its row.
    this.#pinsOnly = false;
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
          this.#pinsOnly
            ? h('m-pins', { key: 'pins', channel: channel.id })
            : h('m-timeline', { key: 'timeline', channel: channel.id, message: this.getAttribute('message') }),
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
        h('p', null, [network && local(network.name), channelKind(channel)].filter(Boolean).join(' · '))),
      channel.member && iconButton('it-pin', t('channel.pins'), { 'aria-pressed': String(this.#pinsOnly), onclick: this.#togglePins }),
      channel.member && channel.kind !== 'direct'
        && iconButton('it-logout', t('channel.leave'), { onclick: () => void this.#leave(channel) }));
  }

  #togglePins = () => {
    this.#pinsOnly = !this.#pinsOnly;
    this.draw();
  };

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

customElements.define('m-channel-view', ChannelView);
