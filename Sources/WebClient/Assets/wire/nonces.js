const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * A nonce is unique for ever per person: 22 random characters, 132 bits.
 * `crypto.randomUUID` would do, but is missing on a page served over plain http by name.
 * @param {(bytes: Uint8Array) => Uint8Array} [fill]
 */
export function newNonce(fill = (bytes) => crypto.getRandomValues(bytes)) {
  return Array.from(fill(new Uint8Array(22)), (byte) => ALPHABET[byte & 63]).join('');
}
