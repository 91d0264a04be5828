import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { Form } from '../dom/form.js';
import { View } from '../dom/view.js';
import { zoneName } from '../dom/time.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { errorText } from '../shell/errors.js';
import { go } from '../shell/router.js';
import { runsNetwork } from '../networks/standing.js';
import { kindName } from '../events/words.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('../dom/form').Field} Field */
/** @typedef {Record<string, any>} Values */

const MOST = 30;

/** A new poll: what is planned and the dates to choose from; there is always one more line for a further date. */
export class PollForm extends View {
  /** @type {Form | undefined} */ #form;
  /** @type {unknown} */ #error;

  topics() {
    return ['networks'];
  }

  connected() {
    void this.#prepare();
  }

  render() {
    const network = app.state.networks.get(this.number('network') ?? 0);
    return h('div', { class: 'screen-text' }, backLink(`/networks/${this.number('network')}/events`),
      network && h('p', { class: 'overline', key: 'over' }, local(network.name)), h('h1', { class: 'h3' }, t('polls.new')),
      this.#error ? h('div', { role: 'alert', key: 'failed' }, failure(errorText(this.#error), () => void this.#prepare()))
        : network && !runsNetwork(network) ? h('p', { class: 'notice-inline is-info', key: 'denied' }, t('list.denied'))
          : this.#form ? this.#form.render() : h('p', { class: 'state-text', role: 'status', key: 'loading' }, t('polls.loading')));
  }

  async #prepare() {
    this.#error = undefined;
    try {
      const network = app.state.networks.get(this.number('network') ?? 0);
      const types = (await app.query('network.types')).types;
      const kinds = types.find((/** @type {any} */ type) => type.id === network?.type)?.eventKinds ?? [];
      this.#begin(kinds);
    } catch (error) {
      this.#error = error;
    }
    this.invalidate();
  }

  /** @param {string[]} kinds */
  #begin(kinds) {
    const zone = zoneName();
    /** @type {Values} */
    const values = { kind: kinds[0] ?? '', title: '', allDay: false, weight: 'person', 'deadline.local': '' };
    for (let index = 0; index < MOST; index += 1) values[`start${index}`] = values[`end${index}`] = '';
    this.#form = new Form(() => this.draw(), {
      id: 'poll-form', values, fields: () => fieldsOf(values, kinds, zone), action: t('polls.form.create'), changed: () => this.draw(),
      submit: () => this.#save(values, zone), refused, cancel: () => go(`/networks/${this.number('network')}/events`),
    });
  }

  /** @param {Values} values @param {string} zone */
  async #save(values, zone) {
    const time = (/** @type {string} */ value) => (values.allDay ? { date: value } : { local: value, zone });
    const options = Array.from({ length: count(values) }, (_, index) => ({ start: time(values[`start${index}`]), end: time(values[`end${index}`]) }));
    const answer = await app.command('poll.create', {
      network: this.number('network'), kind: values.kind, title: values.title.trim(), weight: values.weight, options,
      ...(values['deadline.local'] ? { deadline: { local: values['deadline.local'], zone } } : {}),
    });
    go(`/polls/${answer.id}`);
  }
}

/**
 * The lines that are filled in, from the first.
 * @param {Values} values
 */
function count(values) {
  let filled = 0;
  while (filled < MOST && values[`start${filled}`]) filled += 1;
  return filled;
}

/** @param {Values} values @param {string[]} kinds @param {string} zone @returns {Field[]} */
function fieldsOf(values, kinds, zone) {
  const option = (/** @type {string} */ value, /** @type {string} */ label) => ({ value, label });
  const kind = values.allDay ? 'date' : 'datetime-local';
  /** @type {Field[]} */
  const dates = [];
  for (let index = 0; index < Math.min(MOST, Math.max(2, count(values) + 1)); index += 1) {
    const [start, end] = [`start${index}`, `end${index}`];
    for (const name of [start, end]) fit(values, name);
    const required = index === 0 || Boolean(values[start]);
    dates.push(
      { name: start, label: t('polls.form.start', { n: index + 1 }), kind, required: index === 0, hint: index === 0 && !values.allDay ? t('polls.form.zone', { zone: zone.replaceAll('_', ' ') }) : undefined },
      { name: end, label: t('polls.form.end', { n: index + 1 }), kind, required, check: (value) => (
        values[start] && (String(value) < String(values[start]) || (!values.allDay && value === values[start])) ? t('polls.form.endBefore') : undefined) },
    );
  }
  return [
    { name: 'kind', label: t('polls.form.kind'), kind: 'select', required: true, options: kinds.map((one) => option(one, kindName(one))) },
    { name: 'title', label: t('polls.form.title'), required: true, maxBytes: 300 },
    { name: 'weight', label: t('polls.form.weight'), kind: 'select', required: true, options: [option('person', t('polls.byPerson')), option('city', t('polls.byCity'))] },
    { name: 'deadline.local', label: t('polls.form.deadline'), kind: 'datetime-local', hint: t('polls.form.deadlineHint') },
    { name: 'allDay', label: t('polls.form.allDay'), kind: 'check' },
    ...dates,
  ];
}

/** A field shows a day or a time, of the same answer. */
/** @param {Values} values @param {string} name */
function fit(values, name) {
  const value = String(values[name] ?? '');
  if (values.allDay && value.length > 10) values[name] = value.slice(0, 10);
  else if (!values.allDay && value.length === 10) values[name] = `${value}T${name.startsWith('start') ? '10:00' : '12:00'}`;
}

/** The field that a refusal is about, when it is one of the dates or the deadline. */
/** @param {any} error */
function refused(error) {
  const [problem] = error?.refusal?.fields ?? [];
  const path = String(problem?.path ?? '').replace(/^with\./, '');
  if (path.startsWith('deadline')) return { field: 'deadline.local', text: t('polls.form.deadlinePast') };
  const date = /^options\.(\d+)(?:\.(start|end))?/.exec(path);
  if (!date) return undefined;
  return { field: `${date[2] ?? 'start'}${date[1]}`, text: problem.problem === 'duplicate' ? t('polls.form.twice') : t('polls.form.noSuchTime') };
}

customElements.define('m-poll-form', PollForm);
