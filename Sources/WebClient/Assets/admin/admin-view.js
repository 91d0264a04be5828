import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { backLink } from '../shell/back-link.js';
import { isAdministrator, isModerator } from '../networks/standing.js';
import { SECTIONS, sectionsForMe } from './sections.js';
import { t } from '../i18n/i18n.js';
import './audit-view.js';
import './mail-view.js';
import './bots-view.js';
import './health-view.js';
import './import-view.js';
import './networks-view.js';
import './organisations-view.js';
import './overview.js';
import './people-view.js';
import './reports-view.js';

/** The community's administration: what its pages have in common, and who may see which. */
export class AdminView extends View {
  static observedAttributes = ['section'];

  topics() {
    return ['me'];
  }

  render() {
    const section = this.getAttribute('section') ?? 'overview';
    const title = t((SECTIONS[section] ?? SECTIONS.overview).title.text);
    const allowed = sectionsForMe().includes(section) || (section === 'overview' && isModerator());
    return h('div', { class: 'screen-text is-wide admin', key: section },
      backLink(section === 'overview' ? '/' : '/admin'),
      h('p', { class: 'overline', key: 'over' }, isAdministrator() ? t('header.admin') : t('header.moderation')),
      h('h1', { class: 'h3' }, title),
      !allowed ? h('p', { class: 'notice-inline is-info', key: 'denied' }, t('list.denied')) : [
        h('nav', { class: 'page-tabs is-wide-only', key: 'tabs', 'aria-label': t('admin.sections') }, h('ul', null, ['overview', ...sectionsForMe()].map((one) => h('li', { key: one },
          h('a', { href: one === 'overview' ? '/admin' : `/admin/${one}`, 'aria-current': one === section ? 'page' : null }, t(SECTIONS[one].short.text)))))),
        h(`m-admin-${section}`, { key: 'content' }),
      ]);
  }
}

customElements.define('m-admin', AdminView);
