import { h } from '../dom/h.js';
import { app } from '../shell/app.js';
import { BotTable } from './bot-table.js';
import { NetworkPage } from './network-page.js';
import { t } from '../i18n/i18n.js';

/** The bots that a network owns. */
export class NetworkBots extends NetworkPage {
  #bots = new BotTable(this.invalidate, () => ({ network: this.number('network') ?? 0 }));

  /** @returns {import('../networks/tabs').Part} */
  get page() {
    return 'bots';
  }

  get forRunners() {
    return true;
  }

  connected() {
    void this.#bots.load();
    this.until(app.connection.on('update', ({ type }) => {
      if (type === 'bot.created' || type === 'bot.revoked') void this.#bots.load();
    }));
  }

  /** @param {import('../wire/protocol').Network} network */
  content(network) {
    return [
      h('div', { class: 'section-head is-page', key: 'head' }, h('p', { class: 'lead-text' }, t('facilitation.bots.text')),
        !network.dormant && h('button', { type: 'button', class: 'btn btn-primary btn-sm', onclick: () => void this.#bots.create({ network: network.id }) }, t('facilitation.bots.create'))),
      this.#bots.render(),
    ];
  }
}

customElements.define('m-network-bots', NetworkBots);
