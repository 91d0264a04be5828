import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { app } from './app.js';
import { t } from '../i18n/i18n.js';

/** @type {Record<import('../wire/connection').ConnectionState, { text: string, tone: string }>} */
const STATES = {
  idle: { text: 'connection.idle', tone: 'off' },
  connecting: { text: 'connection.connecting', tone: 'busy' },
  catchingUp: { text: 'connection.catchingUp', tone: 'busy' },
  live: { text: 'connection.live', tone: 'on' },
  waiting: { text: 'connection.waiting', tone: 'off' },
  signedOut: { text: 'connection.idle', tone: 'off' },
  replaced: { text: 'connection.replaced', tone: 'off' },
  refused: { text: 'connection.refused', tone: 'off' },
};

/** The state of the line, in words; colour only repeats them. */
export class ConnectionLine extends View {
  topics() {
    return ['connection'];
  }

  render() {
    const { state: now } = app.connection;
    // Each attempt during an outage is not news: the loss is, and its end.
    const state = now === 'connecting' && app.state.me ? 'waiting' : now;
    const { text, tone } = STATES[state];
    return h('div', { class: `connection-line is-${tone}` },
      h('span', { class: 'connection-dot', 'aria-hidden': 'true' }),
      h('span', { role: 'status' }, t(text)),
      now === 'waiting' && h('button', {
        type: 'button', class: 'connection-retry', onclick: () => app.connection.retryNow(),
      }, t('connection.retry')));
  }
}

customElements.define('m-connection-line', ConnectionLine);
