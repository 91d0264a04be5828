/** @typedef {import('./outbox').OutboxEntry} OutboxEntry */
/** @typedef {import('./outbox').OutboxStorage} OutboxStorage */

const DATABASE = 'metropoli';
const STORE = 'outbox';

/**
 * The outbox in IndexedDB, so that a message written offline survives the tab.
 * @implements {OutboxStorage}
 */
export class IndexedDBOutbox {
  /** @type {Promise<IDBDatabase> | undefined} */
  #database;

  /** @param {number} person @returns {Promise<OutboxEntry[]>} */
  async load(person) {
    /** @type {OutboxEntry[]} */
    const all = await this.#run('readonly', (store) => store.getAll());
    return all.filter((entry) => entry.person === person).sort((a, b) => a.at.localeCompare(b.at) || a.order - b.order);
  }

  /** @param {OutboxEntry} entry */
  async put(entry) {
    await this.#run('readwrite', (store) => store.put(entry));
  }

  /** @param {string} nonce */
  async remove(nonce) {
    await this.#run('readwrite', (store) => store.delete(nonce));
  }

  /**
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest} act
   * @returns {Promise<any>}
   */
  async #run(mode, act) {
    this.#database ??= openDatabase();
    const database = await this.#database;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }
}

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'nonce' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
