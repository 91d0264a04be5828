/** @typedef {import('./protocol').ServerObject} ServerObject */

/**
 * A frame carries one or more JSON objects separated by line feeds.
 * JSON text never holds a raw line feed, so splitting before parsing is safe.
 * @param {string} frame
 * @returns {ServerObject[]}
 */
export function decodeFrame(frame) {
  return frame.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
}

/**
 * Packs objects into as few frames as the server's limit allows, in their order.
 * @param {object[]} objects
 * @param {number} frameBytes
 * @returns {string[]}
 */
export function encodeFrames(objects, frameBytes) {
  /** @type {string[]} */
  const frames = [];
  let frame = '';
  let bytes = 0;
  for (const object of objects) {
    const text = JSON.stringify(object);
    const size = utf8Length(text);
    if (frame !== '' && bytes + 1 + size > frameBytes) {
      frames.push(frame);
      frame = '';
      bytes = 0;
    }
    frame = frame === '' ? text : `${frame}\n${text}`;
    bytes += size + (bytes === 0 ? 0 : 1);
  }
  if (frame !== '') frames.push(frame);
  return frames;
}

/** @param {string} text */
export function utf8Length(text) {
  return new TextEncoder().encode(text).length;
}

/**
 * How many characters at its end make a text longer than so many bytes.
 * @param {string} text
 * @param {number} bytes
 */
export function charactersBeyond(text, bytes) {
  const characters = [...text];
  let excess = utf8Length(text) - bytes;
  let count = 0;
  while (excess > 0) excess -= utf8Length(characters[characters.length - ++count]);
  return count;
}
