import { h } from '../dom/h.js';
import { failure } from '../dom/controls.js';
import { Form } from '../dom/form.js';
import { View } from '../dom/view.js';
import { app } from '../shell/app.js';
import { backLink } from '../shell/back-link.js';
import { errorText } from '../shell/errors.js';
import { go } from '../shell/router.js';
import { citiesInOrder } from './cities.js';
import { areaOptions, writesSolutions } from './words.js';
import { local, t } from '../i18n/i18n.js';

/** A new solution of a network: what it is called, where it comes from, what it is about; the kit is written on its page. */
export class SolutionForm extends View {
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
    const writes = network !== undefined && writesSolutions(network);
    return h('div', { class: 'screen-text' }, backLink(`/networks/${this.number('network')}/solutions`),
      network && h('p', { class: 'overline', key: 'over' }, local(network.name)), h('h1', { class: 'h3' }, t('solutions.new')), h('p', { key: 'lead' }, t('solutions.newLead')),
      this.#error ? h('div', { role: 'alert', key: 'failed' }, failure(errorText(this.#error), () => void this.#prepare()))
        : !writes ? h('p', { class: 'notice-inline is-info', key: 'denied' }, network?.solutions === undefined ? t('list.denied') : t('solutions.notWrittenHere'))
          : this.#form ? this.#form.render() : h('p', { class: 'state-text', role: 'status', key: 'loading' }, t('solutions.loading')));
  }

  async #prepare() {
    this.#error = undefined;
    const network = this.number('network');
    try {
      const { own, all } = await citiesInOrder();
      this.#form = new Form(() => this.draw(), {
        id: 'solution-form', action: t('solutions.create'), values: { title: '', city: own.length > 0 ? String(own[0].id) : '', area: areaOptions()[0].value },
        fields: [
          { name: 'title', label: t('solutions.form.title'), required: true, maxBytes: 200, hint: t('solutions.form.titleHint') },
          { name: 'city', label: t('solutions.form.city'), kind: 'select', required: true, options: [{ value: '', label: t('solutions.chooseCity') }, ...all.map(({ id, name }) => ({ value: String(id), label: name }))] },
          { name: 'area', label: t('solutions.form.area'), kind: 'select', required: true, options: areaOptions() },
        ],
        submit: async ({ title, city, area }) => {
          const { id } = await app.command('solution.create', { network, title: title.trim(), city: Number(city), area });
          go(`/solutions/${id}`);
        },
        cancel: () => go(`/networks/${network}/solutions`),
      });
    } catch (error) {
      this.#error = error;
    }
    this.invalidate();
  }
}

customElements.define('m-solution-form', SolutionForm);
