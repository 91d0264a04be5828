import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { confirm } from '../dom/confirm.js';
import { View } from '../dom/view.js';
import { fullTime } from '../dom/time.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { t } from '../i18n/i18n.js';

/** @typedef {{ id: number, at: string, lastUse: string, expires: string, address?: string, current: boolean }} Session */

/** Where one is signed in, and a way to end it. */
export class Devices extends View {
  /** @type {Session[] | 'loading' | 'failed'} */
  #sessions = 'loading';

  connected() {
    void this.#load();
  }

  #load = async () => {
    try {
      const { sessions } = await app.query('session.list');
      this.#sessions = sessions.sort((/** @type {Session} */ a, /** @type {Session} */ b) => Number(b.current) - Number(a.current) || b.lastUse.localeCompare(a.lastUse));
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
    return h('ul', { class: 'device-list' }, this.#sessions.map((session) => h('li', { key: session.id },
      h('div', null,
        h('strong', null, session.current ? t('devices.current') : t('devices.other')),
        h('span', null, t('devices.since', { when: fullTime(session.at) })),
        h('span', null, [t('devices.lastUse', { when: fullTime(session.lastUse) }), session.address].filter(Boolean).join(' · '))),
      !session.current && h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', onclick: () => void this.#end(session) },
        t('devices.end'), h('span', { class: 'visually-hidden' }, ` ${fullTime(session.at)}`)))));
  }

  /** @param {Session} session */
  async #end(session) {
    if (!await confirm({ title: t('devices.endTitle'), text: t('devices.endText'), action: t('devices.end') })) return;
    await app.command('session.end', { session: session.id }).catch(showError);
    await this.#load();
  }
}

customElements.define('m-devices', Devices);
