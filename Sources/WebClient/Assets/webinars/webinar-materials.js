import { h } from '../dom/h.js';
import { askForm } from '../dom/form-dialog.js';
import { confirm } from '../dom/confirm.js';
import { icon } from '../dom/icon.js';
import { View } from '../dom/view.js';
import { fileSize } from '../files/attachments.js';
import { upload } from '../files/upload.js';
import { uploadChannel } from '../files/upload-channel.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { loadWebinar, webinarOf } from './facts.js';
import { gathered } from './gathered.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./facts').Material} Material */

/** @type {Record<string, { text: string }>} */
const KINDS = { recording: { text: 'materials.recording' }, slides: { text: 'materials.slides' }, captions: { text: 'materials.captions' } };

/** @param {string} kind */
function kindIcon(kind) {
  if (kind === 'recording') return icon('it-video', 'icon-sm');
  return kind === 'captions' ? icon('it-comment', 'icon-sm') : icon('it-file-slides', 'icon-sm');
}

/** Recordings, slides and captions of an event; who facilitates attaches them. */
export class WebinarMaterials extends View {
  #again = gathered(() => void loadWebinar(this.#id).catch(showError), 200);

  get #id() {
    return this.number('event') ?? 0;
  }

  topics() {
    return ['events', 'networks', `webinar/${this.#id}`];
  }

  connected() {
    this.until(app.connection.on('update', ({ type, data }) => {
      if ((type === 'webinar.attached' || type === 'webinar.detached') && data.event === this.#id) this.#again.ask();
    }));
  }

  disconnected() {
    this.#again.stop();
  }

  render() {
    const facts = webinarOf(this.#id);
    const event = app.state.events.get(this.#id);
    if (!facts || !event) return null;
    const materials = facts.materials ?? [];
    const runs = facts.part === 'facilitator' && !app.state.networks.get(event.network)?.dormant && !['draft', 'cancelled', 'postponed'].includes(event.state);
    if (materials.length === 0 && !runs) return null;
    return h('section', { class: 'live-part', 'aria-labelledby': 'materials-title' },
      h('div', { class: 'live-head' }, h('h2', { class: 'h5', id: 'materials-title' }, t('materials.title')),
        runs && h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: () => void attach(event) }, t('materials.attach'))),
      materials.length === 0 ? h('p', { class: 'state-text', key: 'none' }, t('materials.none'))
        : h('ul', { class: 'live-list', key: 'list' }, materials.map((material) => row(material, runs))));
  }
}

/** @param {Material} material @param {boolean} runs */
function row(material, runs) {
  const { id, kind, title, url, file } = material;
  const detail = [t(KINDS[kind]?.text ?? 'materials.slides'), url ? new URL(url).host : file && fileSize(file.bytes)].filter(Boolean).join(' · ');
  return h('li', { class: 'live-row', key: id }, kindIcon(kind),
    h('div', { class: 'live-text' },
      url ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, title, h('span', { class: 'visually-hidden' }, ` ${t('materials.elsewhere')}`))
        : h('a', { href: `/files/${file?.id}`, download: file?.name }, title),
      h('span', { class: 'card-detail' }, detail)),
    runs && h('span', { class: 'live-acts' }, h('button', { type: 'button', class: 'link-button', 'aria-label': t('materials.detachWhich', { title }), onclick: () => void detach(material) }, t('materials.detach'))));
}

/** @param {any} url */
function notSecure(url) {
  return String(url).trim().startsWith('https://') ? undefined : t('materials.notSecure');
}

/** @param {import('../wire/protocol').Event} event */
function attach(event) {
  /** @type {Record<string, any>} */
  const values = { kind: 'recording', where: 'url', url: '', file: undefined, title: '' };
  const option = (/** @type {string} */ value, /** @type {string} */ label) => ({ value, label });
  const channel = uploadChannel(event.network);
  return askForm({
    title: t('materials.attachTitle'),
    fields: () => /** @type {import('../dom/form').Field[]} */ ([
      { name: 'kind', label: t('materials.kind'), kind: 'select', required: true, options: Object.entries(KINDS).map(([kind, { text }]) => option(kind, t(text))) },
      channel && { name: 'where', label: t('materials.where'), kind: 'select', required: true, options: [option('url', t('materials.whereUrl')), option('file', t('materials.whereFile'))] },
      values.where === 'file' ? { name: 'file', label: t('materials.file'), kind: 'file', required: true }
        : { name: 'url', label: t('materials.url'), required: true, maxBytes: 2000, check: notSecure },
      { name: 'title', label: t('materials.name'), required: values.where === 'url', maxBytes: 200, hint: values.where === 'file' ? t('materials.nameHint') : undefined },
    ].filter(Boolean)),
    values,
    action: t('materials.attach'),
    refused: (error) => (error?.code === 'full' ? { text: t('materials.full') } : undefined),
    submit: async () => {
      const body = { event: event.id, kind: values.kind, ...(values.title.trim() ? { title: values.title.trim() } : {}) };
      if (values.where === 'url' || !channel) return app.command('webinar.attach', { ...body, url: values.url.trim() });
      const file = await upload(values.file, channel.id, () => {}).done;
      return app.command('webinar.attach', { ...body, file: file.id });
    },
  });
}

/** @param {Material} material */
async function detach({ id, title }) {
  if (await confirm({ title: t('materials.detachTitle'), text: t('materials.detachText', { title }), action: t('materials.detach') })) {
    await app.command('webinar.detach', { material: id }).catch(showError);
  }
}

customElements.define('m-webinar-materials', WebinarMaterials);
