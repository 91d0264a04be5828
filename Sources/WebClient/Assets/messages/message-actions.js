import { h } from '../dom/h.js';
import { OPENS_MENU, iconButton } from '../dom/controls.js';
import { icon } from '../dom/icon.js';
import { confirm } from '../dom/confirm.js';
import { app } from '../shell/app.js';
import { go } from '../shell/router.js';
import { errorText } from '../shell/errors.js';
import { showError, showNotice } from '../shell/notices.js';
import { ask, labelled } from '../dom/ask.js';
import { quoteInDraft } from './drafts.js';
import { isFacilitator, mayWrite } from '../channels/names.js';
import { addressOf } from './address.js';
import { reactionPicker } from './reactions.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Message} Message */
/** @typedef {import('./message-row').RowContext} RowContext */

/**
 * What one may do with a message; drawn for the one message under the pointer or with the focus.
 * @param {Message} message
 * @param {RowContext} context
 */
export function messageActions(message, context) {
  const mine = message.by === app.me;
  const mayReply = !context.inThread && mayWrite(context.channel);
  return h('div', { class: 'message-actions', role: 'group', 'aria-label': t('message.actions'), key: 'actions' },
    reactionPicker(message),
    mayReply && iconButton('it-comment', t('message.reply'), { onclick: () => go(`/channels/${message.channel}/threads/${message.id}`) }),
    h('div', { class: 'dropdown' },
      iconButton('it-more-items', t('message.more'), OPENS_MENU),
      h('div', { class: 'dropdown-menu dropdown-menu-end message-menu' },
        h('ul', { class: 'link-list' },
          mayWriteHere(context) && item('it-note', t('message.quote'), () => quote(message, context)),
          item('it-link', t('message.copyLink'), () => copyLink(message)),
          mayPin(context) && item('it-pin', message.pinned ? t('message.unpin') : t('message.pin'), () => (
            app.command(message.pinned ? 'message.unpin' : 'message.pin', { message: message.id }))),
          !mine && item('it-flag', t('message.report'), () => report(message)),
          mine && item('it-pencil', t('message.edit'), () => context.edit(message.id)),
          mine && item('it-delete', t('message.delete'), () => remove(message))))));
}

/** @param {RowContext} context */
function mayWriteHere(context) {
  return mayWrite(context.channel);
}

/** @param {Message} message @param {RowContext} context */
function quote(message, context) {
  quoteInDraft(message.id, message.channel, context.inThread ? message.thread ?? message.id : undefined);
  document.getElementById(context.inThread ? 'composer-thread' : 'composer')?.focus();
}

/** @param {Message} message */
function report(message) {
  ask({
    title: t('message.reportTitle'),
    content: labelled('report-reason', t('message.reportReason'), h('textarea', {
      id: 'report-reason', name: 'reason', class: 'form-control', rows: '3', maxlength: '500', required: true, 'aria-describedby': 'report-reason-hint',
    }), t('message.reportHint')),
    action: t('message.report'),
    act: async (form) => {
      const reason = String(form.get('reason') ?? '').trim();
      if (reason === '') return t('message.reportMissing');
      try {
        await app.command('message.report', { message: message.id, reason });
        showNotice(t('message.reported'));
        return undefined;
      } catch (error) {
        return errorText(error);
      }
    },
  });
}

/** @param {RowContext} context */
function mayPin({ channel }) {
  return channel.kind === 'direct' || channel.kind === 'private' || channel.kind === 'open' || isFacilitator(channel);
}

/** @param {string} picture @param {string} label @param {() => unknown} act */
function item(picture, label, act) {
  return h('li', null, h('button', {
    type: 'button', class: 'dropdown-item list-item',
    onclick: () => void Promise.resolve(act()).catch(showError),
  }, icon(picture, 'icon-sm'), h('span', null, label)));
}

/** @param {Message} message */
async function copyLink(message) {
  await navigator.clipboard.writeText(new URL(addressOf(message), location.href).href);
  showNotice(t('message.linkCopied'));
}

/** @param {Message} message */
async function remove(message) {
  const sure = await confirm({ title: t('message.deleteTitle'), text: t('message.deleteText'), action: t('message.delete') });
  if (sure) await app.command('message.delete', { message: message.id });
}
