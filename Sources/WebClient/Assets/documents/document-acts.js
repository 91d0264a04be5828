import { h } from '../dom/h.js';
import { icon } from '../dom/icon.js';
import { OPENS_MENU } from '../dom/controls.js';
import { confirm } from '../dom/confirm.js';
import { askForm } from '../dom/form-dialog.js';
import { app } from '../shell/app.js';
import { showError, showNotice } from '../shell/notices.js';
import { runsNetwork } from '../networks/standing.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('./words').DocumentFacts} DocumentFacts */

/**
 * What one may do with a document as a whole.
 * @param {DocumentFacts} facts
 * @param {boolean} writes
 */
export function documentMenu(facts, writes) {
  const network = app.state.networks.get(facts.network);
  const runs = network !== undefined && runsNetwork(network) && !network.dormant;
  // Who began it, and who runs its network.
  const keeps = runs || (facts.createdBy === app.me && network?.role !== undefined && !network.dormant);
  return h('div', { class: 'dropdown', key: 'menu' },
    h('button', { type: 'button', class: 'icon-button', id: 'document-menu', 'aria-label': t('documents.acts'), title: t('documents.acts'), ...OPENS_MENU }, icon('it-more-items', 'icon-sm')),
    h('div', { class: 'dropdown-menu', 'aria-labelledby': 'document-menu' }, h('div', { class: 'link-list-wrapper' }, h('ul', { class: 'link-list' },
      writes && act('publish', icon('it-check-circle', 'icon-sm'), t('documents.publish'), () => void publish(facts)),
      writes && act('rename', icon('it-pencil', 'icon-sm'), t('documents.rename'), () => void rename(facts)),
      keeps && facts.state !== 'archived' && act('move', icon('it-exchange-circle', 'icon-sm'), t('documents.move'), () => void move(facts)),
      file(facts, 'pdf', icon('it-file-pdf', 'icon-sm'), t('documents.downloadPDF')),
      file(facts, 'html', icon('it-download', 'icon-sm'), t('documents.downloadHTML')),
      file(facts, 'md', icon('it-download', 'icon-sm'), t('documents.downloadMarkdown')),
      keeps && (facts.state === 'archived' ? act('unarchive', icon('it-restore', 'icon-sm'), t('documents.unarchive'), () => void command('document.unarchive', facts, t('documents.unarchived')))
        : act('archive', icon('it-box', 'icon-sm'), t('documents.archive'), () => void archive(facts)))))));
}

/** @type {(key: string, picture: any, label: string, onclick: () => void) => any} */
function act(key, picture, label, onclick) {
  return h('li', { key }, h('button', { type: 'button', class: 'dropdown-item list-item', onclick }, picture, h('span', null, label)));
}

/** @param {string} name @param {DocumentFacts} facts @param {string} done */
function command(name, facts, done) {
  return app.command(name, { document: facts.id }).then(() => showNotice(done), showError);
}

/** @type {(facts: DocumentFacts, kind: string, picture: any, label: string) => any} */
function file(facts, kind, picture, label) {
  return h('li', { key: kind }, h('a', { class: 'dropdown-item list-item', href: `/documents/${facts.id}/export.${kind}`, download: '' }, picture, h('span', null, label)));
}

/** @param {DocumentFacts} facts */
async function publish(facts) {
  if (!await confirm({ title: t('documents.publish'), text: t('documents.publishText'), action: t('documents.publishAct') })) return;
  try {
    const { revision } = await app.query('document.read', { document: facts.id });
    const { version } = await app.command('document.publish', { document: facts.id, base: revision });
    showNotice(t('documents.published', { n: version }));
  } catch (error) {
    showError(error);
  }
}

/** @param {DocumentFacts} facts */
function rename(facts) {
  return askForm({
    title: t('documents.rename'),
    fields: [{ name: 'title', label: t('documents.title'), required: true, maxBytes: 300 }],
    values: { title: facts.title },
    action: t('documents.rename'),
    submit: ({ title }) => app.command('document.rename', { document: facts.id, title: title.trim() }),
  });
}

/** @param {DocumentFacts} facts */
function move(facts) {
  const others = [...app.state.networks.values()].filter((network) => network.id !== facts.network && !network.dormant && network.role !== undefined);
  return askForm({
    title: t('documents.move'),
    text: h('p', null, t('documents.moveText')),
    fields: [{ name: 'network', label: t('documents.moveTo'), kind: 'select', required: true, options: [{ value: '', label: t('documents.choose') }, ...others.map(({ id, name }) => ({ value: String(id), label: local(name) }))] }],
    values: { network: '' },
    action: t('documents.move'),
    submit: ({ network }) => app.command('document.move', { document: facts.id, network: Number(network) }),
  });
}

/** @param {DocumentFacts} facts */
async function archive(facts) {
  if (!await confirm({ title: t('documents.archive'), text: t('documents.archiveText'), action: t('documents.archive') })) return;
  await command('document.archive', facts, t('documents.archived'));
}
