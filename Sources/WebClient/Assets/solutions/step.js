import { h } from '../dom/h.js';
import { ask } from '../dom/ask.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { showNotice } from '../shell/notices.js';
import { isNeed, needName, stateName } from './words.js';
import { t } from '../i18n/i18n.js';

/**
 * Says what a step means and takes it once it is confirmed; what is wrong is said in the dialog.
 * @param {{ title: string, text: string, action: string, command: string, body: object, done: string | ((answer: any) => string), danger?: boolean }} step
 */
export function takeStep({ title, text, action, command, body, done, danger }) {
  ask({
    title, action, danger, content: h('p', { key: 'text' }, text),
    act: async () => {
      try {
        const answer = await app.command(command, body);
        showNotice(typeof done === 'string' ? done : done(answer));
      } catch (error) {
        return refusalText(error);
      }
      return '';
    },
  });
}

/** @param {any} error */
export function refusalText(error) {
  return refused(error)?.text ?? errorText(error);
}

/**
 * A refusal in the words of solutions.
 * @param {any} error
 * @returns {{ field?: string, text: string } | undefined}
 */
export function refused(error) {
  if (error?.code === 'conflict') {
    const state = error.refusal?.current?.state;
    return { text: state && stateName(state) !== state ? t('solutions.conflictState', { state: stateName(state).toLocaleLowerCase() }) : t('solutions.conflict') };
  }
  const fields = error?.refusal?.fields ?? [];
  const missing = fields.filter((/** @type {any} */ { problem }) => problem === 'missing').map((/** @type {any} */ { path }) => path.replace(/^with\.(parts\.)?/, '')).filter(isNeed);
  if (missing.length > 0) return { text: t('solutions.missing', { names: missing.map(needName).join(', ') }) };
  const [first] = fields;
  if (first?.problem === 'same_city') return { field: place(first.path), text: t('solutions.sameCity') };
  if (first?.problem === 'not_a_member') return { field: place(first.path), text: t('solutions.notThere') };
  if (first?.problem === 'not_a_licence') return { field: 'other', text: t('solutions.noLicence') };
  return undefined;
}

/** @param {string} path */
function place(path) {
  return path.replace(/^with\./, '').split('.')[0];
}
