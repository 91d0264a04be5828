import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { confirm } from '../dom/confirm.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { inOrder, sessionList } from './session-list.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./session-list').Session} Session */

/** Where one is signed in, and a way to end it. */
export class Devices extends View {
  /** @type {Session[] | 'loading' | 'failed'} */
  #sessions = 'loading';

  connected() {
    void this.#load();
  }

  #load = async () => {
    try {
      this.#sessions = inOrder((await app.query('session.list')).sessions);
    } catch {
      this.#sessions = 'failed';
    }
    this.invalidate();
  };

  render() {
    return h('section', { class: 'settings' }, h('h2', { class: 'h5' }, t('devices.title')), h('p', { class: 'field-hint' }, t('devices.hint')), this.#list());
  }

  #list() {
    if (this.#sessions === 'loading') return h('p', { class: 'state-text', role: 'status' }, t('devices.loading'));
    if (this.#sessions === 'failed') return failure(t('devices.failed'), this.#load);
    return sessionList(this.#sessions, (session) => void this.#end(session));
  }

  /** @param {Session} session */
  async #end(session) {
    if (!await confirm({ title: t('devices.endTitle'), text: t('devices.endText'), action: t('devices.end') })) return;
    await app.command('session.end', { session: session.id }).catch(showError);
    await this.#load();
  }
}

customElements.define('m-devices', Devices);
