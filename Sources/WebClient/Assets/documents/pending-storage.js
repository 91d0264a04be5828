/** @typedef {import('./co-editing').Saved} Saved */
/**
 * What one changed in a document and the server does not have yet, in one tab.
 * @typedef {{ key: string, person: number, document: number, tab: string, title: string, at: string, saved: Saved }} Pending
 */

const DATABASE = 'metropoli-documents';
const STORE = 'pending';

/** @param {Omit<Pending, 'key'>} pending */
export async function keepPending(pending) {
  await run('readwrite', (store) => store.put({ ...pending, key: keyOf(pending) }));
}

/** @param {Pick<Pending, 'person' | 'document' | 'tab'>} of */
export async function dropPending(of) {
  await run('readwrite', (store) => store.delete(keyOf(of)));
}

/**
 * The newest first.
 * @param {number} person
 * @param {number} [document]
 * @returns {Promise<Pending[]>}
 */
export async function pendingOf(person, document) {
  /** @type {Pending[]} */
  const all = await run('readonly', (store) => store.getAll()).catch(() => []);
  return all.filter((one) => one.person === person && (document === undefined || one.document === document)).sort((a, b) => b.at.localeCompare(a.at));
}

/** Signing out: nothing of it stays here. */
export async function forgetPending() {
  await run('readwrite', (store) => store.clear()).catch(() => undefined);
}

/** @param {Pick<Pending, 'person' | 'document' | 'tab'>} of */
function keyOf({ person, document, tab }) {
  return `${person}/${document}/${tab}`;
}

/** @type {IDBDatabase | undefined} */
let database;

/**
 * With a database that is open already, a write is on its way before this returns: a page that is being left has no later moment.
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} act
 * @returns {Promise<any>}
 */
async function run(mode, act) {
  const open = database ?? await openDatabase();
  return new Promise((resolve, reject) => {
    const transaction = open.transaction(STORE, mode);
    const request = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
    if (mode === 'readwrite') transaction.commit();
  });
}

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      database = request.result;
      database.onclose = () => { database = undefined; };
      resolve(database);
    };
  });
}
