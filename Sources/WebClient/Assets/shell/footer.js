import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { t } from '../i18n/i18n.js';

export class Footer extends View {
  render() {
    return h('footer', { class: 'service-footer' },
      h('p', null, t('footer.programme')),
      h('ul', null,
        h('li', null, h('a', { href: '/NOTICE.txt', target: '_blank', rel: 'noopener' }, t('footer.notice'))),
        h('li', null, h('a', { href: '/api/v1/openapi.json', target: '_blank', rel: 'noopener' }, t('footer.api')))));
  }
}

customElements.define('m-footer', Footer);
