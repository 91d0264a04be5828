import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { t } from '../i18n/i18n.js';

/** Everything the community keeps about oneself, as a file. */
export class OwnData extends View {
  #busy = false;
  #file = 0;

  render() {
    return h('section', { class: 'settings' }, h('h2', { class: 'h5' }, t('data.title')), h('p', null, t('data.text')),
      this.#file > 0
        ? h('p', { role: 'status', key: 'file' }, h('a', { class: 'btn btn-primary btn-sm', href: `/files/${this.#file}`, download: '' }, t('data.download')))
        : h('button', { type: 'button', key: 'ask', class: 'btn btn-outline-primary btn-sm', disabled: this.#busy, onclick: this.#ask }, this.#busy ? t('data.busy') : t('data.action')));
  }

  #ask = async () => {
    this.#busy = true;
    this.draw();
    try {
      const { file } = await app.command('person.export', { person: app.me });
      this.#file = file;
    } catch (error) {
      showError(error);
    }
    this.#busy = false;
    this.draw();
  };
}

customElements.define('m-own-data', OwnData);
