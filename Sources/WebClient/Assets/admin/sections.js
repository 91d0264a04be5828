import { isAdministrator, isModerator } from '../networks/standing.js';

/** @typedef {{ title: { text: string }, short: { text: string }, about?: { text: string }, icon?: string }} Section */

/** @type {Record<string, Section>} */
export const SECTIONS = {
  overview: { title: { text: 'admin.overview.title' }, short: { text: 'admin.overview.short' } },
  people: { title: { text: 'admin.people.title' }, short: { text: 'admin.people.short' }, about: { text: 'admin.people.about' } },
  organisations: { title: { text: 'admin.organisations.title' }, short: { text: 'admin.organisations.short' }, about: { text: 'admin.organisations.about' } },
  networks: { title: { text: 'admin.networks.title' }, short: { text: 'admin.networks.short' }, about: { text: 'admin.networks.about' } },
  bots: { title: { text: 'admin.bots.title' }, short: { text: 'admin.bots.short' }, about: { text: 'admin.bots.about' } },
  reports: { title: { text: 'admin.reports.title' }, short: { text: 'admin.reports.short' }, about: { text: 'admin.reports.about' } },
  import: { title: { text: 'admin.import.title' }, short: { text: 'admin.import.short' }, about: { text: 'admin.import.about' } },
  audit: { title: { text: 'admin.audit.title' }, short: { text: 'admin.audit.short' }, about: { text: 'admin.audit.about' } },
  mail: { title: { text: 'admin.mail.title' }, short: { text: 'admin.mail.short' }, about: { text: 'admin.mail.about' } },
  health: { title: { text: 'admin.health.title' }, short: { text: 'admin.health.short' }, about: { text: 'admin.health.about' } },
};

/** The pages that one's roles open, in their order. */
export function sectionsForMe() {
  if (isAdministrator()) return Object.keys(SECTIONS).filter((section) => section !== 'overview');
  return isModerator() ? ['reports'] : [];
}
