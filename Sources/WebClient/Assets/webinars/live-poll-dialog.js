import { askForm } from '../dom/form-dialog.js';
import { app } from '../shell/app.js';
import { linesOf } from './live-poll-facts.js';
import { t } from '../i18n/i18n.js';

/**
 * Asks for a new poll's question and answers.
 * @param {number} event
 * @param {boolean} open whether it can be opened at once
 */
export function askPoll(event, open) {
  return askForm({
    title: t('livePolls.new'),
    fields: [
      { name: 'question', label: t('livePolls.question'), kind: 'textarea', required: true, maxBytes: 1000 },
      { name: 'options', label: t('livePolls.options'), kind: 'textarea', required: true, hint: t('livePolls.optionsHint'), check: problemOf },
      { name: 'choice', label: t('livePolls.choice'), kind: 'select', required: true, options: [{ value: 'single', label: t('livePolls.single') }, { value: 'multiple', label: t('livePolls.multiple') }] },
      { name: 'results', label: t('livePolls.results'), kind: 'select', required: true, options: [{ value: 'afterwards', label: t('livePolls.afterwards') }, { value: 'live', label: t('livePolls.live') }] },
      ...(open ? [/** @type {const} */ ({ name: 'open', label: t('livePolls.openAtOnce'), kind: 'check' })] : []),
    ],
    values: { question: '', options: '', choice: 'single', results: 'afterwards', open: false },
    action: t('livePolls.save'),
    submit: ({ question, options, ...values }) => app.command('livePoll.create', { event, question: question.trim(), options: linesOf(options), ...values }),
    refused,
  });
}

/** @param {string} text */
function problemOf(text) {
  const lines = linesOf(text);
  if (lines.length < 2) return t('livePolls.tooFew');
  if (new Set(lines.map((line) => line.replace(/\s+/g, ' ').toLowerCase())).size < lines.length) return t('livePolls.repeated');
  if (lines.some((line) => new TextEncoder().encode(line).length > 200)) return t('livePolls.tooLong');
  return undefined;
}

/** @param {any} error */
function refused(error) {
  if (error?.code === 'full') return { text: t('livePolls.full') };
  const problem = error?.refusal?.fields?.find((/** @type {any} */ field) => field.path.startsWith('with.options'))?.problem;
  if (problem === 'too_many') return { field: 'options', text: t('livePolls.tooMany') };
  return undefined;
}
