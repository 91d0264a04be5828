import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { askForm } from '../dom/form-dialog.js';
import { zoneName } from '../dom/time.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { errorText } from '../shell/errors.js';
import { showNotice } from '../shell/notices.js';
import { runsNetwork } from '../networks/standing.js';
import { datesAreBroken, refusedRule } from './dates-preview.js';
import { countOf, repeatOf, repeatOptions, ruleOf, timeFields, timesOf, timeValues } from './event-values.js';
import { loadEvents } from './loading.js';
import { when } from './when.js';
import { kindName, stateTag } from './words.js';
import { local, plural, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */
/** @typedef {{ id: number, revision: number, state: string, network: number, kind: string, title: string, rule: string, start: Event['start'], end: Event['end'], planned: number, events: number[] }} Series */

/** A series: its dates, each with its page; and, for who runs it, publishing, changing and calling off all of it. */
export class SeriesPage extends View {
  /** @type {Series | undefined} */ #series;
  /** @type {any} */ #error;

  topics() {
    return ['events', 'networks'];
  }

  connected() {
    void this.#load();
    this.until(app.community.subscribe('series', () => void this.#load()));
    this.until(app.community.subscribe('events asked', () => void this.#load()));
  }

  render() {
    const series = this.#series;
    if (!series) {
      const hidden = this.#error?.code === 'not_found';
      return h('div', { class: 'screen-text' }, backLink('/events'), h('h1', { class: 'h3' }, hidden ? t('series.hidden') : t('series.one')),
        hidden ? h('p', null, t('series.hiddenText')) : this.#error ? h('div', { role: 'alert' }, failure(errorText(this.#error), () => void this.#load()))
          : h('p', { class: 'state-text', role: 'status' }, t('list.loading')));
    }
    const network = app.state.networks.get(series.network);
    const runs = network !== undefined && runsNetwork(network) && !network.dormant;
    const events = [...app.state.events.values()].filter((event) => event.series?.id === series.id).sort((a, b) => (a.series?.index ?? 0) - (b.series?.index ?? 0));
    const drafts = events.filter(({ state }) => state === 'draft');
    const ahead = events.filter(({ state }) => ['draft', 'published', 'postponed'].includes(state));
    const act = (/** @type {string} */ key, /** @type {string} */ label, /** @type {() => void} */ onclick, look = 'btn-outline-primary') => (
      h('button', { type: 'button', key, class: `btn ${look} btn-sm`, onclick }, label));
    return h('div', { class: 'screen-text is-wide series-page' }, backLink(`/networks/${series.network}/events`),
      h('p', { class: 'overline', key: 'over' }, [kindName(series.kind), network && local(network.name)].filter(Boolean).join(' · ')),
      h('h1', { class: 'h3', key: 'title' }, series.title),
      h('p', { class: 'text-secondary', key: 'count' }, plural('series.events', events.length), series.planned > events.length && ` ${t('series.planned', { n: series.planned })}`),
      series.state === 'draft' && h('p', { class: 'notice-inline is-warning', key: 'draft' }, t('series.draftText')),
      runs && h('div', { class: 'event-acts', key: 'acts' },
        drafts.length > 0 && act('publish', plural('series.publish', drafts.length), () => void this.#publish(drafts), 'btn-primary'),
        act('change', t('series.change'), () => void this.#change(series, ahead)),
        ahead.length > 0 && act('cancel', t('series.cancel'), () => void this.#cancel(ahead), 'btn-outline-danger')),
      h('ol', { class: 'dates-list is-linked', key: 'list' }, events.map((event) => h('li', { key: event.id, class: event.state === 'cancelled' ? 'is-off' : null },
        h('span', { class: 'dates-index' }, `${event.series?.index ?? ''}.`), h('a', { href: `/events/${event.id}` }, when(event)), stateTag(event),
        event.title !== series.title && h('span', { class: 'card-detail', key: 'title' }, event.title)))));
  }

  /** @param {Event[]} drafts */
  async #publish(drafts) {
    const text = [h('p', { key: 'text' }, t('series.publishText')), h('ul', { class: 'rule-list', key: 'dates' }, drafts.map((event) => h('li', { key: event.id }, when(event))))];
    const done = await askForm({
      title: plural('series.publishTitle', drafts.length), text, fields: [], values: {}, action: plural('series.publish', drafts.length),
      submit: () => app.command('series.publish', { series: this.#series?.id, revision: this.#series?.revision }),
    });
    if (done) showNotice(t('events.published'));
    await this.#load();
  }

  /** @param {Event[]} ahead */
  async #cancel(ahead) {
    await askForm({
      title: t('series.cancelTitle'),
      text: [h('p', { key: 'text' }, plural('series.cancelText', ahead.length)), h('ul', { class: 'rule-list', key: 'dates' }, ahead.map((event) => h('li', { key: event.id }, when(event))))],
      fields: [{ name: 'reason', label: t('events.reason'), kind: 'textarea', required: true, maxBytes: 1000, hint: t('events.reasonHint') }],
      values: { reason: '' },
      action: t('series.cancel'),
      danger: true,
      submit: ({ reason }) => app.command('series.cancel', { series: this.#series?.id, revision: this.#series?.revision, reason: reason.trim().replaceAll(/\s+/g, ' ') }),
    });
    await this.#load();
  }

  /** @param {Series} series @param {Event[]} ahead */
  async #change(series, ahead) {
    const zone = series.start.zone ?? zoneName();
    const place = ahead[0]?.place ?? '';
    /** @type {Record<string, any>} */
    const values = { title: series.title, place, ...timeValues(series), repeat: repeatOf(series.rule), count: String(countOf(series.rule) ?? series.events.length), dates: 'shown' };
    const asked = { ...values };
    const rule = () => (values.repeat === asked.repeat && values.count === asked.count ? series.rule : ruleOf(values.repeat, Number(values.count), series.rule));
    const isMoved = () => ['allDay', 'start', 'end'].some((name) => values[name] !== asked[name]);
    await askForm({
      title: t('series.change'),
      text: h('p', null, t('series.changeText')),
      fields: () => /** @type {import('../dom/form').Field[]} */ ([
        { name: 'title', label: t('events.form.title'), required: true, maxBytes: 300 },
        { name: 'place', label: t('events.form.place'), maxBytes: 500 },
        ...timeFields(values, zone),
        { name: 'repeat', label: t('events.form.repeat'), kind: 'select', required: true, options: repeatOptions(asked.repeat === 'other') },
        { name: 'count', label: t('events.form.count'), kind: 'number', required: true, min: 1, max: 100 },
        { name: 'dates', label: t('series.datesTitle'), kind: 'own', required: true, check: () => (datesAreBroken() ? t('series.brokenText') : undefined),
          control: () => h('m-dates', { '.withChanges': true, '.wanted': { series: series.id, rule: rule(), ...timesOf(values, zone) } }) },
      ]),
      values,
      action: t('events.form.save'),
      refused: refusedRule,
      submit: () => app.command('series.update', {
        series: series.id, revision: series.revision, ...(values.title.trim() !== series.title ? { title: values.title.trim() } : {}),
        ...(values.place.trim() !== place ? { place: values.place.trim() || null } : {}), ...(rule() !== series.rule ? { rule: rule() } : {}), ...(isMoved() ? timesOf(values, zone) : {}),
      }),
    });
    await this.#load();
  }

  async #load() {
    const id = this.number('series') ?? 0;
    try {
      this.#series = await app.query('series.get', { series: id });
      await loadEvents({ series: id }, 200);
      this.#error = undefined;
    } catch (error) {
      this.#error = error;
    }
    this.invalidate();
  }
}

customElements.define('m-series', SeriesPage);
