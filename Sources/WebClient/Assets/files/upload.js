import { refusalOf } from '../session/session.js';
import { RequestRefused } from '../wire/requests.js';

/** @typedef {import('../wire/protocol').FileInfo} FileInfo */

/**
 * A file on its way; `fetch` cannot tell how much of a body has gone, the older interface can.
 * @param {File} file
 * @param {number} channel
 * @param {(part: number) => void} progressed from 0 to 1
 * @returns {{ done: Promise<FileInfo>, cancel: () => void }}
 */
export function upload(file, channel, progressed) {
  const request = new XMLHttpRequest();
  const address = `/api/v1/files?name=${encodeURIComponent(file.name)}&channel=${channel}`;
  const done = new Promise((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => progressed(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new TypeError('upload failed'));
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
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
  request.send(file);
  return { done, cancel: () => request.abort() };
}
