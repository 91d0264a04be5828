/** @typedef {import('../wire/protocol').FileInfo} FileInfo */

// What the server shows as pictures, by the type that it finds in the content.
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

/** @param {string} type */
export function isPicture(type) {
  return PICTURES.has(type);
}

/**
 * A file as Markdown: a picture with what it shows in words, anything else as a link.
 * @param {FileInfo} file
 * @param {string} [alt]
 */
export function fileMarkup({ id, name, type }, alt = '') {
  const words = (/** @type {string} */ text) => text.replace(/\s+/g, ' ').trim().replace(/[\\[\]`*<]/g, '\\$&');
  return isPicture(type) ? `![${words(alt)}](/files/${id})` : `[${words(name)}](/files/${id})`;
}
