import { h } from '../dom/h.js';
import { cardText, failure } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { runsNetwork } from '../networks/standing.js';
import { dueInWords, overdueInWords } from './due.js';
import { excerpt } from '../dom/excerpt.js';
import { t } from '../i18n/i18n.js';

const SHOWN = 3;

/** What a network decided last and what one is to do in it, on its home. */
export class NetworkWork extends View {
  /** @type {any[]} */ #decisions = [];
  /** @type {any[]} */ #tasks = [];
  /** @type {'loading' | 'done' | 'failed'} */ #state = 'loading';

  connected() {
    void this.#load();
    this.until(app.community.subscribe('minutes', () => void this.#load()));
  }

  render() {
    const id = this.number('network') ?? 0;
    const network = app.state.networks.get(id);
    if (this.#state === 'failed') return failure(t('work.failed'), () => void this.#load());
    if (this.#state === 'loading') return h('p', { class: 'state-text', role: 'status' }, t('work.loading'));
    return [
      this.#decisions.length === 0 && this.#tasks.length === 0 && h('p', { class: 'state-text', key: 'none' }, t('work.none')),
      h('ul', { class: 'card-list', key: 'list' },
        this.#tasks.map((task) => h('li', { key: `task ${task.id}` }, h('a', { class: 'card-link', href: `/tasks?network=${id}` }, icon('it-check-circle', 'icon-sm'),
          cardText(task.text, [t('work.task'), overdueInWords(task), dueInWords(task)].filter(Boolean).join(' · '))))),
        this.#decisions.map(({ id: decision, number, event, html }) => h('li', { key: decision }, h('a', { class: 'card-link', href: `/events/${event}#decision-${decision}` }, icon('it-file', 'icon-sm'),
          cardText(excerpt(html, 140), t('work.decision', { number })))))),
      h('p', { key: 'all', class: 'all-events work-links' }, h('a', { href: `/networks/${id}/decisions` }, t('work.allDecisions')),
        h('a', { href: `/tasks?network=${id}` }, network && runsNetwork(network) ? t('work.allTasks') : t('tasks.link'))),
    ];
  }

  async #load() {
    const network = this.number('network');
    try {
      const [{ decisions }, { actions }] = await Promise.all([
        app.query('decision.list', { network, inForce: true, limit: SHOWN }), app.query('action.list', { network, mine: true, done: false, limit: SHOWN }),
      ]);
      this.#decisions = decisions;
      this.#tasks = actions;
      this.#state = 'done';
    } catch {
      this.#state = 'failed';
    }
    this.invalidate();
  }
}

customElements.define('m-network-work', NetworkWork);
