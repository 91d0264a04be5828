import DOMPurify from 'dompurify';

// The server renders Markdown into these tags alone; this is the second wall, the content security policy the third.
const RULES = {
  ALLOWED_TAGS: ['div', 'p', 'br', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'span', 'h1', 'h2', 'h3',
    'h4', 'h5', 'h6', 'hr', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'mark', 'input', 'img'],
  ALLOWED_ATTR: ['href', 'rel', 'title', 'class', 'start', 'lang', 'dir', 'data-person', 'data-group', 'data-reference', 'data-id',
    'type', 'checked', 'disabled', 'src', 'alt', 'loading'],
  ALLOW_DATA_ATTR: false,
  IN_PLACE: true,
};

/**
 * Parsed into a detached document first: there nothing loads or runs, and the page's policy has nothing to report.
 * @param {string} html
 * @returns {DocumentFragment}
 */
export function sanitise(html) {
  const detached = new DOMParser().parseFromString('<div></div>', 'text/html');
  const root = /** @type {HTMLElement} */ (detached.body.firstElementChild);
  root.innerHTML = html;
  DOMPurify.sanitize(root, RULES);
  for (const picture of root.querySelectorAll('img')) {
    // Only pictures of this server, at their plain address; any other is what it says in words.
    if (!/^\/files\/[1-9]\d*$/.test(picture.getAttribute('src') ?? '')) picture.replaceWith(picture.alt);
  }
  for (const link of root.querySelectorAll('a[href]')) {
    if (!link.getAttribute('href')?.startsWith('/')) {
      link.setAttribute('rel', 'noopener noreferrer');
      link.setAttribute('target', '_blank');
    }
  }
  const fragment = document.createDocumentFragment();
  fragment.append(...root.childNodes);
  return fragment;
}
