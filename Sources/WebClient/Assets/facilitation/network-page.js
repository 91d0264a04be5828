import { h } from '../dom/h.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { runsNetwork } from '../networks/standing.js';
import { networkHeading, networkNotFound } from '../networks/tabs.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Network} Network */
/** @typedef {import('../dom/h').Child} Child */

/** A page of a network beside its home: what each has in common. */
export class NetworkPage extends View {
  /** What is being done, so that it is not done twice. */
  busy = '';

  /** @returns {import('../networks/tabs').Part} */
  get page() {
    return 'about';
  }

  /** Whether only who runs the network may see it. */
  get forRunners() {
    return false;
  }

  topics() {
    return ['networks', 'channels'];
  }

  /** @returns {Network | undefined} */
  get network() {
    return app.state.networks.get(this.number('network') ?? 0);
  }

  render() {
    const { network } = this;
    if (!network) return networkNotFound();
    return h('div', { class: 'screen-text is-wide' }, networkHeading(network, this.page),
      this.forRunners && !runsNetwork(network)
        ? h('p', { class: 'notice-inline is-info', key: 'denied' }, t('list.denied'))
        : this.content(network));
  }

  /** @param {Network} _network @returns {Child} */
  content(_network) {
    return null;
  }

  /** @param {string} what @param {() => Promise<unknown>} act */
  async do(what, act) {
    if (this.busy) return;
    this.busy = what;
    this.invalidate();
    await act().catch(showError);
    this.busy = '';
    this.invalidate();
  }
}
