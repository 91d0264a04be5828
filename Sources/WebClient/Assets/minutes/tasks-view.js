import { h } from '../dom/h.js';
import { Listing } from '../dom/listing.js';
import { View } from '../dom/view.js';
import { Filters } from '../admin/filters.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { runsNetwork } from '../networks/standing.js';
import { changeAction, setDone } from './minutes-acts.js';
import { dueInWords, overdueInWords } from './due.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {{ id: number, network: number, event: number, title?: string, text: string, owner?: { id: number, name: string }, due: string, done: boolean }} Task */

const PAGE = 100;

/** What one is to do after the events of one's networks; of a network, what anybody is to do. */
export class TasksView extends View {
  /** @type {Listing<Task>} */ #list = new Listing(this.invalidate, (cursor) => this.#ask(cursor));
  #filters = new Filters('tasks', { state: 'open', network: this.getAttribute('network') ?? '', whose: 'mine' }, () => {
    this.#kept.clear();
    void this.#list.load();
  });
  /** What was ticked off here stays in its place, to be taken back. @type {Map<number, Task>} */
  #kept = new Map();

  topics() {
    return ['networks', 'me'];
  }

  connected() {
    const id = this.getAttribute('network') ?? '';
    const network = app.state.networks.get(Number(id));
    // Who runs a network looks after what everybody is to do in it.
    this.#filters.values = { ...this.#filters.values, network: id, whose: network && runsNetwork(network) ? 'all' : 'mine' };
    void this.#list.load();
    this.until(app.community.subscribe('minutes', () => void this.#list.load()));
  }

  render() {
    const joined = [...app.state.networks.values()].filter((network) => network.role);
    const { network, state } = this.#filters.values;
    return h('div', { class: 'screen-text is-wide tasks' }, backLink(network ? `/networks/${network}` : '/'),
      h('h1', { class: 'h3', key: 'title' }, t('tasks.title')),
      h('div', { class: 'filters', key: 'filters' },
        this.#filters.choice('state', t('tasks.state'), [{ value: 'open', label: t('tasks.open') }, { value: 'done', label: t('tasks.done') }, { value: '', label: t('tasks.all') }]),
        this.#filters.choice('network', t('tasks.network'), [{ value: '', label: t('tasks.allNetworks') }, ...joined.map(({ id, name }) => ({ value: String(id), label: local(name) }))]),
        network && this.#filters.choice('whose', t('tasks.whose'), [{ value: 'mine', label: t('tasks.mine') }, { value: 'all', label: t('tasks.everyone') }])),
      this.#list.render({
        empty: state === 'open' ? t('tasks.none') : t('tasks.noneFound'), absent: t('list.denied'),
        show: (rows) => h('ul', { class: 'action-list', key: 'list' }, rows.map((row) => this.#row(row))),
      }));
  }

  /** @param {Task} task */
  #row(task) {
    const network = app.state.networks.get(task.network);
    const runs = network !== undefined && runsNetwork(network) && !network.dormant;
    const isOwn = task.owner?.id === app.me;
    const overdue = overdueInWords(task);
    return h('li', { key: task.id },
      h('label', null, h('input', { type: 'checkbox', '.checked': task.done, disabled: (!runs && !isOwn) || network?.dormant === true,
        onchange: (/** @type {any} */ { target }) => void this.#tick(task, target.checked) }),
      h('span', { class: task.done ? 'is-done' : null }, task.text)),
      h('span', { class: 'card-detail', key: 'due' }, overdue && h('span', { class: 'tag is-bad', key: 'overdue' }, overdue), overdue && ' ', dueInWords(task), !isOwn && ` · ${task.owner?.name ?? t('tasks.nobody')}`),
      h('span', { class: 'card-detail', key: 'network' }, network && local(network.name)),
      h('span', { class: 'card-detail', key: 'where' }, h('a', { href: `/events/${task.event}` }, task.title ?? t('tasks.event'))),
      runs && h('span', { class: 'card-detail', key: 'acts' }, h('button', { type: 'button', class: 'act-button', 'aria-label': t('tasks.changeOne', { text: task.text }),
        onclick: () => void changeAction(task) }, t('tasks.change'))));
  }

  /** @param {Task} task @param {boolean} done */
  async #tick(task, done) {
    this.#kept.set(task.id, { ...task, done });
    if (!await setDone(task.id, done)) this.#kept.delete(task.id);
    await this.#list.load();
  }

  /** @param {string | undefined} cursor */
  async #ask(cursor) {
    const { state, network, whose } = this.#filters.values;
    const answer = await app.query('action.list', {
      limit: PAGE, ...(state ? { done: state === 'done' } : {}), ...(network ? { network: Number(network), mine: whose === 'mine' } : {}), ...(cursor ? { cursor } : {}),
    });
    const kept = cursor || !state ? [] : [...this.#kept.values()].filter(({ id }) => !answer.actions.some((/** @type {Task} */ one) => one.id === id));
    const rows = [...answer.actions, ...kept];
    if (kept.length > 0) rows.sort((a, b) => a.due.localeCompare(b.due) || a.id - b.id);
    return { rows, cursor: answer.cursor };
  }
}

customElements.define('m-tasks', TasksView);
