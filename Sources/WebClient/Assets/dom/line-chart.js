import { h } from './h.js';

/** @typedef {{ at: number, value: number }} Point */

const WIDTH = 320;
const HEIGHT = 72;

/**
 * A small chart of how a number went, for who sees it; its figures stand in a table beside it.
 * @param {Point[]} points in order of time
 * @param {string} label
 */
export function lineChart(points, label) {
  const top = Math.max(...points.map(({ value }) => value), 0);
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 1];
  const x = (/** @type {Point} */ { at }) => (points.length < 2 ? WIDTH : ((at - first) / Math.max(1, last - first)) * WIDTH);
  const y = (/** @type {Point} */ { value }) => HEIGHT - 3 - (top === 0 ? 0 : (value / top) * (HEIGHT - 9));
  const path = points.map((point) => `${x(point).toFixed(1)},${y(point).toFixed(1)}`);
  return h('svg', { class: 'line-chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label, preserveAspectRatio: 'none' },
    h('line', { class: 'chart-base', x1: 0, x2: WIDTH, y1: HEIGHT - 3, y2: HEIGHT - 3 }),
    points.length > 1 && [
      h('path', { class: 'chart-area', d: `M0,${HEIGHT - 3} L${path.join(' L')} L${WIDTH},${HEIGHT - 3} Z` }),
      h('polyline', { class: 'chart-line', points: path.join(' ') }),
    ]);
}
