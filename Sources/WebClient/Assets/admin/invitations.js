import { h } from '../dom/h.js';
import { Listing } from '../dom/listing.js';
import { showSecret } from '../dom/secret-dialog.js';
import { dataTable } from '../dom/table.js';
import { shortTime } from '../dom/time.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { t } from '../i18n/i18n.js';

/** @typedef {{ id: number, kind: string, person: number, name: string, email: string, at: string, expires: string }} Invitation */

/** The invitations and password links that are open, to be handed on. */
export class Invitations {
  /** @type {Listing<Invitation>} */ #list;

  /** @param {() => void} draw */
  constructor(draw) {
    this.#list = new Listing(draw, async () => ({ rows: (await app.query('invitation.list')).invitations }));
  }

  load = () => this.#list.load();

  render() {
    return h('section', { key: 'invitations' }, h('h2', { class: 'h5' }, t('admin.invitations.title')),
      this.#list.render({
        count: false,
        empty: t('admin.invitations.none'),
        show: (rows) => dataTable({ caption: t('admin.invitations.title'), rows, id: ({ id }) => id, columns: [
          { key: 'name', title: t('admin.people.name'), names: true, cell: ({ name, email }) => (name === email ? email : [name, h('span', { class: 'cell-detail' }, email)]) },
          { key: 'kind', title: t('admin.invitations.kind'), cell: ({ kind }) => (kind === 'invitation' ? t('admin.invitations.invitation') : t('admin.invitations.password')) },
          { key: 'expires', title: t('admin.invitations.expires'), cell: ({ expires }) => shortTime(expires) },
          { key: 'acts', title: t('table.acts'), acts: true, cell: (one) => h('button', { type: 'button', class: 'act-button', onclick: () => void reveal(one).catch(showError) },
            t('admin.invitations.show'), h('span', { class: 'visually-hidden' }, ` ${one.email}`)) },
        ] }),
      }));
  }
}

/**
 * Each time a link is shown it is written down in the audit log.
 * @param {Invitation} invitation
 */
async function reveal({ id, kind, email }) {
  const { token } = await app.command('invitation.reveal', { invitation: id });
  await showSecret({
    title: t('admin.invitations.linkTitle', { name: email }), text: t('admin.invitations.linkText'), label: t('admin.invitations.link'),
    secret: `${location.origin}${kind === 'invitation' ? '/invito' : '/password/nuova'}?token=${encodeURIComponent(token)}`,
  });
}
