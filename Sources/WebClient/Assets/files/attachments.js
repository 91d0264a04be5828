import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { language, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').FileInfo} FileInfo */

// What the server makes thumbnails of.
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/**
 * Pictures that the server can make no thumbnail of: damaged, or too large.
 * @type {Set<number>}
 */
const withoutThumbnail = new Set();

/** @param {FileInfo} file */
function showAsFile(file) {
  return (/** @type {Event} */ event) => {
    withoutThumbnail.add(file.id);
    const view = /** @type {HTMLElement} */ (event.currentTarget).closest('m-timeline, m-pins');
    /** @type {import('../dom/view').View | null} */ (view)?.refresh();
  };
}

/** @param {FileInfo[]} files @param {string | null} [tabindex] */
export function attachments(files, tabindex = null) {
  if (files.length === 0) return null;
  return h('ul', { class: 'attachments', 'aria-label': t('files.list') }, files.map((file) => h('li', { key: file.id },
    PICTURES.has(file.type) && !withoutThumbnail.has(file.id)
      ? h('a', { class: 'attachment-picture', tabindex, href: `/files/${file.id}`, target: '_blank', rel: 'noopener' },
        h('img', { src: `/files/${file.id}?thumbnail=1`, alt: file.name, loading: 'lazy', onerror: showAsFile(file) }))
      : h('a', { class: 'attachment-file', tabindex, href: `/files/${file.id}`, download: file.name },
        fileIcon(file),
        h('span', null,
          h('span', { class: 'attachment-name' }, file.name),
          h('span', { class: 'attachment-size' }, fileSize(file.bytes)))))));
}

/**
 * The text of a message that is only files.
 * @param {FileInfo[]} files
 */
export function namesOf(files) {
  return files.map((file) => file.name).join(', ');
}

/** @param {FileInfo} file */
export function fileIcon(file) {
  if (file.type === 'application/pdf') return icon('it-file-pdf');
  if (file.type.startsWith('image/')) return icon('it-file-image');
  if (/spreadsheet|excel|csv/.test(file.type)) return icon('it-file-sheet');
  if (/zip|compressed|tar/.test(file.type)) return icon('it-file-compressed');
  return icon('it-file');
}

/** @param {number} bytes */
export function fileSize(bytes) {
  const [amount, unit] = bytes >= 1_000_000 ? [bytes / 1_000_000, 'MB'] : bytes >= 1000 ? [bytes / 1000, 'kB'] : [bytes, 'B'];
  return `${new Intl.NumberFormat(language(), { maximumFractionDigits: unit === 'MB' ? 1 : 0 }).format(amount)} ${unit}`;
}
