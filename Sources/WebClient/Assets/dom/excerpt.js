import { sanitise } from './sanitise.js';

/**
 * The beginning of what the server rendered, as plain text.
 * @param {string} html
 * @param {number} letters
 */
export function excerpt(html, letters) {
  // Blocks end where the eye sees an end.
  const text = (sanitise(html.replace(/<\/(p|li|h\d|blockquote|pre|td)>/g, '$& ')).textContent ?? '').replace(/\s+/g, ' ').trim();
  const characters = [...text];
  return characters.length <= letters ? text : `${characters.slice(0, letters).join('').trimEnd()}…`;
}
