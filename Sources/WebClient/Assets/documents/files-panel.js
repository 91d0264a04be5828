import { h } from '../dom/h.js';
import { confirm } from '../dom/confirm.js';
import { View } from '../dom/view.js';
import { iconButton } from '../dom/controls.js';
import { fileIcon, fileSize } from '../files/attachments.js';
import { app } from '../shell/app.js';
import { showError, showNotice } from '../shell/notices.js';
import { fileMarkup } from './file-markup.js';
import { writer } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').DocumentFile} DocumentFile */

/** The files attached to a document: to open, to put into the text once more, to take off. */
export class FilesPanel extends View {
  static observedAttributes = ['writes'];
  /** @type {import('./words').DocumentFacts | undefined} */ #facts;
  /** @type {import('./document-editor').DocumentEditor | null} */ #editor = null;

  topics() {
    return ['people', 'networks'];
  }

  /** @param {import('./words').DocumentFacts | undefined} facts */
  set facts(facts) {
    this.#facts = facts;
    if (this.isConnected) this.invalidate();
  }

  /** @param {import('./document-editor').DocumentEditor | null} editor */
  set editor(editor) {
    this.#editor = editor;
    if (this.isConnected) this.invalidate();
  }

  render() {
    const files = this.#facts?.files ?? [];
    const editor = this.#editor;
    return [
      files.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('documents.files.none'))
        : h('ul', { class: 'document-files', key: 'files' }, files.map((file) => this.#file(file))),
      editor ? h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', key: 'add', onclick: () => editor.chooseFiles() }, t('documents.tool.file'))
        : this.hasAttribute('writes') && h('p', { class: 'field-hint', key: 'how' }, t('documents.files.how')),
    ];
  }

  /** @param {DocumentFile} file */
  #file(file) {
    const editor = this.#editor;
    return h('li', { key: file.id }, fileIcon(file),
      h('div', { class: 'document-file-text' },
        h('a', { href: `/files/${file.id}`, target: '_blank', rel: 'noopener' }, file.name),
        h('p', null, fileSize(file.bytes), ' · ', writer(file.by))),
      editor && iconButton('it-plus', t('documents.files.insertNamed', { name: file.name }), { onclick: () => editor.insert(fileMarkup(file, file.name)) }),
      this.#mayDetach(file) && iconButton('it-delete', t('documents.files.detachNamed', { name: file.name }), { onclick: () => this.#detach(file) }));
  }

  /** @param {DocumentFile} file */
  #mayDetach(file) {
    const network = app.state.networks.get(this.#facts?.network ?? 0);
    return this.hasAttribute('writes') && (file.by === app.me || network?.role === 'facilitator');
  }

  /** @param {DocumentFile} file */
  async #detach({ id, name }) {
    const facts = this.#facts;
    if (!facts) return;
    const isUsed = (this.#editor?.text ?? facts.text ?? '').includes(`](/files/${id})`);
    const question = { title: t('documents.files.detachTitle'), text: isUsed ? t('documents.files.detachUsed', { name }) : t('documents.files.detachText', { name }), action: t('documents.files.detach') };
    if (await confirm(question)) await app.command('document.detach', { document: facts.id, file: id })
      .catch((error) => (error?.code === 'conflict' ? showNotice(t('documents.files.inVersion', { name })) : showError(error)));
  }
}

customElements.define('m-document-files', FilesPanel);
