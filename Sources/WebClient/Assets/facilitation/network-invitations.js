import { h } from '../dom/h.js';
import { confirm } from '../dom/confirm.js';
import { askForm } from '../dom/form-dialog.js';
import { Listing } from '../dom/listing.js';
import { showSecret } from '../dom/secret-dialog.js';
import { dataTable } from '../dom/table.js';
import { shortTime } from '../dom/time.js';
import { app } from '../shell/app.js';
import { showError, showNotice } from '../shell/notices.js';
import { t } from '../i18n/i18n.js';

/** @typedef {{ person: number, email: string, at: string, accepted: boolean, expires?: string, link?: number }} Waiting */

const HOUR_MS = 3_600_000;

/** Who was invited into a network and has not come in yet: handed the link, invited again, withdrawn. */
export class NetworkInvitations {
  /** @type {Listing<Waiting>} */ #list;
  /** @type {() => number} */ #network;

  /**
   * @param {() => void} draw
   * @param {() => number} network
   */
  constructor(draw, network) {
    this.#network = network;
    this.#list = new Listing(draw, async () => ({ rows: (await app.query('invitation.pending', { network: network() })).invitations }));
  }

  load = () => this.#list.load();

  render() {
    return h('section', { class: 'network-invitations', key: 'invitations' }, h('h2', { class: 'h5' }, t('facilitation.invitations.title')),
      this.#list.render({
        count: false,
        empty: t('facilitation.invitations.none'),
        show: (rows) => dataTable({ caption: t('facilitation.invitations.title'), rows, id: ({ person }) => person, columns: [
          { key: 'email', title: t('facilitation.invitations.email'), names: true, cell: ({ email }) => [email.split('@')[0], h('wbr', null), '@', email.split('@')[1]] },
          { key: 'state', title: t('facilitation.invitations.state'), cell: stateOf },
          { key: 'at', title: t('facilitation.invitations.at'), cell: ({ at }) => shortTime(at) },
          { key: 'acts', title: t('table.acts'), acts: true, cell: (waiting) => this.#acts(waiting) },
        ] }),
      }));
  }

  /** @param {Waiting} waiting */
  #acts(waiting) {
    const about = h('span', { class: 'visually-hidden' }, ` ${waiting.email}`);
    return [
      waiting.link && h('button', { type: 'button', class: 'act-button', key: 'link', onclick: () => void reveal(waiting).catch(showError) }, t('facilitation.invitations.link'), about),
      !waiting.accepted && !waiting.expires && h('button', { type: 'button', class: 'act-button', key: 'again', onclick: () => void this.#again(waiting) },
        t('facilitation.invitations.again'), about),
      h('button', { type: 'button', class: 'act-button is-danger', key: 'withdraw', onclick: () => void this.#withdraw(waiting) }, t('facilitation.invitations.withdraw'), about),
    ];
  }

  ask = async () => {
    const done = await askForm({
      title: t('facilitation.invitations.ask'),
      text: h('p', null, t('facilitation.invitations.text')),
      fields: [{ name: 'email', label: t('facilitation.invitations.email'), kind: 'email', required: true,
        check: (email) => (/^\S+@\S+\.\S+$/.test(email?.trim() ?? '') ? undefined : t('facilitation.invitations.emailWrong')) }],
      action: t('facilitation.invitations.action'),
      submit: ({ email }) => app.command('person.invite', { email: email.trim(), network: this.#network() }),
      refused,
    });
    if (!done) return;
    const { member } = done.answer;
    if (member !== undefined) showNotice(member ? t('facilitation.invitations.cameIn') : t('facilitation.invitations.waits'));
    await this.load();
  };

  /** @param {Waiting} waiting */
  async #again({ email }) {
    await app.command('person.invite', { email, network: this.#network() }).catch(showError);
    await this.load();
  }

  /** @param {Waiting} waiting */
  async #withdraw({ person, email }) {
    if (!await confirm({ title: t('facilitation.invitations.withdrawTitle', { email }), text: t('facilitation.invitations.withdrawText'), action: t('facilitation.invitations.withdraw') })) return;
    await app.command('invitation.withdraw', { network: this.#network(), person }).catch(showError);
    await this.load();
  }
}

/** @param {Waiting} waiting */
function stateOf({ accepted, expires }) {
  if (accepted) return h('span', { class: 'tag' }, t('facilitation.invitations.needsMandate'));
  return expires ? t('facilitation.invitations.until', { when: shortTime(expires) }) : h('span', { class: 'tag is-bad' }, t('facilitation.invitations.over'));
}

/** @param {any} error */
function refused(error) {
  if (error?.code === 'conflict') return { field: 'email', text: t('facilitation.invitations.suspended') };
  // Only the day's invitations are waited for that long.
  if (error?.code === 'rate_limited' && error.refusal?.retryAfterMs > HOUR_MS / 60) {
    return { text: t('facilitation.invitations.tooMany', { hours: Math.ceil(error.refusal.retryAfterMs / HOUR_MS) }) };
  }
  return undefined;
}

/**
 * Each time a link is shown it is written down in the audit log.
 * @param {Waiting} waiting
 */
async function reveal({ link, email }) {
  const { token } = await app.command('invitation.reveal', { invitation: link });
  await showSecret({
    title: t('facilitation.invitations.linkTitle', { email }), text: t('facilitation.invitations.linkText'), label: t('facilitation.invitations.linkLabel'),
    secret: `${location.origin}/invito?token=${encodeURIComponent(token)}`,
  });
}
