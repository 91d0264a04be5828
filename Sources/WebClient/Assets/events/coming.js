import { h } from '../dom/h.js';
import { cardText, failure } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { loadEvents } from './loading.js';
import { begins, when } from './when.js';
import { t } from '../i18n/i18n.js';

const SHOWN = 3;

/** The next events of a network, on its home. */
export class ComingEvents extends View {
  /** @type {'loading' | 'done' | 'failed'} */ #state = 'loading';

  topics() {
    return ['events'];
  }

  connected() {
    void this.#load();
    this.until(app.community.subscribe('events asked', () => void this.#load()));
  }

  render() {
    const network = this.number('network');
    const now = new Date().toISOString();
    const coming = [...app.state.events.values()]
      .filter((event) => event.network === network && ['published', 'live'].includes(event.state) && (event.end.utc ?? `${event.end.date}T23:59:59Z`) > now)
      .sort((a, b) => begins(a).localeCompare(begins(b))).slice(0, SHOWN);
    if (this.#state === 'failed' && coming.length === 0) return failure(t('coming.failed'), () => void this.#load());
    if (this.#state === 'loading' && coming.length === 0) return h('p', { class: 'state-text', role: 'status' }, t('coming.loading'));
    return [
      coming.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('coming.none'))
        : h('ul', { class: 'card-list', key: 'list' }, coming.map((event) => h('li', { key: event.id },
          h('a', { class: 'card-link', href: `/events/${event.id}` }, icon('it-calendar', 'icon-sm'),
            cardText(event.title, [when(event, true), event.place].filter(Boolean).join(' · ')))))),
      h('p', { key: 'all', class: 'all-events' }, h('a', { href: `/networks/${network}/events` }, t('coming.all'))),
    ];
  }

  async #load() {
    try {
      await loadEvents({ network: this.number('network'), from: new Date().toISOString() }, 20);
      this.#state = 'done';
    } catch {
      this.#state = 'failed';
    }
    this.invalidate();
  }
}

customElements.define('m-coming-events', ComingEvents);
