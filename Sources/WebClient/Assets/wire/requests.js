/** @typedef {import('./protocol').Reply} Reply */
/** @typedef {import('./protocol').Refusal} Refusal */

/**
 * @typedef {object} Request
 * @property {number} id
 * @property {string} name
 * @property {any} body
 * @property {string | undefined} nonce
 * @property {number} attempts
 * @property {boolean} onWire
 * @property {number} notBefore
 * @property {(ok: any) => void} resolve
 * @property {(error: RequestRefused) => void} reject
 */

const MOST_ATTEMPTS = 6;

/** What a caller of `request` catches. */
export class RequestRefused extends Error {
  /** @param {Refusal} refusal */
  constructor(refusal) {
    super(`${refusal.code}: ${refusal.message ?? ''}`);
    this.code = refusal.code;
    this.refusal = refusal;
  }
}

/**
 * Requests that wait for a reply. They outlive a connection: a query may be asked again, and a command
 * bears a nonce, so everything unanswered is simply sent again on the next connection.
 */
export class Requests {
  /** @type {Map<number, Request>} */
  #waiting = new Map();
  #lastId = 0;

  /** @param {string} name @param {any} body @param {string} [nonce] @returns {Promise<any>} */
  add(name, body, nonce) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { id, name, body, nonce, attempts: 0, onWire: false, notBefore: 0, resolve, reject });
    });
  }

  /**
   * The objects to send now, within the bound of unanswered requests; they count as sent.
   * @param {number} inFlight
   * @param {number} now
   */
  takeSendable(inFlight, now) {
    const all = [...this.#waiting.values()];
    const room = inFlight - all.filter((request) => request.onWire).length;
    const ready = all.filter((request) => !request.onWire && request.notBefore <= now).slice(0, Math.max(0, room));
    return ready.map((request) => {
      request.onWire = true;
      request.attempts += 1;
      const { id, name, body, nonce } = request;
      return nonce === undefined ? { id, do: name, with: body } : { id, do: name, with: body, nonce };
    });
  }

  /**
   * When the earliest postponed request is due, if there is one.
   * @returns {number | undefined}
   */
  get nextDue() {
    const due = [...this.#waiting.values()].filter((request) => !request.onWire).map((request) => request.notBefore);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  /**
   * @param {Reply} reply
   * @param {number} now
   */
  settle(reply, now) {
    const request = this.#waiting.get(reply.id);
    if (!request) return;
    const refusal = reply.error;
    if (refusal && isPassing(refusal) && request.attempts < MOST_ATTEMPTS) {
      request.onWire = false;
      request.notBefore = now + (refusal.retryAfterMs ?? 500 * request.attempts);
      return;
    }
    this.#waiting.delete(reply.id);
    if (refusal) request.reject(new RequestRefused(refusal));
    else request.resolve(reply.ok);
  }

  /** The connection is gone, and with it the replies that were on their way. */
  disconnected() {
    for (const request of this.#waiting.values()) request.onWire = false;
  }

  /**
   * There will be no further connection for them.
   * @param {string} code
   */
  abandon(code) {
    const requests = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const request of requests) request.reject(new RequestRefused({ code, retryable: false }));
  }
}

/** @param {Refusal} refusal */
function isPassing(refusal) {
  return refusal.code === 'rate_limited' || (refusal.code === 'unavailable' && refusal.retryable === true);
}
