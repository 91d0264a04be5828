import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { askForm } from '../dom/form-dialog.js';
import { app } from '../shell/app.js';
import { errorText } from '../shell/errors.js';
import { isAdministrator, runsNetwork } from '../networks/standing.js';
import { NetworkPage } from './network-page.js';
import { actsOf, eventKindName, networkTypes, rulesOf, typeName } from './network-types.js';
import { boundsText, organisationNames, settingField, settingText, settingValues, settingsOf } from './settings.js';
import { local, t } from '../i18n/i18n.js';

/** @typedef {import('../wire/protocol').Network} Network */
/** @typedef {{ whole: any, type: import('./network-types').NetworkType | undefined, nameOf: (id: number) => string }} Facts */

/** The module that runs a network: what it is for, its rules in words, its settings with their bounds. */
export class NetworkAbout extends NetworkPage {
  /** @type {Facts | undefined} */ #facts;
  /** @type {unknown} */ #error;

  connected() {
    void this.#load();
    this.until(app.connection.on('update', ({ type, data }) => {
      if (type === 'network.changed' && data.id === this.number('network')) void this.#load();
    }));
  }

  #load = async () => {
    this.#error = undefined;
    try {
      const [whole, types] = await Promise.all([app.query('network.get', { network: this.number('network') }), networkTypes()]);
      const type = types.find(({ id }) => id === whole.type);
      const nameOf = await organisationNames(type?.settings ?? [], whole.settings ?? {});
      this.#facts = { whole, type, nameOf };
    } catch (error) {
      this.#error = error;
    }
    this.invalidate();
  };

  /** @param {Network} network */
  content(network) {
    if (this.#error) return h('div', { key: 'failed', role: 'alert' }, failure(errorText(this.#error), () => void this.#load()));
    if (!this.#facts) return h('p', { class: 'state-text', role: 'status', key: 'loading' }, t('list.loading'));
    const { type, whole } = this.#facts;
    return [
      h('section', { key: 'type' }, h('h2', { class: 'h5' }, typeName(network.type, type)),
        type ? h('p', { class: 'lead-text' }, local(type.summary)) : h('p', { class: 'notice-inline is-warning' }, t('facilitation.dormant', { type: network.type }))),
      h('section', { key: 'rules' }, h('h2', { class: 'h5' }, t('facilitation.rules')), h('ul', { class: 'rule-list' }, rulesOf(network.type).map((rule, index) => h('li', { key: index }, rule)))),
      type && h('section', { key: 'roles' }, h('h2', { class: 'h5' }, t('facilitation.roles')),
        h('dl', { class: 'fact-list' }, type.roles.map((rule) => fact(local(rule.label), [t('facilitation.act.takePart'), ...actsOf(rule)].join(' · '))))),
      type && h('section', { key: 'made' }, h('h2', { class: 'h5' }, t('facilitation.made')),
        h('dl', { class: 'fact-list' },
          fact(t('facilitation.channels'), type.channels.map((slug) => h('span', { class: 'tag is-accent', key: slug }, slug))),
          fact(t('facilitation.events'), type.eventKinds.map((kind) => h('span', { class: 'tag is-accent', key: kind }, eventKindName(kind)))))),
      this.#settings(network),
      runsNetwork(network) && whole.hook !== undefined && this.#hook(network, whole.hook),
    ];
  }

  /** @param {Network} network */
  #settings(network) {
    const { type, whole, nameOf } = /** @type {Facts} */ (this.#facts);
    const settings = whole.settings ?? {};
    return h('section', { key: 'settings' },
      h('div', { class: 'section-head' }, h('h2', { class: 'h5' }, t('facilitation.settings')),
        isAdministrator() && h('button', { type: 'button', class: 'btn btn-outline-primary btn-xs', onclick: () => void this.#change(network) }, t('facilitation.change'))),
      !type || type.settings.length === 0 ? h('p', { class: 'state-text' }, type ? t('facilitation.noSettings') : t('facilitation.settingsDormant'))
        : h('dl', { class: 'fact-list' }, type.settings.map((rule) => fact(local(rule.label), [
          h('span', { class: settings[rule.name] === undefined ? 'is-unset' : 'is-set', key: 'value' }, settingText(rule, settings[rule.name], nameOf)),
          h('span', { class: 'cell-detail', key: 'bounds' }, [boundsText(rule), rule.required && t('facilitation.required')].filter(Boolean).join(' · ')),
        ]))),
      !isAdministrator() && type && type.settings.length > 0 && runsNetwork(network) && h('p', { class: 'field-hint' }, t('facilitation.settingsByAdministrators')));
  }

  /** @param {Network} network @param {boolean} on */
  #hook(network, on) {
    return h('section', { key: 'hook' }, h('h2', { class: 'h5' }, t('facilitation.hook')),
      h('p', null, h('span', { class: `tag ${on ? 'is-ok' : 'is-bad'}` }, on ? t('facilitation.hookOn') : t('facilitation.hookOff')), ' ',
        on ? t('facilitation.hookOnText') : t('facilitation.hookOffText')),
      isAdministrator() && h('button', {
        type: 'button', class: 'btn btn-outline-primary btn-xs', disabled: this.busy !== '',
        onclick: () => this.do('hook', async () => {
          await app.command('network.hook', { network: network.id, on: !on });
          // The module first reads what it missed; only then the server says that it is on.
          if (this.#facts) this.#facts.whole.hook = !on;
        }),
      }, on ? t('facilitation.switchOff') : t('facilitation.switchOn')));
  }

  /** @param {Network} network */
  async #change(network) {
    const { type, whole, nameOf } = /** @type {Facts} */ (this.#facts);
    const done = await changeNetwork({ network, type, whole, nameOf });
    if (done) await this.#load();
  }
}

/**
 * Asks for a network's name, address and settings; administrators.
 * @param {Facts & { network: Network }} facts
 */
export function changeNetwork({ network, type, whole, nameOf }) {
  const rules = type?.settings ?? [];
  return askForm({
    title: t('facilitation.changeTitle', { name: local(network.name) }),
    fields: [
      { name: 'name.it', label: t('facilitation.nameIt'), required: true, maxBytes: 200 },
      { name: 'name.en', label: t('facilitation.nameEn'), required: true, maxBytes: 200 },
      { name: 'slug', label: t('facilitation.slug'), required: true, hint: t('facilitation.slugHint') },
      ...rules.map(settingField),
    ],
    values: { 'name.it': whole.name.it, 'name.en': whole.name.en, slug: whole.slug, ...settingValues(rules, whole.settings ?? {}, nameOf) },
    action: t('facilitation.save'),
    submit: (values) => app.command('network.change', {
      network: network.id, revision: whole.revision, slug: values.slug.trim(), name: { it: values['name.it'].trim(), en: values['name.en'].trim() },
      ...(type ? { settings: settingsOf(rules, values) } : {}),
    }),
    refused: (error) => error?.code === 'conflict' && error.refusal?.current?.network !== undefined ? { field: 'slug', text: t('facilitation.slugTaken') } : undefined,
  });
}

/** @param {string} title @param {import('../dom/h').Child} content */
function fact(title, content) {
  return h('div', { key: title }, h('dt', null, title), h('dd', null, content));
}

customElements.define('m-network-about', NetworkAbout);
