import { app } from '../shell/app.js';
import { forgetDrafts } from '../messages/drafts.js';
import { forgetPending, pendingOf } from '../documents/pending-storage.js';
import { forgetKitDrafts, kitDraftCount } from '../solutions/kit-drafts.js';
import { forgetSavedState } from '../store/saved-state.js';
import { confirm } from '../dom/confirm.js';
import { plural, t } from '../i18n/i18n.js';
import { RequestRefused } from '../wire/requests.js';

// The cookie is out of a script's sight; this remembers that there should be one, to know what to show first.
const HINT = 'metropoli.session';

export function seemsSignedIn() {
  return localStorage.getItem(HINT) === 'open';
}

/** @param {string} login @param {string} password */
export async function signIn(login, password) {
  const response = await call('session.open', { login, password });
  if (!response.ok) throw new RequestRefused(await refusalOf(response));
  localStorage.setItem(HINT, 'open');
  app.connection.start();
  app.community.touch('connection');
}

/** Leaves nothing of what was read or written in this browser; of what was not sent yet the person is asked first. */
export async function signOut() {
  const unsent = app.outbox.unsent + (await pendingOf(app.me ?? 0)).length;
  if (unsent > 0 && !await confirm({ title: t('header.signOut'), text: plural('signOut.unsent', unsent), action: t('header.signOut') })) return;
  const unsaved = kitDraftCount(localStorage);
  if (unsaved > 0 && !await confirm({ title: t('header.signOut'), text: plural('signOut.kit', unsaved), action: t('header.signOut') })) return;
  forgetKitDrafts(localStorage);
  // First of all: the tab may be closed as soon as it looks signed out.
  await Promise.all([app.outbox.forget(), forgetSavedState(), forgetPending()]);
  localStorage.removeItem(HINT);
  // Without a line the cookie stays until it expires; the page forgets everything all the same.
  await call('session.close', {}).catch(() => undefined);
  forgetSession();
}

/** One signs out in every tab of this browser, also without a line. */
export function followSignOut() {
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === HINT && newValue === null) forgetSession();
  });
}

/** The server no longer knows the session: ended elsewhere, expired, suspended. */
export function forgetSession() {
  localStorage.removeItem(HINT);
  app.connection.stop();
  app.outbox.close();
  forgetDrafts();
  void forgetSavedState();
  app.community.clear();
  app.community.touch('connection');
}

/** @param {string} name @param {object} body */
function call(name, body) {
  return fetch(`/api/v1/${name}`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), credentials: 'same-origin',
  });
}

/** @param {Response} response @returns {Promise<import('../wire/protocol').Refusal>} */
export async function refusalOf(response) {
  const problem = await response.json().catch(() => ({}));
  const seconds = Number(response.headers.get('retry-after'));
  const retryAfterMs = problem.retryAfterMs ?? (seconds > 0 ? seconds * 1000 : undefined);
  return { code: problem.code ?? 'internal', message: problem.detail, fields: problem.fields, retryAfterMs };
}
