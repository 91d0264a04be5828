import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { app } from './app.js';
import { backLink } from './back-link.js';
import { later } from './later.js';
import { place } from './router.js';
import { forgetSession, seemsSignedIn } from '../session/session.js';
import { t } from '../i18n/i18n.js';
import './header.js';
import './footer.js';
import './home.js';
import './notices.js';
import '../session/sign-in.js';
import '../networks/navigation.js';
import '../networks/network-home.js';
import '../channels/channel-view.js';
import '../messages/thread-panel.js';
import '../messages/reference-view.js';
import '../palette/palette.js';
import '../notifications/notifications-view.js';
import '../people/person-page.js';
import '../people/own-page.js';

/** @type {Record<string, string>} the pages of an event's desk that are views of their own */
const DESKS = { import: 'm-desk-import', messages: 'm-desk-messages' };

/** @typedef {import('../dom/h').Child} Child */

/** The page: sign-in, or navigation, the chosen screen and, beside a channel, a thread. */
export class MetropoliApp extends View {
  #expired = false;
  #shown = '';

  topics() {
    return ['connection', 'place', 'me', 'channels', 'notifications'];
  }

  connected() {
    if (seemsSignedIn()) app.connection.start();
    this.until(app.connection.on('state', (state) => {
      if (state !== 'signedOut') return;
      this.#expired = true;
      forgetSession();
    }));
  }

  render() {
    return [
      h('div', { class: 'skiplinks', key: 'skip' },
        h('a', { class: 'visually-hidden-focusable', href: '#main' }, t('skip.main')),
        app.state.me && h('a', { class: 'visually-hidden-focusable', href: '#navigation' }, t('skip.navigation'))),
      h('m-header', { key: 'header' }),
      this.#body(),
      h('m-footer', { key: 'footer' }),
      h('m-notices', { key: 'notices' }),
      app.state.me && seemsSignedIn() && h('m-palette', { key: 'palette' }),
      h('div', { id: 'announcer', class: 'visually-hidden', 'aria-live': 'polite', key: 'announcer' }),
    ];
  }

  /** @returns {Child} */
  #body() {
    const { state } = app.connection;
    if (!seemsSignedIn()) {
      return h('main', { id: 'main', key: 'sign-in', tabindex: '-1', class: 'page' }, h('m-sign-in', { expired: this.#expired }));
    }
    if (state === 'replaced') {
      return this.#stop('replaced', t('replaced.title'), t('replaced.text'), t('replaced.take'), () => app.connection.start());
    }
    if (state === 'refused') {
      return this.#stop('refused', t('refused.title'), t('refused.text'), t('refused.reload'), () => location.reload());
    }
    if (!app.state.me) {
      return h('main', { id: 'main', key: 'loading', tabindex: '-1', class: 'page' },
        h('h1', { class: 'visually-hidden' }, 'Metropoli'), h('div', { class: 'loading-page' },
          h('p', { class: 'state-text', role: 'status' }, t('loading.community')), h('m-connection-line', null)));
    }
    const here = place();
    const thread = here.screen === 'channel' ? here.thread : undefined;
    const shown = here.screen === 'channel' && thread ? 'thread' : here.screen;
    return h('div', { class: 'workspace', key: 'workspace', 'data-screen': shown, 'data-connection': state },
      h('m-navigation', { id: 'navigation', tabindex: '-1' }),
      h('main', { id: 'main', tabindex: '-1' },
        h('div', { class: 'screen' }, screen(here)),
        here.screen === 'channel' && thread && h('m-thread-panel', { key: thread, channel: here.channel, thread, message: here.message })));
  }

  /**
   * @param {string} key
   * @param {string} title
   * @param {string} text
   * @param {string} action
   * @param {() => void} act
   */
  #stop(key, title, text, action, act) {
    return h('main', { id: 'main', key, tabindex: '-1', class: 'page' },
      h('div', { class: 'sign-in-card' }, h('h1', { class: 'h3' }, title), h('p', null, text),
        h('button', { type: 'button', class: 'btn btn-primary', onclick: act }, action)));
  }

  rendered() {
    this.#moveFocus();
    if (seemsSignedIn() && app.state.me) {
      this.#expired = false;
      const { unread } = app.state.notifications;
      const title = document.querySelector('main h1')?.textContent ?? '';
      document.title = `${unread > 0 ? `(${unread}) ` : ''}${title ? `${title} – ` : ''}Metropoli`;
    }
  }

  /** A new screen takes the focus, as a new page would; unless one of its fields already has it. */
  #moveFocus() {
    const here = place();
    const name = seemsSignedIn() && app.state.me ? here.screen === 'channel' ? `channel ${here.channel}` : location.pathname : '';
    const first = this.#shown === '';
    if (name === this.#shown) return;
    this.#shown = name;
    const main = document.getElementById('main');
    if (!first && main && !main.contains(document.activeElement)) main.focus({ preventScroll: true });
  }
}

/** @param {import('./router').Place} here @returns {Child} */
function screen(here) {
  const thread = here.screen === 'channel' ? here.thread : undefined;
  switch (here.screen) {
    case 'network': return here.part === 'home'
      ? h('m-network-home', { key: `network ${here.network}`, network: here.network })
      : here.part === 'events' || here.part === 'decisions' || here.part === 'hours'
        ? events(() => h(`m-network-${here.part}`, { key: `network ${here.network} ${here.part}`, network: here.network }))
      : here.part === 'documents' ? documents(() => h('m-network-documents', { key: `network ${here.network} documents`, network: here.network }))
      : here.part === 'solutions' ? solutions(() => h('m-network-solutions', { key: `network ${here.network} solutions`, network: here.network }))
      : later('facilitation', () => import('../facilitation/index.js'), () => (
        h(`m-network-${here.part}`, { key: `network ${here.network} ${here.part}`, network: here.network })));
    case 'admin': return later('admin', () => import('../admin/index.js'), () => (
      h('m-admin', { key: `admin ${here.section} ${here.id ?? ''}`, section: here.section, of: here.id ?? null })));
    case 'channel': return h('m-channel-view', { key: `channel ${here.channel}`, channel: here.channel, message: thread ? null : here.message });
    case 'search': return later('search', () => import('../search/index.js'), () => (
      h('m-search-view', { key: 'search', text: here.text, filters: here.filters })));
    case 'calendar': return events(() => h('m-calendar', { key: 'calendar', filters: here.filters }));
    case 'event': return events(() => (here.edit
      ? h('m-event-form', { key: `edit ${here.event}`, event: here.event }) : h('m-event', { key: `event ${here.event}`, event: here.event })));
    case 'checkIn': return events(() => h('m-check-in', { key: `check-in ${here.code}`, code: here.code }));
    case 'desk': return events(() => h(DESKS[here.mode] ?? 'm-event-desk', { key: `desk ${here.event} ${here.mode}`, event: here.event, mode: here.mode }));
    case 'poll': return events(() => h('m-poll', { key: `poll ${here.poll}`, poll: here.poll }));
    case 'newPoll': return events(() => h('m-poll-form', { key: `new poll ${here.network}`, network: here.network }));
    case 'newEvent': return events(() => h('m-event-form', { key: `new event ${here.network}`, network: here.network }));
    case 'document': return documents(() => h('m-document', { key: `document ${here.document}`, document: here.document, edit: here.edit }));
    case 'solutions': return solutions(() => h('m-solutions', { key: 'solutions', filters: here.filters }));
    case 'compareSolutions': return solutions(() => h('m-solution-compare', { key: 'compare', filters: here.filters }));
    case 'solution': return solutions(() => h('m-solution', { key: `solution ${here.solution} ${here.version ?? ''}`, solution: here.solution, version: here.version ?? null }));
    case 'newSolution': return solutions(() => h('m-solution-form', { key: `new solution ${here.network}`, network: here.network }));
    case 'experiment': return solutions(() => h('m-experiment', { key: `experiment ${here.experiment}`, experiment: here.experiment }));
    case 'adoption': return solutions(() => h('m-adoption', { key: `adoption ${here.adoption}`, adoption: here.adoption }));
    case 'reference': return h('m-reference', { key: `reference ${here.id}`, to: here.id });
    case 'series': return events(() => h('m-series', { key: `series ${here.series}`, series: here.series }));
    case 'tasks': return events(() => h('m-tasks', { key: `tasks ${here.network}`, network: here.network }));
    case 'notifications': return h('m-notifications', { key: 'notifications' });
    case 'me': return h('m-own-page', { key: 'me' });
    case 'person': return h('m-person', { key: `person ${here.person}`, person: here.person });
    case 'home': return h('m-home', { key: 'home' });
    default: return h('div', { class: 'screen-text', key: 'unknown' }, backLink(),
      h('h1', { class: 'h3' }, t('unknown.title')), h('p', null, t('unknown.text')), h('p', null, h('a', { class: 'btn btn-primary', href: '/' }, t('unknown.home'))));
  }
}

/** @param {() => Child} show */
function events(show) {
  return later('events', () => import('../events/index.js'), show);
}

/** @param {() => Child} show */
function documents(show) {
  return later('documents', () => import('../documents/index.js'), show);
}

/** @param {() => Child} show */
function solutions(show) {
  return later('solutions', () => import('../solutions/index.js'), show);
}

customElements.define('metropoli-app', MetropoliApp);
