import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { t } from '../i18n/i18n.js';

/** Where the symbol of a ticket leads the telephone of who stands at the door. */
export class CheckIn extends View {
  /** @type {{ person: { id: number, name: string }, event: number, registration: number } | undefined} */ #admitted;
  /** @type {any} */ #error;
  #busy = false;

  render() {
    const admitted = this.#admitted;
    return h('div', { class: 'screen-text check-in' }, h('h1', { class: 'h3' }, t('attendance.door')),
      admitted ? h('div', { role: 'status', key: 'in' }, h('p', { class: 'check-in-name' }, icon('it-check-circle', 'icon-lg icon-success'), ' ', admitted.person.name),
        h('p', null, t('attendance.cameIn')), h('p', null, h('a', { href: `/events/${admitted.event}` }, t('attendance.toEvent'))))
        : [
          h('p', { key: 'text' }, t('attendance.doorText')),
          this.#error && h('p', { class: 'notice-inline is-danger', role: 'alert', key: 'error' }, refusal(this.#error)),
          h('button', { type: 'button', class: 'btn btn-primary btn-lg check-in-button', key: 'admit', disabled: this.#busy, onclick: () => void this.#admit() }, t('attendance.admit')),
        ]);
  }

  async #admit() {
    this.#busy = true;
    this.#error = undefined;
    this.invalidate();
    try {
      this.#admitted = await app.command('attendance.admit', { code: this.getAttribute('code') });
    } catch (error) {
      this.#error = error;
    }
    this.#busy = false;
    this.invalidate();
  }
}

/** @param {any} error */
function refusal(error) {
  if (error?.code === 'not_found') return t('attendance.noTicket');
  if (error?.code === 'conflict' && error.refusal?.current?.state === 'checked_in') return t('attendance.alreadyIn');
  if (error?.code === 'conflict') return t('attendance.noSeat');
  return errorText(error);
}

customElements.define('m-check-in', CheckIn);
