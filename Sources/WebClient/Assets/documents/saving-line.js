import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { savingState } from './words.js';

/** What lasts a moment only is shown, and not said aloud. */
const SAID_AFTER_MS = 1200;

/** Whether what one writes is with the server: in words, and said politely when it lasts. */
export class SavingLine extends View {
  /** @type {import('./document-session').DocumentSession | undefined} */ session;
  #said = '';
  #kind = '';
  #timer = 0;

  topics() {
    return ['connection'];
  }

  connected() {
    if (this.session) this.until(this.session.on('changed', this.invalidate));
  }

  disconnected() {
    window.clearTimeout(this.#timer);
  }

  render() {
    if (!this.session) return null;
    const { kind, text } = savingState(this.session);
    if (kind !== this.#kind) {
      this.#kind = kind;
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => {
        this.#said = this.session ? savingState(this.session).text : '';
        this.draw();
      }, SAID_AFTER_MS);
    }
    return [
      h('p', { class: `saving-line is-${kind}`, key: 'shown', 'aria-hidden': 'true' }, picture(kind), h('span', null, text)),
      h('p', { class: 'visually-hidden', role: 'status', key: 'said' }, this.#said),
    ];
  }
}

/** @param {ReturnType<typeof savingState>['kind']} kind */
function picture(kind) {
  switch (kind) {
    case 'saved': return icon('it-check', 'icon-sm');
    case 'trouble': return icon('it-error', 'icon-sm');
    case 'waiting': case 'offline': return icon('it-warning-circle', 'icon-sm');
    default: return icon('it-refresh', 'icon-sm');
  }
}

customElements.define('m-saving-line', SavingLine);
