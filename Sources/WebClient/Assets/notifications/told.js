import { t } from '../i18n/i18n.js';

/** @type {Record<string, { text: string }>} what is told of a document, a solution or an adoption */
const TOLD = {
  mention: { text: 'notification.told.mention' },
  commented: { text: 'notification.told.commented' },
  replied: { text: 'notification.told.replied' },
  resolved: { text: 'notification.told.resolved' },
  suggested: { text: 'notification.told.suggested' },
  suggestion_accepted: { text: 'notification.told.suggestionAccepted' },
  suggestion_rejected: { text: 'notification.told.suggestionRejected' },
  asked: { text: 'notification.told.asked' },
  submitted: { text: 'notification.told.submitted' },
  returned: { text: 'notification.told.returned' },
  approved: { text: 'notification.told.approved' },
  published: { text: 'notification.told.published' },
  withdrawn: { text: 'notification.told.withdrawn' },
  superseded: { text: 'notification.told.superseded' },
  concluded: { text: 'notification.told.concluded' },
  requested: { text: 'notification.told.requested' },
  agreed: { text: 'notification.told.agreed' },
  kit_delivered: { text: 'notification.told.kitDelivered' },
  adapting: { text: 'notification.told.adapting' },
  in_use: { text: 'notification.told.inUse' },
  evaluated: { text: 'notification.told.evaluated' },
  abandoned: { text: 'notification.told.abandoned' },
  appointed: { text: 'notification.told.appointed' },
};
/** @type {Record<string, { text: string }>} what becomes of a solution means something else to who took it over */
const ADOPTED = {
  published: { text: 'notification.told.adopted.published' },
  withdrawn: { text: 'notification.told.adopted.withdrawn' },
  superseded: { text: 'notification.told.adopted.superseded' },
};
const CHANGED = { text: 'notification.told.changed' };

/**
 * What became of a document, a solution or an adoption, in a sentence.
 * @param {{ kind: string, told?: string, solution?: number }} notification
 * @param {string} name who did it
 */
export function toldSentence({ kind, told = '', solution }, name) {
  const known = kind === 'mention' ? TOLD.mention : kind === 'adoption' && solution ? ADOPTED[told] : TOLD[told];
  return t((known ?? CHANGED).text, { name });
}
