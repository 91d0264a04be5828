import { h, patch } from '../dom/h.js';
import { confirm } from '../dom/confirm.js';
import { Listing } from '../dom/listing.js';
import { app } from '../shell/app.js';
import { showError } from '../shell/notices.js';
import { inOrder, nameOf, sessionList } from '../settings/session-list.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../settings/session-list').Session} Session */

/**
 * Where a person is signed in: a lost telephone is signed out from here.
 * @param {{ id: number, name: string }} person
 * @returns {Promise<void>} when it was closed
 */
export function openDevices(person) {
  const dialog = document.createElement('dialog');
  dialog.className = 'confirm-dialog form-dialog';
  dialog.setAttribute('aria-labelledby', 'devices-title');
  /** @type {Listing<Session>} */
  const sessions = new Listing(() => draw(), async () => ({ rows: inOrder((await app.query('session.list', { person: person.id })).sessions) }));

  const end = async (/** @type {Session} */ session) => {
    const isSure = await confirm({
      title: t('admin.devices.endTitle', { device: nameOf(session), name: person.name }), text: t('admin.devices.endText'), action: t('devices.end'),
    });
    if (!isSure) return;
    await app.command('session.end', { session: session.id, person: person.id }).catch(showError);
    await sessions.load();
  };

  const draw = () => patch(dialog, [
    h('h2', { class: 'h5', id: 'devices-title' }, t('admin.devices.title', { name: person.name })),
    h('p', { key: 'text' }, t('admin.devices.text')),
    sessions.render({ count: false, empty: t('admin.devices.none'), show: (rows) => sessionList(rows, (session) => void end(session)) }),
    h('div', { class: 'confirm-actions', key: 'acts' },
      h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: () => dialog.close() }, t('admin.close'))),
  ]);
  draw();
  document.body.append(dialog);
  void sessions.load();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve();
    });
    dialog.showModal();
  });
}
