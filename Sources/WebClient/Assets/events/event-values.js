import { dateOf } from '../dom/time.js';
import { t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */
/** @typedef {import('../dom/form').Field} Field */
/** @typedef {Record<string, any>} Values */

/**
 * The answers about an event's time.
 * @param {Pick<Event, 'start' | 'end'>} [event]
 * @returns {Values}
 */
export function timeValues(event) {
  const day = event?.start.date;
  // A fresh event is next week, at ten.
  const date = dateOf(new Date(Date.now() + 7 * 86_400_000).toISOString());
  return {
    allDay: Boolean(day),
    start: event?.start.local?.slice(0, 16) ?? `${day ?? date}T10:00`,
    end: event?.end.local?.slice(0, 16) ?? `${event?.end.date ?? date}T12:00`,
  };
}

/**
 * The questions about an event's time.
 * @param {Values} values
 * @param {string} zone
 * @returns {Field[]}
 */
export function timeFields(values, zone) {
  const kind = values.allDay ? 'date' : 'datetime-local';
  const length = values.allDay ? 10 : 16;
  // The fields show days or times, of the same answers.
  for (const name of ['start', 'end']) {
    const value = String(values[name] ?? '');
    if (value.length > length) values[name] = value.slice(0, length);
    else if (value.length === 10 && length === 16) values[name] = `${value}T${name === 'start' ? '10:00' : '12:00'}`;
  }
  return [
    { name: 'allDay', label: t('events.form.allDay'), kind: 'check' },
    { name: 'start', label: t('events.form.start'), kind, required: true, hint: values.allDay ? undefined : t('events.form.zone', { zone: zone.replaceAll('_', ' ') }) },
    { name: 'end', label: t('events.form.end'), kind, required: true, check: (value) => (
      String(value) < String(values.start) || (!values.allDay && value === values.start) ? t('events.form.endBefore') : undefined) },
  ];
}

/**
 * The answers as the command wants them.
 * @param {Values} values
 * @param {string} zone
 */
export function timesOf(values, zone) {
  const time = (/** @type {string} */ value) => (values.allDay ? { date: value } : { local: value, zone });
  return { start: time(values.start), end: time(values.end) };
}

/**
 * The rule of a series, of a choice and a number; of one that no choice stands for, with another number.
 * @param {string} repeat
 * @param {number} count
 * @param {string} [former]
 */
export function ruleOf(repeat, count, former = '') {
  return `${RULES[repeat] ?? withoutEnd(former)};COUNT=${count}`;
}

/** @param {string} rule */
function withoutEnd(rule) {
  return rule.split(';').filter((part) => !/^(COUNT|UNTIL)=/.test(part)).join(';');
}

/**
 * The choice that a rule stands for; `other` for none.
 * @param {string} rule
 */
export function repeatOf(rule) {
  const bare = withoutEnd(rule);
  return Object.keys(RULES).find((name) => RULES[name] === bare) ?? 'other';
}

/** @param {string} rule */
export function countOf(rule) {
  const count = /(?:^|;)COUNT=(\d+)/.exec(rule)?.[1];
  return count && Number(count);
}

/**
 * How often a series may take place.
 * @param {boolean} withOther where it has a rule that stands for none of them
 */
export function repeatOptions(withOther) {
  return [
    ...(withOther ? [{ value: 'other', label: t('series.otherRule') }] : []),
    { value: 'weekly', label: t('events.repeat.weekly') }, { value: 'fortnightly', label: t('events.repeat.fortnightly') }, { value: 'monthly', label: t('events.repeat.monthly') },
    { value: 'fourMonthly', label: t('events.repeat.fourMonthly') }, { value: 'yearly', label: t('events.repeat.yearly') },
  ];
}

/** @type {Record<string, string>} */
const RULES = {
  weekly: 'FREQ=WEEKLY', fortnightly: 'FREQ=WEEKLY;INTERVAL=2', monthly: 'FREQ=MONTHLY', fourMonthly: 'FREQ=MONTHLY;INTERVAL=4', yearly: 'FREQ=YEARLY',
};
