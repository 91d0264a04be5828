import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { isAdministrator } from '../networks/standing.js';
import { SECTIONS, sectionsForMe } from './sections.js';
import { plural, t } from '../i18n/i18n.js';

/** Where administration begins: what waits for someone, and the way to each page. */
export class AdminOverview extends View {
  /** @type {Record<string, string>} */ #news = {};

  connected() {
    void this.#count('reports', app.query('report.list', { limit: 200 }).then(({ reports }) => reports.length > 0 && plural('admin.overview.reports', reports.length)));
    if (!isAdministrator()) return;
    void this.#count('people', app.query('invitation.list').then(({ invitations }) => invitations.length > 0 && plural('admin.overview.invitations', invitations.length)));
    void this.#count('networks', app.query('network.list').then(({ networks }) => {
      const dormant = networks.filter((/** @type {any} */ network) => network.dormant).length;
      return [plural('admin.overview.networks', networks.length), dormant > 0 && plural('admin.overview.dormant', dormant)].filter(Boolean).join(', ');
    }));
    void this.#count('health', fetch('/health').then((response) => response.json()).then(({ status }) => status === 'ok' ? t('admin.health.ok') : t('admin.health.bad')));
  }

  /** @param {string} section @param {Promise<string | false>} asked */
  async #count(section, asked) {
    const text = await asked.catch(() => false);
    if (!text) return;
    this.#news[section] = String(text);
    this.invalidate();
  }

  render() {
    return h('ul', { class: 'card-list admin-cards' }, sectionsForMe().map((section) => h('li', { key: section },
      h('a', { class: 'card-link', href: `/admin/${section}` }, picture(section),
        h('span', null, h('span', { class: 'card-title' }, t(SECTIONS[section].short.text)),
          h('span', { class: 'card-detail' }, t(/** @type {{ text: string }} */ (SECTIONS[section].about).text)),
          this.#news[section] && h('span', { class: 'card-news', key: 'news' }, h('span', { class: 'tag is-accent' }, this.#news[section])))))));
  }
}

/** @param {string} section */
function picture(section) {
  switch (section) {
    case 'people': return icon('it-user', 'icon-sm');
    case 'organisations': return icon('it-pa', 'icon-sm');
    case 'networks': return icon('it-piattaforme', 'icon-sm');
    case 'bots': return icon('it-settings', 'icon-sm');
    case 'reports': return icon('it-flag', 'icon-sm');
    case 'import': return icon('it-upload', 'icon-sm');
    case 'audit': return icon('it-list', 'icon-sm');
    case 'mail': return icon('it-mail', 'icon-sm');
    default: return icon('it-chart-line', 'icon-sm');
  }
}

customElements.define('m-admin-overview', AdminOverview);
