import { emptyState } from './state.js';

/** @typedef {import('./state').Slice} Slice */
/** @typedef {import('./state').State} State */
/** @typedef {import('../wire/protocol').Snapshot} Snapshot */
/** @typedef {import('../wire/protocol').Update} Update */

/** The store: applies snapshots and updates through the capabilities' slices, and tells views which topic changed. */
export class Community {
  /** @type {State} */
  state = emptyState();
  /** @type {Slice[]} */ #slices;
  /** @type {Map<string, Set<() => void>>} */ #listeners = new Map();

  /** @param {Slice[]} slices */
  constructor(slices) {
    this.#slices = slices;
  }

  /** @param {Snapshot} snapshot */
  applySnapshot(snapshot) {
    this.state = emptyState();
    for (const slice of this.#slices) slice.snapshot?.(this.state, snapshot, this.touch);
    for (const topic of this.#listeners.keys()) this.touch(topic);
  }

  /**
   * Shows what was known before, until a snapshot comes.
   * @param {State} state
   */
  restore(state) {
    this.state = state;
    for (const topic of this.#listeners.keys()) this.touch(topic);
  }

  /** @param {Update} update */
  applyUpdate(update) {
    for (const slice of this.#slices) slice.updates[update.type]?.(this.state, update, this.touch);
  }

  /**
   * What only this client can know: an own act of which no update comes back.
   * @param {string} type
   * @param {object} data
   */
  applyNote(type, data) {
    this.applyUpdate({ seq: 0, offset: 0, stream: '', type, at: '', by: this.state.me?.id, data });
  }

  /** Forgets everything: another person may sign in next. */
  clear() {
    this.state = emptyState();
    for (const topic of this.#listeners.keys()) this.touch(topic);
  }

  /**
   * @param {string} topic
   * @param {() => void} listener
   * @returns {() => void} stops listening
   */
  subscribe(topic, listener) {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(topic);
    };
  }

  /** @param {string} topic */
  touch = (topic) => {
    for (const listener of [...(this.#listeners.get(topic) ?? [])]) listener();
  };
}
