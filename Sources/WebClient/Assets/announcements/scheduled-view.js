import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { confirm } from '../dom/confirm.js';
import { View } from '../dom/view.js';
import { localTime } from '../dom/time.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { nameOf } from '../people/people.js';
import { bodiesInWords } from '../networks/sub-bodies.js';
import { toShown } from '../messages/wire-text.js';
import { t } from '../i18n/i18n.js';

/** @typedef {{ id: number, text: string, at: { local: string, zone: string }, acknowledge?: boolean, addressed?: number[], state: string, createdBy?: number, reason?: string }} Announcement */

/** A channel's announcements that wait for their time, or could not be published. */
export class ScheduledView extends View {
  /** @type {Announcement[] | 'loading' | 'failed'} */
  #list = 'loading';

  topics() {
    return ['people', 'bodies'];
  }

  connected() {
    void this.#load();
    this.until(app.connection.on('update', ({ type }) => {
      if (type.startsWith('announcement.')) void this.#load();
    }));
  }

  #load = async () => {
    try {
      const channel = this.number('channel');
      const [waiting, failed] = await Promise.all(['scheduled', 'failed'].map((state) => app.query('announcement.list', { channel, state, limit: 50 })));
      this.#list = [...failed.announcements, ...waiting.announcements.sort((/** @type {Announcement} */ a, /** @type {Announcement} */ b) => a.at.local.localeCompare(b.at.local))];
    } catch {
      this.#list = 'failed';
    }
    this.invalidate();
  };

  render() {
    if (this.#list === 'loading') return h('p', { class: 'state-text', role: 'status' }, t('timeline.loading'));
    if (this.#list === 'failed') return failure(t('schedule.failedList'), this.#load);
    if (this.#list.length === 0) return h('p', { class: 'state-text' }, t('schedule.none'));
    const network = app.state.channels.get(this.number('channel') ?? 0)?.network ?? 0;
    return h('ul', { class: 'scheduled-list' }, this.#list.map((one) => h('li', { key: one.id },
      h('p', { class: 'scheduled-at' }, one.state === 'failed' ? icon('it-warning-circle', 'icon-sm') : icon('it-clock', 'icon-sm'),
        h('strong', null, one.state === 'failed' ? t('schedule.failed', { when: localTime(one.at.local) }) : localTime(one.at.local)),
        one.createdBy && h('span', null, nameOf(one.createdBy)), one.addressed && h('span', { key: 'address' }, `${t('addressed.to')} ${bodiesInWords(one.addressed, network)}`)),
      h('p', { class: 'message-text is-plain' }, toShown(one.text).text),
      one.state === 'scheduled' && h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', onclick: () => void this.#cancel(one) }, t('schedule.cancel')))));
  }

  /** @param {Announcement} one */
  async #cancel(one) {
    if (!await confirm({ title: t('schedule.cancelTitle'), text: t('schedule.cancelText'), action: t('schedule.cancel') })) return;
    await app.command('announcement.cancel', { announcement: one.id }).catch(showError);
    await this.#load();
  }
}

customElements.define('m-scheduled', ScheduledView);
