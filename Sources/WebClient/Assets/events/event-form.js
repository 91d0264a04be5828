import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { Form } from '../dom/form.js';
import { View } from '../dom/view.js';
import { zoneName } from '../dom/time.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { errorText } from '../shell/errors.js';
import { showNotice } from '../shell/notices.js';
import { go } from '../shell/router.js';
import { runsNetwork } from '../networks/standing.js';
import { bodyList, loadBodies } from '../networks/sub-bodies.js';
import { detailOf } from '../people/write-to.js';
import { warn } from './event-acts.js';
import { datesAreBroken, refusedRule } from './dates-preview.js';
import { repeatOptions, ruleOf, timeFields, timesOf, timeValues } from './event-values.js';
import { cityNames, loadEvent } from './loading.js';
import { namedList, organiserWords, speakerWords } from './named-list.js';
import { kindName } from './words.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Event} Event */
/** @typedef {import('../dom/form').Field} Field */
/** @typedef {import('./named-list').Named} Named */

/** A new event of a network, or a series of them; or the change of one. */
export class EventForm extends View {
  /** @type {Form | undefined} */ #form;
  /** @type {string[]} */ #kinds = [];
  /** @type {unknown} */ #error;
  /** @type {Event | undefined} */ #event;
  /** @type {Map<number, string>} the names of the cities that an event names by their number */ #cities = new Map();
  /** @type {Map<number, string>} */ #bodies = new Map();
  /** @type {number | undefined} the city whose comuni an event may be addressed to */ #local;

  topics() {
    return ['networks'];
  }

  connected() {
    void this.#prepare();
  }

  render() {
    const event = this.number('event');
    const title = event ? t('events.form.editTitle') : t('events.form.newTitle');
    const network = app.state.networks.get(this.#event?.network ?? this.number('network') ?? 0);
    return h('div', { class: 'screen-text' }, backLink(event ? `/events/${event}` : `/networks/${this.number('network')}/events`),
      network && h('p', { class: 'overline', key: 'over' }, local(network.name)), h('h1', { class: 'h3' }, title),
      this.#error ? h('div', { role: 'alert', key: 'failed' }, failure(errorText(this.#error), () => void this.#prepare()))
        : network && !runsNetwork(network) ? h('p', { class: 'notice-inline is-info', key: 'denied' }, t('list.denied'))
          : this.#form ? this.#form.render() : h('p', { class: 'state-text', role: 'status', key: 'loading' }, t('events.loading')));
  }

  async #prepare() {
    this.#error = undefined;
    try {
      const id = this.number('event');
      const event = id ? await loadEvent(id) : undefined;
      const network = app.state.networks.get(event?.network ?? this.number('network') ?? 0);
      const types = (await app.query('network.types')).types;
      if (event?.hostCity || event?.guestCity) this.#cities = await cityNames();
      this.#local = network?.subBodies;
      if (network?.subBodies && event?.addressed) this.#bodies = await loadBodies(network.subBodies);
      this.#event = event;
      this.#kinds = types.find((/** @type {any} */ type) => type.id === network?.type)?.eventKinds ?? [];
      this.#begin(event);
    } catch (error) {
      this.#error = error;
    }
    this.invalidate();
  }

  /** @param {number | undefined} id @returns {import('../dom/form').Choice | undefined} */
  #city(id) {
    return id === undefined ? undefined : { id, label: this.#cities.get(id) ?? t('events.form.someCity') };
  }

  /** @param {Event} [event] */
  #begin(event) {
    const zone = event?.start.zone ?? zoneName();
    /** @type {Record<string, any>} */
    const values = {
      kind: event?.kind ?? this.#kinds[0] ?? '', title: event?.title ?? '', ...timeValues(event), place: event?.place ?? '', provider: event?.room?.provider ?? '', url: event?.room?.url ?? '',
      capacity: event?.capacity === undefined ? '' : String(event.capacity), waitingList: event?.waitingList ?? true, approval: event?.approval ?? false, offers: event?.offers ?? false,
      'registration.opens': windowValue(event?.registration?.opens), 'registration.closes': windowValue(event?.registration?.closes, event?.start),
      'registration.cancelBy': windowValue(event?.registration?.cancelBy, event?.start), partOf: event?.partOf ?? '', hostCity: this.#city(event?.hostCity), guestCity: this.#city(event?.guestCity),
      speakers: (event?.speakers ?? []).map(({ person, name, title }) => ({ ref: person, name: name ?? '', title: title ?? '' })),
      organisers: (event?.organisers ?? []).map(({ organisation, name }) => ({ ref: organisation, name: name ?? '', title: '' })),
      addressed: (event?.addressed ?? []).map((id) => ({ id, label: this.#bodies.get(id) ?? t('addressed.unknown') })), reach: event?.reach ?? '',
      agenda: (event?.agenda ?? []).map(({ title, at }) => (at ? `${at} ${title}` : title)).join('\n'), text: event?.text ?? '', repeat: 'once', count: '5', dates: 'shown',
    };
    const redraw = () => this.draw();
    const lists = { speakers: namedList({ find: findPeople, words: speakerWords(), redraw }), organisers: namedList({ find: findOrganisations, words: organiserWords(), redraw }),
      addressed: this.#local ? bodyList(this.#local) : undefined };
    this.#form = new Form(() => this.draw(), {
      id: 'event-form', values, fields: () => this.#fields(values, zone, lists, event), action: event ? t('events.form.save') : t('events.form.create'), refused: refusedRule,
      submit: () => this.#save(values, zone, event), changed: () => this.draw(),
      cancel: () => go(event ? `/events/${event.id}` : `/networks/${this.number('network')}/events`),
    });
  }

  /** @param {Record<string, any>} values @param {string} zone @param {{ speakers: Field['control'], organisers: Field['control'], addressed: Field['control'] }} lists @param {Event} [event] @returns {Field[]} */
  #fields(values, zone, lists, event) {
    const option = (/** @type {string} */ value, /** @type {string} */ label) => ({ value, label });
    return /** @type {Field[]} */ ([
      { name: 'kind', label: t('events.form.kind'), kind: 'select', required: true, options: this.#kinds.map((kind) => option(kind, kindName(kind))) },
      { name: 'title', label: t('events.form.title'), required: true, maxBytes: 300 },
      // What the members know of is moved with a reason.
      ...(!event || event.state === 'draft' ? timeFields(values, zone) : []),
      ...(event ? [] : [
        { name: 'repeat', label: t('events.form.repeat'), kind: 'select', required: true, options: [option('once', t('events.repeat.once')), ...repeatOptions(false)] },
        values.repeat !== 'once' && { name: 'count', label: t('events.form.count'), kind: 'number', required: true, min: 2, max: 100, hint: t('events.form.countHint') },
        values.repeat !== 'once' && { name: 'dates', label: t('series.datesTitle'), kind: 'own', required: true, check: () => (datesAreBroken() ? t('series.brokenText') : undefined),
          control: () => h('m-dates', { '.wanted': { rule: ruleOf(values.repeat, Number(values.count)), ...timesOf(values, zone) } }) },
      ]),
      values.kind === 'study_visit' && { name: 'hostCity', label: t('events.form.hostCity'), kind: 'picker', find: findCities, hint: t('events.form.hostCityHint') },
      values.kind === 'study_visit' && { name: 'guestCity', label: t('events.form.guestCity'), kind: 'picker', find: findCities },
      { name: 'place', label: t('events.form.place'), maxBytes: 500 },
      { name: 'provider', label: t('events.form.room'), kind: 'select', required: false, options: [option('', t('events.form.noRoom')), option('link', t('events.form.link')), option('jitsi', 'Jitsi'), option('bigbluebutton', 'BigBlueButton')] },
      values.provider === 'link' && { name: 'url', label: t('events.form.url'), required: true, maxBytes: 2000, hint: t('events.form.urlHint') },
      { name: 'capacity', label: t('events.form.capacity'), kind: 'number', min: 0, max: 100_000, hint: t('events.form.capacityHint') },
      values.capacity !== '' && { name: 'waitingList', label: t('events.form.waitingList'), kind: 'check' },
      { name: 'approval', label: t('events.form.approval'), kind: 'check' },
      values.capacity !== '' && { name: 'offers', label: t('events.form.offers'), kind: 'check' },
      { name: 'registration.opens', label: t('events.form.opens'), kind: 'datetime-local', hint: t('events.form.opensHint') },
      { name: 'registration.closes', label: t('events.form.closes'), kind: 'datetime-local', hint: t('events.form.closesHint') },
      { name: 'registration.cancelBy', label: t('events.form.cancelBy'), kind: 'datetime-local', hint: t('events.form.cancelByHint') },
      { name: 'reach', label: t('events.form.reach'), kind: 'select', options: [option('', t('events.form.noReach')), option('national', t('events.form.national')), option('local', t('events.form.local'))] },
      lists.addressed && { name: 'addressed', label: t('addressed.label'), kind: 'own', control: lists.addressed, hint: t('events.form.addressedHint') },
      { name: 'partOf', label: t('events.form.partOf'), maxBytes: 200, hint: t('events.form.partOfHint') },
      { name: 'organisers', label: t('events.organisers'), kind: 'own', control: lists.organisers, hint: t('events.form.organisersHint') },
      { name: 'speakers', label: t('events.speakers'), kind: 'own', control: lists.speakers },
      { name: 'agenda', label: t('events.form.agenda'), kind: 'textarea', hint: t('events.form.agendaHint') },
      { name: 'text', label: t('events.form.text'), kind: 'textarea', maxBytes: 16_384, hint: t('events.form.textHint') },
    ].filter(Boolean));
  }

  /** @param {Record<string, any>} values @param {string} zone @param {Event} [event] */
  async #save(values, zone, event) {
    /** @type {Record<string, any>} */
    const details = {
      kind: values.kind, title: values.title.trim(), place: values.place.trim() || null,
      room: values.provider ? { provider: values.provider, ...(values.provider === 'link' ? { url: values.url.trim() } : event?.room?.name && event.room.provider === values.provider ? { name: event.room.name } : {}) } : null,
      capacity: values.capacity === '' ? null : Number(values.capacity), waitingList: values.waitingList, approval: values.approval, offers: values.offers,
      registration: windowOf(values, zone), reach: values.reach || null, partOf: values.partOf.trim() || null,
      // Only who visits has a host.
      hostCity: values.kind === 'study_visit' ? values.hostCity?.id ?? null : null, guestCity: values.kind === 'study_visit' ? values.guestCity?.id ?? null : null,
      speakers: orNull(values.speakers.map((/** @type {Named} */ { ref, name, title }) => ({ ...(ref ? { person: ref } : { name }), ...(title.trim() ? { title: title.trim() } : {}) }))),
      organisers: orNull(values.organisers.map((/** @type {Named} */ { ref, name }) => (ref ? { organisation: ref } : { name }))),
      ...(this.#local ? { addressed: orNull(values.addressed.map((/** @type {import('../dom/form').Choice} */ { id }) => id)) } : {}),
      agenda: agendaOf(values.agenda, event), text: values.text.trim() || null,
    };
    const times = !event || event.state === 'draft' ? timesOf(values, zone) : {};
    const answer = event
      ? await app.command('event.update', { event: event.id, revision: event.revision, ...details, ...times })
      : values.repeat === 'once'
        ? await app.command('event.create', { network: this.number('network'), ...details, ...times })
        : await app.command('series.create', { network: this.number('network'), ...details, ...times, rule: ruleOf(values.repeat, Number(values.count)) });
    const made = event?.id ?? answer.events?.[0] ?? answer.id;
    go(`/events/${made}`);
    // Which of a series' events clash, the page of each says.
    if (answer.events) showNotice((answer.warnings ?? []).length > 0 ? t('events.savedWithClashes') : t('events.saved'));
    else void warn(made, answer);
  }
}

/** @param {any[]} list */
function orNull(list) {
  return list.length > 0 ? list : null;
}

/** @param {string} text @returns {Promise<import('../dom/form').Choice[]>} */
async function findPeople(text) {
  const { people } = await app.query('person.list', { text, limit: 8 });
  return people.map((/** @type {any} */ person) => ({ id: person.id, label: person.name, detail: detailOf(person) }));
}

/** @param {string} text @returns {Promise<import('../dom/form').Choice[]>} */
async function findOrganisations(text) {
  const { organisations } = await app.query('organisation.list', { text, limit: 8 });
  return organisations.map((/** @type {any} */ { id, name, region }) => ({ id, label: name, detail: region }));
}

/**
 * What was said of a moment of registering; nothing for the one that holds where nothing was said.
 * @param {Event['start']} [time] @param {Event['start']} [unsaid]
 */
function windowValue(time, unsaid) {
  return time?.local && time.utc !== unsaid?.utc ? time.local.slice(0, 16) : '';
}

/** @param {Record<string, any>} values @param {string} zone */
function windowOf(values, zone) {
  const said = ['opens', 'closes', 'cancelBy'].filter((name) => values[`registration.${name}`]);
  return said.length > 0 ? Object.fromEntries(said.map((name) => [name, { local: values[`registration.${name}`], zone }])) : null;
}

/** @param {string} text @returns {Promise<import('../dom/form').Choice[]>} */
async function findCities(text) {
  const { organisations } = await app.query('organisation.list', { text, kind: 'citta_metropolitana', limit: 8 });
  return organisations.map((/** @type {any} */ { id, name, region }) => ({ id, label: name, detail: region }));
}

/**
 * A line for each point, which may begin with its hour; what else is known of a point stays with it.
 * @param {string} text @param {Event} [event]
 */
function agendaOf(text, event) {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
  if (lines.length === 0) return null;
  return lines.map((line) => {
    const [, at, title] = /^(?:(\d{1,2}[:.]\d{2})\s+)?(.*)$/.exec(line) ?? [];
    const known = (event?.agenda ?? []).find((point) => point.title === title);
    return { ...(known ?? {}), title: title || line, ...(at ? { at: at.replace('.', ':') } : {}) };
  });
}

customElements.define('m-event-form', EventForm);
