import { t } from '../i18n/i18n.js';

/** @type {Record<string, { text: string }>} */
const ACTS = {
  'person.create': { text: 'admin.act.person.create' }, 'person.invite': { text: 'admin.act.person.invite' }, 'person.acceptInvitation': { text: 'admin.act.person.acceptInvitation' },
  'person.change': { text: 'admin.act.person.change' }, 'person.assignRoles': { text: 'admin.act.person.assignRoles' }, 'person.suspend': { text: 'admin.act.person.suspend' },
  'person.restore': { text: 'admin.act.person.restore' }, 'person.erase': { text: 'admin.act.person.erase' }, 'person.export': { text: 'admin.act.person.export' },
  'person.setPassword': { text: 'admin.act.person.setPassword' }, 'person.import': { text: 'admin.act.person.import' }, 'session.open': { text: 'admin.act.session.open' }, 'session.end': { text: 'admin.act.session.end' },
  'person.exportTable': { text: 'admin.act.person.exportTable' }, 'invitation.reveal': { text: 'admin.act.invitation.reveal' }, 'invitation.withdraw': { text: 'admin.act.invitation.withdraw' },
  'mandate.grant': { text: 'admin.act.mandate.grant' }, 'mandate.end': { text: 'admin.act.mandate.end' },
  'organisation.create': { text: 'admin.act.organisation.create' }, 'organisation.change': { text: 'admin.act.organisation.change' }, 'organisation.import': { text: 'admin.act.organisation.import' },
  'network.create': { text: 'admin.act.network.create' }, 'network.change': { text: 'admin.act.network.change' }, 'network.hook': { text: 'admin.act.network.hook' },
  'network.add': { text: 'admin.act.network.add' }, 'network.remove': { text: 'admin.act.network.remove' }, 'network.appoint': { text: 'admin.act.network.appoint' },
  'channel.create': { text: 'admin.act.channel.create' }, 'channel.change': { text: 'admin.act.channel.change' }, 'channel.archive': { text: 'admin.act.channel.archive' },
  'channel.share': { text: 'admin.act.channel.share' }, 'channel.acceptShare': { text: 'admin.act.channel.acceptShare' }, 'channel.revokeShare': { text: 'admin.act.channel.revokeShare' },
  'bot.create': { text: 'admin.act.bot.create' }, 'bot.revoke': { text: 'admin.act.bot.revoke' },
  'mail.retry': { text: 'admin.act.mail.retry' }, 'mail.discard': { text: 'admin.act.mail.discard' },
  'message.remove': { text: 'admin.act.message.remove' }, 'message.delete': { text: 'admin.act.message.delete' },
};

/** @param {string} act such as `mandate.grant`; one that this page does not know is shown as it is */
export function actName(act) {
  return ACTS[act] ? t(ACTS[act].text) : act;
}

export function actOptions() {
  return Object.keys(ACTS).map((value) => ({ value, label: actName(value) })).sort((a, b) => a.label.localeCompare(b.label, 'it'));
}
