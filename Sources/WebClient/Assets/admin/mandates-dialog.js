import { h, patch } from '../dom/h.js';
import { askForm } from '../dom/form-dialog.js';
import { Listing } from '../dom/listing.js';
import { dateInWords } from '../dom/time.js';
import { app } from '../shell/app.js';
import { mandateFields, mandateOf } from './people-forms.js';
import { mandateName } from './words.js';
import { t } from '../i18n/i18n.js';

/** @typedef {{ id: number, organisationName?: string, role: string, title?: string, from?: string, to?: string }} Mandate */

/**
 * A person's mandates: granted, and ended.
 * @param {{ id: number, name: string }} person
 * @returns {Promise<void>} when it was closed
 */
export function openMandates(person) {
  const dialog = document.createElement('dialog');
  dialog.className = 'confirm-dialog form-dialog';
  dialog.setAttribute('aria-labelledby', 'mandates-title');
  /** @type {Listing<Mandate>} */
  const mandates = new Listing(() => draw(), async () => ({ rows: (await app.query('mandate.list', { person: person.id })).mandates }));

  const grant = async () => {
    const done = await askForm({
      title: t('admin.mandate.grantTitle', { name: person.name }), fields: mandateFields(), values: { role: 'employee' }, action: t('admin.mandate.grant'),
      submit: (values) => app.command('mandate.grant', { person: person.id, ...mandateOf(values) }),
    });
    if (done) await mandates.load();
  };

  const end = async (/** @type {Mandate} */ mandate) => {
    const done = await askForm({
      title: t('admin.mandate.endTitle', { title: nameOf(mandate) }), text: h('p', null, t('admin.mandate.endText')),
      fields: [{ name: 'at', label: t('admin.mandate.endAt'), kind: 'date', hint: t('admin.mandate.endHint') }],
      action: t('admin.mandate.end'), danger: true,
      submit: ({ at }) => app.command('mandate.end', { mandate: mandate.id, ...(at ? { at } : {}) }),
    });
    if (done) await mandates.load();
  };

  const draw = () => patch(dialog, [
    h('h2', { class: 'h5', id: 'mandates-title' }, t('admin.mandate.listTitle', { name: person.name })),
    mandates.render({
      count: false,
      empty: t('admin.mandate.none'),
      absent: t('admin.mandate.absent'),
      show: (rows) => h('ul', { class: 'mandate-list' }, rows.map((mandate) => h('li', { key: mandate.id },
        h('span', null, h('strong', null, nameOf(mandate)), h('span', { class: 'cell-detail' }, [mandateName(mandate.role), period(mandate)].filter(Boolean).join(' · '))),
        !isOver(mandate) && h('button', { type: 'button', class: 'act-button is-danger', onclick: () => void end(mandate) },
          t('admin.mandate.end'), h('span', { class: 'visually-hidden' }, ` ${nameOf(mandate)}`))))),
    }),
    h('div', { class: 'confirm-actions', key: 'acts' },
      h('button', { type: 'button', class: 'btn btn-outline-primary btn-sm', onclick: () => dialog.close() }, t('admin.close')),
      h('button', { type: 'button', class: 'btn btn-primary btn-sm', onclick: () => void grant() }, t('admin.mandate.grant'))),
  ]);
  draw();
  document.body.append(dialog);
  void mandates.load();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve();
    });
    dialog.showModal();
  });
}

/** @param {Mandate} mandate */
function nameOf({ title, organisationName, role }) {
  return [title ?? mandateName(role), organisationName].filter(Boolean).join(' – ');
}

/** @param {Mandate} mandate */
function period({ from, to }) {
  if (from && to) return t('admin.mandate.between', { from: dateInWords(from), to: dateInWords(to) });
  if (from) return t('admin.mandate.since', { from: dateInWords(from) });
  return to ? t('admin.mandate.until', { to: dateInWords(to) }) : '';
}

/** @param {Mandate} mandate */
function isOver({ to }) {
  return to !== undefined && to.slice(0, 10) < new Date().toISOString().slice(0, 10);
}
