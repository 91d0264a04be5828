import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { lineChart } from '../dom/line-chart.js';
import { secondsTime, shortTime } from '../dom/time.js';
import { View } from '../dom/view.js';
import { errorText } from '../shell/errors.js';
import { levels, means, parseMetrics, rates } from './metrics.js';
import { language, plural, t } from '../i18n/i18n.js';

/** @typedef {import('./metrics').Sample} Sample */
/** @typedef {import('../dom/line-chart').Point} Point */

const EVERY_MS = 5000;
const KEPT = 120;
const TABLED = 12;

/**
 * What is drawn, each with its unit.
 * @type {{ key: string, title: { text: string }, unit: { text: string }, points: (samples: Sample[]) => Point[] }[]}
 */
const CHARTS = [
  { key: 'connections', title: { text: 'admin.health.connections' }, unit: { text: 'admin.unit.open' }, points: (samples) => levels(samples, 'metropoli_connections_signed_in') },
  { key: 'requests', title: { text: 'admin.health.requests' }, unit: { text: 'admin.unit.perSecond' }, points: (samples) => rates(samples, 'metropoli_requests_total') },
  { key: 'commits', title: { text: 'admin.health.commits' }, unit: { text: 'admin.unit.perSecond' }, points: (samples) => rates(samples, 'metropoli_commits_total') },
  { key: 'commitTime', title: { text: 'admin.health.commitTime' }, unit: { text: 'admin.unit.ms' }, points: (samples) => means(samples, 'metropoli_commit_seconds').map(({ at, value }) => ({ at, value: value * 1000 })) },
  { key: 'updates', title: { text: 'admin.health.updates' }, unit: { text: 'admin.unit.perSecond' }, points: (samples) => rates(samples, 'metropoli_fanout_updates_total') },
  { key: 'queue', title: { text: 'admin.health.queue' }, unit: { text: 'admin.unit.waiting' }, points: (samples) => levels(samples, 'metropoli_queue_depth') },
  { key: 'lag', title: { text: 'admin.health.lag' }, unit: { text: 'admin.unit.updates' }, points: (samples) => levels(samples, 'metropoli_follower_lag_updates') },
  { key: 'bytes', title: { text: 'admin.health.bytes' }, unit: { text: 'admin.unit.kilobytes' }, points: (samples) => rates(samples, 'metropoli_bytes_out_total').map(({ at, value }) => ({ at, value: value / 1024 })) },
];

/** How the server does, as it measures itself; asked again while the page is in sight. */
export class AdminHealth extends View {
  /** @type {Sample[]} */ #samples = [];
  /** @type {{ status: string, head: number, time: string } | undefined} */ #health;
  /** @type {unknown} */ #error;
  #timer = 0;

  connected() {
    const seen = () => {
      if (document.visibilityState === 'visible') void this.#ask();
      else window.clearTimeout(this.#timer);
    };
    document.addEventListener('visibilitychange', seen);
    this.until(() => document.removeEventListener('visibilitychange', seen));
    void this.#ask();
  }

  disconnected() {
    window.clearTimeout(this.#timer);
  }

  #ask = async () => {
    window.clearTimeout(this.#timer);
    try {
      const [health, metrics] = await Promise.all([fetch('/health'), fetch('/metrics', { credentials: 'same-origin' })]);
      if (metrics.status === 401 || metrics.status === 403) throw Object.assign(new Error(), { code: 'forbidden' });
      if (!metrics.ok) throw Object.assign(new Error(), { code: 'unavailable' });
      this.#health = await health.json();
      this.#samples = [...this.#samples, { at: Date.now(), values: parseMetrics(await metrics.text()) }].slice(-KEPT);
      this.#error = undefined;
    } catch (error) {
      this.#error = error;
    }
    if (!this.isConnected) return;
    this.invalidate();
    if (document.visibilityState === 'visible') this.#timer = window.setTimeout(this.#ask, EVERY_MS);
  };

  render() {
    if (this.#samples.length === 0) {
      return this.#error ? h('div', { role: 'alert', key: 'failed' }, failure(errorText(this.#error), () => void this.#ask()))
        : h('p', { class: 'state-text', role: 'status', key: 'loading' }, t('list.loading'));
    }
    const isWell = !this.#error && this.#health?.status === 'ok';
    return [
      h('div', { class: 'health-state', key: 'state', role: 'status' },
        h('span', { class: `tag ${isWell ? 'is-ok' : 'is-bad'}` }, this.#error ? t('admin.health.silent') : isWell ? t('admin.health.ok') : t('admin.health.bad')),
        h('span', null, t('admin.health.journal', { n: number(this.#health?.head ?? 0) }))),
      h('p', { class: 'field-hint', key: 'when' }, [this.#health && t('admin.health.asOf', { at: shortTime(this.#health.time) }), plural('admin.health.every', EVERY_MS / 1000)].filter(Boolean).join(' · ')),
      h('ul', { class: 'chart-list', key: 'charts' }, CHARTS.map((chart) => this.#chart(chart))),
    ];
  }

  /** @param {typeof CHARTS[number]} chart */
  #chart({ key, title, unit, points: pointsOf }) {
    const points = pointsOf(this.#samples);
    const now = points.at(-1)?.value;
    const most = points.length > 0 ? Math.max(...points.map(({ value }) => value)) : 0;
    const label = t('admin.health.chart', { title: t(title.text), now: number(now ?? 0), most: number(most), unit: t(unit.text) });
    return h('li', { key, class: 'chart-card' },
      h('h2', { class: 'chart-title' }, t(title.text)),
      h('p', { class: 'chart-now' }, now === undefined ? h('span', { class: 'chart-wait' }, t('admin.health.soon')) : [h('strong', null, number(now)), ' ', t(unit.text)]),
      lineChart(points, label),
      h('details', null, h('summary', null, t('admin.health.figures')),
        h('table', { class: 'figure-table' }, h('caption', { class: 'visually-hidden' }, t(title.text)),
          h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('admin.health.time')), h('th', { scope: 'col' }, t(unit.text)))),
          h('tbody', null, points.slice(-TABLED).reverse().map((point) => h('tr', { key: point.at },
            h('th', { scope: 'row' }, secondsTime(new Date(point.at).toISOString())), h('td', null, number(point.value))))))));
  }
}

/** @param {number} value */
function number(value) {
  return new Intl.NumberFormat(language() === 'it' ? 'it-IT' : 'en-GB', { maximumFractionDigits: value < 10 ? 2 : 0 }).format(value);
}

customElements.define('m-admin-health', AdminHealth);
