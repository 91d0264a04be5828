import { h } from '../dom/h.js';
import { askForm } from '../dom/form-dialog.js';
import { shortTime } from '../dom/time.js';
import { app } from '../shell/app.js';
import { showError, showNotice } from '../shell/notices.js';
import { avatar } from '../people/avatar.js';
import { writer } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('./words').Suggestion} Suggestion */
/** @typedef {import('./words').DocumentFacts} DocumentFacts */

/** Changes that are proposed: each with what it takes away and adds, accepted or turned down. */
export class Suggestions {
  #busy = false;
  /** @type {() => void} */ #changed;

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @param {DocumentFacts} facts @param {boolean} writes */
  view(facts, writes) {
    const all = facts.suggestions ?? [];
    return all.length > 0 && h('section', { key: 'suggestions', class: 'suggestions' }, h('h3', { class: 'h6' }, t('documents.suggestions')),
      h('ol', { class: 'comment-list' }, all.map((one) => this.#suggestion(one, facts, writes))));
  }

  /** @param {Suggestion} one @param {DocumentFacts} facts @param {boolean} writes */
  #suggestion(one, facts, writes) {
    const acts = (/** @type {string} */ name, /** @type {string} */ label, /** @type {string} */ done) => h('button', {
      type: 'button', class: 'link-button', key: name, disabled: this.#busy, onclick: () => void this.#decide(name, one, done),
    }, label, h('span', { class: 'visually-hidden' }, `: ${writer(one.by)}`));
    return h('li', { class: 'comment', key: one.id },
      one.changes ? h('div', { class: 'suggested', key: 'changes' }, partsOf(one.changes, facts.text ?? '').map(({ removed, added }, index) => h('p', { key: index },
        removed !== '' && h('del', null, h('span', { class: 'visually-hidden' }, t('documents.removed')), removed), ' ',
        added !== '' && h('ins', null, h('span', { class: 'visually-hidden' }, t('documents.added')), added))))
        : h('p', { class: 'comment-quote is-gone', key: 'gone' }, t('documents.suggestionGone')),
      h('div', { class: 'comment-said', key: 'said' }, avatar(one.by ?? 0), h('div', null,
        h('p', { class: 'comment-by' }, h('strong', null, writer(one.by)), ' ', h('time', { datetime: one.at, class: 'card-detail' }, shortTime(one.at))),
        one.text && h('p', { class: 'comment-text' }, one.text))),
      writes && h('div', { class: 'comment-acts', key: 'acts' },
        one.changes && acts('document.acceptSuggestion', t('documents.accept'), t('documents.accepted')), acts('document.rejectSuggestion', t('documents.reject'), t('documents.rejected'))));
  }

  /** @param {string} name @param {Suggestion} suggestion @param {string} done */
  async #decide(name, suggestion, done) {
    this.#busy = true;
    this.#changed();
    await app.command(name, { suggestion: suggestion.id }).then(() => showNotice(done), showError);
    this.#busy = false;
    this.#changed();
  }

  /**
   * Asks how a passage should read instead.
   * @param {import('./document-session').DocumentSession} session
   * @param {{ from: number, to: number, text: string }} selection
   */
  async begin(session, selection) {
    const { editing } = session;
    // The server knows the passage by its place in a text that it has; what others change meanwhile it knows itself.
    try {
      await session.settled();
    } catch (error) {
      return showError(error);
    }
    const [from, to, length, base] = [editing.confirmedPlace(selection.from), editing.confirmedPlace(selection.to), editing.confirmedText.length, editing.revision];
    await askForm({
      title: t('documents.suggest'),
      text: h('p', null, t('documents.suggestText')),
      fields: [
        { name: 'newText', label: t('documents.newText'), kind: 'textarea', maxBytes: 16_384, check: (text) => (text === selection.text ? t('documents.suggestionSame') : undefined) },
        { name: 'text', label: t('documents.why'), maxBytes: 2000 },
      ],
      values: { newText: selection.text, text: '' },
      action: t('documents.suggest'),
      submit: async ({ newText, text }) => {
        const changes = [...(from > 0 ? [from] : []), [to - from, ...(newText === '' ? [] : newText.split(/\r\n?|\n/))], ...(to < length ? [length - to] : [])];
        await app.command('document.suggest', { document: session.document, base, changes, ...(text.trim() ? { text: text.trim() } : {}) });
        showNotice(t('documents.suggested'));
      },
    });
  }
}

/**
 * What changes take away and put in, passage by passage.
 * @param {NonNullable<Suggestion['changes']>} changes
 * @param {string} text
 */
export function partsOf(changes, text) {
  /** @type {{ removed: string, added: string }[]} */
  const parts = [];
  let at = 0;
  for (const change of changes) {
    if (typeof change === 'number') at += change;
    else {
      const [removed, ...lines] = change;
      parts.push({ removed: text.slice(at, at + removed), added: lines.join('\n') });
      at += removed;
    }
  }
  return parts;
}
