import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { language, t } from '../i18n/i18n.js';

export class Footer extends View {
  render() {
    return h('footer', { class: 'service-footer' },
      h('p', null, t('footer.programme')),
      h('ul', null,
        h('li', null, h('a', { href: page('/accessibilita') }, t('footer.accessibility'))),
        h('li', null, h('a', { href: page('/privacy') }, t('footer.privacy'))),
        h('li', null, h('a', { href: '/NOTICE.txt', target: '_blank', rel: 'noopener' }, t('footer.notice'))),
        h('li', null, h('a', { href: '/api/v1/openapi.json', target: '_blank', rel: 'noopener' }, t('footer.api')))));
  }
}

/**
 * A page that the server renders, in the language chosen here.
 * @param {string} path
 */
function page(path) {
  return language() === 'en' ? `${path}?lang=en` : path;
}

customElements.define('m-footer', Footer);
