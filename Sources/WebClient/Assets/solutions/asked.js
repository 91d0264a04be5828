import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { backLink } from '../shell/back-link.js';
import { errorText } from '../shell/errors.js';
import { gathered } from '../webinars/gathered.js';
import { t } from '../i18n/i18n.js';

/** What comes close together is asked for once. */
const GATHER_MS = 150;

/**
 * What a screen shows of the server: asked once, again when it changed; of several answers the last one counts.
 * @template Value
 */
export class Asked {
  /** @type {Value | undefined} */ value;
  /** @type {any} */ error;
  #asked = 0;
  #again = gathered(() => void this.load(), GATHER_MS);
  /** @type {() => void} */ #draw;
  /** @type {() => Promise<Value>} */ #ask;

  /** @param {() => void} draw @param {() => Promise<Value>} ask */
  constructor(draw, ask) {
    this.#draw = draw;
    this.#ask = ask;
  }

  load = async () => {
    const asked = ++this.#asked;
    try {
      const value = await this.#ask();
      if (asked !== this.#asked) return;
      this.value = value;
      this.error = undefined;
    } catch (/** @type {any} */ error) {
      if (asked !== this.#asked) return;
      this.error = error;
      // What one may no longer know of is not shown any longer; anything else stays until it is heard of again.
      if (this.isHidden) this.value = undefined;
    }
    this.#draw();
  };

  soon = () => this.#again.ask();

  stop() {
    this.#again.stop();
  }

  get isHidden() {
    return ['not_found', 'forbidden'].includes(this.error?.code);
  }
}

/**
 * A screen whose content is not here: on its way, hidden, or failed.
 * @param {Asked<any>} asked
 * @param {{ title: string, hidden: string, hiddenText: string, back?: string }} words
 */
export function notHere(asked, { title, hidden, hiddenText, back = '/solutions' }) {
  if (!asked.error) return h('div', { class: 'screen-text', key: 'loading' }, backLink(back), h('p', { class: 'state-text', role: 'status' }, t('solutions.loading')));
  return h('div', { class: 'screen-text', key: 'not here' }, backLink(back), h('h1', { class: 'h3' }, asked.isHidden ? hidden : title),
    asked.isHidden ? h('p', null, hiddenText) : h('div', { role: 'alert' }, failure(errorText(asked.error), () => void asked.load())));
}
