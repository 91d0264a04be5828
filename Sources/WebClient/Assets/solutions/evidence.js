import { h } from '../dom/h.js';
import { AttachingFiles } from '../files/attaching.js';
import { uploadChannel } from '../files/upload-channel.js';
import { t } from '../i18n/i18n.js';

/**
 * Files that show something, sent while the form is filled in. Where there is no channel that they could go through,
 * there is no such field.
 * @param {number} network
 * @returns {{ fields: import('../dom/form').Field[], ids: () => number[] }}
 */
export function evidence(network) {
  const channel = uploadChannel(network);
  if (!channel) return { fields: [], ids: () => [] };
  /** @type {(value: any) => void} */
  let changed = () => undefined;
  /** @type {AttachingFiles} */
  const files = new AttachingFiles(() => changed(files.ready));
  return {
    ids: () => files.ready.map(({ id }) => id),
    fields: [{
      name: 'files', label: t('solutions.files'), kind: 'own', hint: t('solutions.filesHint'),
      check: () => (files.busy ? t('solutions.filesBusy') : files.failed ? t('solutions.filesFailed') : undefined),
      control: (/** @type {import('../dom/form-controls').Asking} */ { id, change }) => {
        changed = change;
        return h('div', { class: 'evidence' },
          h('input', { id, type: 'file', multiple: true, class: 'form-control', 'aria-label': t('solutions.files'), onchange: (/** @type {any} */ { target }) => {
            for (const file of target.files) files.add(file, channel.id);
            target.value = '';
          } }), files.view());
      },
    }],
  };
}
