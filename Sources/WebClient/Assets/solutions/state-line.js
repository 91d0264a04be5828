import { h } from '../dom/h.js';
import { stateName } from './words.js';
import { t } from '../i18n/i18n.js';

/**
 * A way of steps as a line: those behind, the one where it stands, those ahead; each said in words too.
 * @param {{ label: string, steps: { name: string, bad?: boolean }[], at: number, over?: boolean }} way `over`: the last step is behind as well
 */
export function stepLine({ label, steps, at, over }) {
  return h('ol', { class: 'step-line', 'aria-label': label, key: 'steps' }, steps.map(({ name, bad }, index) => {
    const [look, said] = index < at || (over && index === at) ? ['is-done', t('solutions.stepDone')] : index === at ? ['is-here', t('solutions.stepHere')] : ['is-ahead', t('solutions.stepAhead')];
    return h('li', { key: index, class: `${look} ${bad ? 'is-bad' : ''}`, 'aria-current': index === at ? 'step' : null },
      h('span', { class: 'step-mark', 'aria-hidden': 'true' }, look === 'is-done' ? '✓' : index + 1), h('span', { class: 'step-name' }, name, h('span', { class: 'visually-hidden' }, ` (${said})`)));
  }));
}

const WAY = ['draft', 'in_review', 'tested', 'published'];

/**
 * Where a solution, or the version of it that is shown, stands.
 * @param {string} state
 */
export function solutionLine(state) {
  const isEnd = state === 'superseded' || state === 'withdrawn';
  const states = isEnd ? [...WAY, state] : WAY;
  return stepLine({
    label: t('solutions.way'), steps: states.map((one) => ({ name: stateName(one), bad: one === 'superseded' || one === 'withdrawn' })), at: states.indexOf(state), over: state === 'published',
  });
}
