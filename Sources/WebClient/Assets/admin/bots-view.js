import { h } from '../dom/h.js';
import { askForm } from '../dom/form-dialog.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { BotTable } from '../facilitation/bot-table.js';
import { local, t } from '../i18n/i18n.js';

/** The bots of all networks and organisations. */
export class AdminBots extends View {
  #bots = new BotTable(this.invalidate, () => ({}), (owner) => ownerName(owner, this.#organisations));
  /** @type {Map<number, string>} */ #organisations = new Map();

  connected() {
    void this.#bots.load();
    app.query('organisation.list', { limit: 2000 }).then(({ organisations }) => {
      this.#organisations = new Map(organisations.map((/** @type {any} */ one) => [one.id, one.name]));
      this.invalidate();
    }, () => undefined);
  }

  render() {
    return [
      h('div', { class: 'section-head is-page', key: 'head' }, h('p', { class: 'lead-text' }, t('admin.bots.about')),
        h('button', { type: 'button', class: 'btn btn-primary btn-sm', onclick: () => void this.#create() }, t('admin.bots.create'))),
      this.#bots.render(),
    ];
  }

  async #create() {
    const networks = [...app.state.networks.values()].filter(({ dormant }) => !dormant).sort((a, b) => local(a.name).localeCompare(local(b.name), 'it'));
    const done = await askForm({
      title: t('admin.bots.create'),
      text: h('p', null, t('admin.bots.createText')),
      fields: [{ name: 'network', label: t('admin.bots.network'), kind: 'select', required: true,
        options: [{ value: '', label: t('form.choose') }, ...networks.map(({ id, name }) => ({ value: String(id), label: local(name) }))] }],
      action: t('admin.bots.next'),
      submit: async ({ network }) => Number(network),
    });
    if (done) await this.#bots.create({ network: done.answer });
  }
}

/** @param {import('../facilitation/bot-table').Owner} owner @param {Map<number, string>} organisations */
function ownerName({ network, organisation }, organisations) {
  if (network) return local(app.state.networks.get(network)?.name) || `#${network}`;
  return organisations.get(organisation ?? 0) ?? `#${organisation}`;
}

customElements.define('m-admin-bots', AdminBots);
