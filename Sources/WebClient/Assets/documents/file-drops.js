import { askForm } from '../dom/form-dialog.js';
import { announce } from '../dom/announcer.js';
import { attachingList } from '../files/attaching.js';
import { upload } from '../files/upload.js';
import { uploadChannel } from '../files/upload-channel.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { showNotice } from '../shell/notices.js';
import { fileMarkup, isPicture } from './file-markup.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../files/attaching').Attaching} Attaching */

/**
 * @typedef {object} Place where files come to stand
 * @property {(one: Attaching) => void} mark shows that one is on its way
 * @property {(key: number, part: number) => void} moved
 * @property {(key: number) => void} unmark
 * @property {(key: number, markup: string) => boolean} insert where its mark stands; false when the text takes no more
 * @property {() => void} changed
 */

/** Files on their way into a document: each becomes a link, or a picture, where it was dropped. */
export class FileDrops {
  /** @type {Attaching[]} */ files = [];
  #lastKey = 0;
  /** @type {Place} */ #place;

  /** @param {Place} place */
  constructor(place) {
    this.#place = place;
  }

  /**
   * @param {File[]} files
   * @param {{ document: number, network: number | undefined }} target
   */
  async take(files, { document, network }) {
    const channel = uploadChannel(network);
    if (!channel) return showNotice(t('documents.files.noChannel'));
    const batch = files.map((file) => ({ key: ++this.#lastKey, file, part: 0, cancel: () => {} }));
    this.files = [...this.files, ...batch];
    for (const one of batch) this.#place.mark(one);
    this.#place.changed();
    const alts = await describe(batch.filter(({ file }) => isPicture(file.type)));
    let written = 0;
    // One after the other: so they stand in the order in which they were given.
    for (const one of batch) {
      if (isPicture(one.file.type) && !alts) this.remove(one);
      if (!this.#holds(one.key)) continue;
      if (await this.#bring(one, { document, channel: channel.id, alt: alts?.get(one.key), before: written > 0 ? '\n' : '' })) written += 1;
    }
  }

  /**
   * @param {Attaching} one
   * @param {{ document: number, channel: number, alt: string | undefined, before: string }} into
   */
  async #bring({ key, file }, { document, channel, alt, before }) {
    try {
      const { done, cancel } = upload(file, channel, (part) => this.#progressed(key, part));
      this.#set(key, { cancel });
      const info = await done;
      this.#progressed(key, 1);
      await app.command('document.attach', { document, file: info.id });
      if (this.#holds(key) && this.#place.insert(key, before + fileMarkup(info, alt))) {
        announce(t('documents.files.inserted', { name: info.name }));
        this.#drop(key);
        return true;
      }
      // One thought better of it meanwhile, or the text takes no more.
      await app.command('document.detach', { document, file: info.id });
      this.#drop(key);
    } catch (/** @type {any} */ error) {
      this.#place.unmark(key);
      if (error?.name !== 'AbortError') this.#set(key, { problem: problemOf(error) });
    }
    return false;
  }

  /** @param {{ key: number }} one */
  remove = ({ key }) => {
    this.files.find((one) => one.key === key)?.cancel();
    this.#drop(key);
  };

  /** One leaves the text. */
  end() {
    for (const { cancel } of this.files) cancel();
    this.files = [];
  }

  view() {
    return attachingList(this.files, this.remove);
  }

  /** @param {number} key */
  #holds(key) {
    return this.files.some((one) => one.key === key);
  }

  /** @param {number} key */
  #drop(key) {
    this.#place.unmark(key);
    this.files = this.files.filter((one) => one.key !== key);
    this.#place.changed();
  }

  /** @param {number} key @param {number} part */
  #progressed(key, part) {
    this.#place.moved(key, part);
    this.#set(key, { part });
  }

  /** @param {number} key @param {Partial<Attaching>} fields */
  #set(key, fields) {
    this.files = this.files.map((one) => (one.key === key ? { ...one, ...fields } : one));
    this.#place.changed();
  }
}

/**
 * What the pictures show, in words; nothing when one thought better of it.
 * @param {Attaching[]} pictures
 * @returns {Promise<Map<number, string> | undefined>}
 */
async function describe(pictures) {
  /** @type {Record<string, string>} */
  const values = {};
  if (pictures.length > 0) {
    const done = await askForm({
      title: t('documents.files.altTitle'),
      text: t('documents.files.altText'),
      fields: pictures.map(({ key, file }) => ({ name: `alt${key}`, label: t('documents.files.alt', { name: file.name }), maxBytes: 500 })),
      values,
      action: t('documents.files.insert'),
      submit: async () => true,
    });
    if (!done) return undefined;
  }
  return new Map(pictures.map(({ key }) => [key, values[`alt${key}`] ?? '']));
}

/** @param {any} error */
function problemOf(error) {
  return error?.code === 'full' ? t('documents.files.full') : error?.code === 'too_large' ? t('documents.files.tooLarge') : errorText(error);
}
