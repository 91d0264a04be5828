import { t } from '../i18n/i18n.js';

/** @type {Record<string, { text: string }>} */
const ROLES = { admin: { text: 'admin.role.admin' }, moderator: { text: 'admin.role.moderator' }, monitor: { text: 'admin.role.monitor' } };

/** @type {Record<string, { text: string }>} */
const MANDATES = {
  employee: { text: 'admin.mandate.employee' }, administrator: { text: 'admin.mandate.administrator' }, mayor: { text: 'admin.mandate.mayor' },
  anci_staff: { text: 'admin.mandate.anci' }, monitor: { text: 'admin.mandate.monitor' }, guest: { text: 'admin.mandate.guest' },
};

/** @type {Record<string, { text: string }>} */
const KINDS = {
  citta_metropolitana: { text: 'admin.kind.city' }, comune: { text: 'admin.kind.comune' }, regione: { text: 'admin.kind.region' }, provincia: { text: 'admin.kind.province' },
  unione_dei_comuni: { text: 'admin.kind.union' }, altro: { text: 'admin.kind.other' },
};

/** @param {Record<string, { text: string }>} table */
const options = (table) => Object.entries(table).map(([value, { text }]) => ({ value, label: t(text) }));

export const roleOptions = () => options(ROLES);
export const mandateOptions = () => options(MANDATES);
export const kindOptions = () => options(KINDS);

/** @param {string} role */
export const roleName = (role) => (ROLES[role] ? t(ROLES[role].text) : role);
/** @param {string} role */
export const mandateName = (role) => (MANDATES[role] ? t(MANDATES[role].text) : role);
/** @param {string} kind */
export const kindName = (kind) => (KINDS[kind] ? t(KINDS[kind].text) : kind);

export const REGIONS = ['Abruzzo', 'Basilicata', 'Calabria', 'Campania', 'Emilia-Romagna', 'Friuli-Venezia Giulia', 'Lazio', 'Liguria', 'Lombardia', 'Marche',
  'Molise', 'Piemonte', 'Puglia', 'Sardegna', 'Sicilia', 'Toscana', 'Trentino-Alto Adige', 'Umbria', 'Valle d’Aosta', 'Veneto'];
