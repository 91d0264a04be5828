import { refusalOf } from '../session/session.js';
import { newNonce } from '../wire/nonces.js';
import { RequestRefused } from '../wire/requests.js';

/** @typedef {import('../wire/protocol').FileInfo} FileInfo */

/** Waits before an upload whose line broke is tried again. */
const WAITS_MS = [1_000, 4_000];

/**
 * A file on its way; `fetch` cannot tell how much of a body has gone, the older interface can.
 *
 * A line that breaks may have broken after the last byte: it is tried again under the same key, and the server that has the
 * file already answers with that one.
 * @param {File} file
 * @param {number} channel
 * @param {(part: number) => void} progressed from 0 to 1
 * @returns {{ done: Promise<FileInfo>, cancel: () => void }}
 */
export function upload(file, channel, progressed) {
  const key = newNonce();
  /** @type {() => void} */
  let stop = () => undefined;
  const done = (async () => {
    for (let attempt = 0; ; attempt += 1) {
      const sending = send(file, channel, key, progressed);
      stop = sending.cancel;
      try {
        return await sending.done;
      } catch (error) {
        if (!(error instanceof TypeError) || attempt >= WAITS_MS.length) throw error;
      }
      progressed(0);
      await new Promise((resolve, reject) => {
        const timer = window.setTimeout(resolve, WAITS_MS[attempt]);
        stop = () => {
          window.clearTimeout(timer);
          reject(cancelled());
        };
      });
    }
  })();
  return { done, cancel: () => stop() };
}

/**
 * @param {File} file
 * @param {number} channel
 * @param {string} key
 * @param {(part: number) => void} progressed
 * @returns {{ done: Promise<FileInfo>, cancel: () => void }}
 */
function send(file, channel, key, progressed) {
  const request = new XMLHttpRequest();
  const address = `/api/v1/files?name=${encodeURIComponent(file.name)}&channel=${channel}`;
  const done = new Promise((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => progressed(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new TypeError('upload failed'));
    request.onabort = () => reject(cancelled());
    request.onload = async () => {
      if (request.status >= 200 && request.status < 300) {
        const { id, name, type, bytes } = JSON.parse(request.responseText);
        resolve({ id, name, type, bytes });
        return;
      }
      const response = new Response(request.responseText, { status: request.status });
      reject(new RequestRefused(await refusalOf(response)));
    };
  });
  request.open('PUT', address);
  request.setRequestHeader('content-type', file.type || 'application/octet-stream');
  request.setRequestHeader('idempotency-key', key);
  request.send(file);
  return { done, cancel: () => request.abort() };
}

function cancelled() {
  return new DOMException('cancelled', 'AbortError');
}
