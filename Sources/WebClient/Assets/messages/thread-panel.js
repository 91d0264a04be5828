import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { channelName, mayWrite } from '../channels/names.js';
import { t } from '../i18n/i18n.js';
import './timeline-view.js';
import './composer.js';

/** A thread beside its channel; on a narrow screen in its place. */
export class ThreadPanel extends View {
  static observedAttributes = ['channel', 'thread', 'message'];

  topics() {
    return ['channels', 'networks'];
  }

  connected() {
    // Opening it is a step of the person's: the focus follows.
    requestAnimationFrame(() => this.querySelector('textarea')?.focus());
    this.addEventListener('keydown', this.#escape);
  }

  render() {
    const channel = app.state.channels.get(this.number('channel') ?? 0);
    const thread = this.number('thread');
    if (!channel || !thread) return null;
    return h('section', { class: 'thread-panel', 'aria-labelledby': 'thread-title' },
      // On a narrow screen the channel and its heading are out of sight.
      h('h1', { class: 'narrow-title visually-hidden' }, `${t('thread.title')}, ${channelName(channel)}`),
      h('div', { class: 'channel-heading' },
        h('div', { class: 'channel-name' }, h('h2', { id: 'thread-title' }, t('thread.title')), h('p', null, channelName(channel))),
        h('a', {
          class: 'icon-button', href: `/channels/${channel.id}`, 'aria-label': t('thread.close'), title: t('thread.close'),
        }, icon('it-close', 'icon-sm'))),
      channel.member && [
        h('m-timeline', { key: 'timeline', channel: channel.id, thread, message: this.getAttribute('message') }),
        mayWrite(channel) && h('m-composer', { key: 'composer', channel: channel.id, thread }),
      ]);
  }

  /** @param {KeyboardEvent} event */
  #escape = (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || this.querySelector('.dropdown-menu.show, [role=listbox], .edit-form')) return;
    /** @type {HTMLAnchorElement | null} */ (this.querySelector('.channel-heading a.icon-button'))?.click();
  };
}

customElements.define('m-thread-panel', ThreadPanel);
