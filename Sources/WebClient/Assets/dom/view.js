import { patch } from './h.js';
import { onLanguage } from '../i18n/i18n.js';
import { app } from '../shell/app.js';

/** @typedef {import('./h').Child} Child */

/**
 * A custom element that draws itself from the store: it names the topics it depends on and describes its content;
 * several changes of one moment are drawn once, in the next frame.
 */
export class View extends HTMLElement {
  /** @type {(() => void)[]} */ #stops = [];
  /** @type {Map<string, () => void>} */ #topics = new Map();
  #frame = 0;

  /**
   * What it depends on, asked again after each drawing.
   * @returns {string[]}
   */
  topics() {
    return [];
  }

  /** @returns {Child} */
  render() {
    return null;
  }

  /** After the document was changed. */
  rendered() {}

  /** Before the document is changed. */
  beforeRender() {}

  connected() {}

  disconnected() {}

  connectedCallback() {
    this.#stops.push(onLanguage(() => this.invalidate()));
    this.connected();
    this.draw();
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    for (const stop of [...this.#stops, ...this.#topics.values()]) stop();
    this.#stops = [];
    this.#topics.clear();
    this.disconnected();
  }

  /**
   * Lives as long as the element is in the document.
   * @param {() => void} stop
   */
  until(stop) {
    this.#stops.push(stop);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.invalidate();
  }

  invalidate = () => {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.draw());
  };

  /** Draws anew what no topic told. */
  refresh() {
    this.invalidate();
  }

  draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (!this.isConnected) return;
    this.beforeRender();
    patch(this, this.render());
    this.#listen();
    this.rendered();
  }

  #listen() {
    const wanted = new Set(this.topics());
    for (const [topic, stop] of this.#topics) {
      if (!wanted.has(topic)) {
        stop();
        this.#topics.delete(topic);
      }
    }
    for (const topic of wanted) {
      if (!this.#topics.has(topic)) this.#topics.set(topic, app.community.subscribe(topic, this.invalidate));
    }
  }

  /**
   * A number in an attribute, or nothing.
   * @param {string} name
   * @returns {number | undefined}
   */
  number(name) {
    const value = this.getAttribute(name);
    return value === null || value === '' ? undefined : Number(value);
  }
}
