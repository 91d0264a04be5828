import { h } from '../dom/h.js';
import { iconButton } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { errorText } from '../shell/errors.js';
import { fileSize } from './attachments.js';
import { upload } from './upload.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').FileInfo} FileInfo */
/** @typedef {{ key: number, file: File, part: number, info?: FileInfo, problem?: string, cancel: () => void }} Attaching */

/** The files being attached to a message that is still being written. */
export class AttachingFiles {
  /** @type {Attaching[]} */
  files = [];
  #lastKey = 0;
  /** @type {() => void} */ #changed;

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  get busy() {
    return this.files.some((one) => !one.info && !one.problem);
  }

  get failed() {
    return this.files.some((one) => one.problem !== undefined);
  }

  /**
   * Those the server has.
   * @returns {FileInfo[]}
   */
  get ready() {
    return this.files.flatMap((one) => (one.info ? [one.info] : []));
  }

  clear() {
    this.files = [];
  }

  /** @param {File} file @param {number} channel */
  add(file, channel) {
    const key = ++this.#lastKey;
    const { done, cancel } = upload(file, channel, (part) => this.#set(key, { part }));
    this.files = [...this.files, { key, file, part: 0, cancel }];
    this.#changed();
    done.then(
      (info) => this.#set(key, { info, part: 1 }),
      (error) => (error.name === 'AbortError' ? undefined : this.#set(key, { problem: errorText(error) })),
    );
  }

  /** @param {Attaching} one */
  remove(one) {
    if (!one.info) one.cancel();
    this.files = this.files.filter((other) => other.key !== one.key);
    this.#changed();
  }

  /** @param {number} key @param {Partial<Attaching>} fields */
  #set(key, fields) {
    this.files = this.files.map((one) => (one.key === key ? { ...one, ...fields } : one));
    this.#changed();
  }

  view() {
    return attachingList(this.files, (one) => this.remove(one));
  }
}

/**
 * Files on their way, each with a way to stop it.
 * @param {Attaching[]} files
 * @param {(one: Attaching) => void} remove
 */
export function attachingList(files, remove) {
  if (files.length === 0) return null;
  return h('ul', { class: 'attaching', key: 'attaching', 'aria-label': t('files.attaching') }, files.map((one) => h('li', { key: one.key },
    icon('it-clip', 'icon-sm'),
    h('span', { class: 'attaching-name' }, one.file.name, ' ', h('span', { class: 'attachment-size' }, fileSize(one.file.size))),
    one.problem && h('span', { class: 'field-problem', role: 'alert' }, one.problem),
    !one.info && !one.problem && h('progress', { max: '1', '.value': one.part, 'aria-label': t('files.progress', { name: one.file.name }) }),
    iconButton('it-close', t('files.remove', { name: one.file.name }), { onclick: () => remove(one) }))));
}
