import { fold } from '../people/people.js';

/**
 * The address that a name suggests: `Piani d'azione` becomes `piani-d-azione`.
 * @param {string} name
 */
export function slugOf(name) {
  return fold(name).replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60).replace(/-+$/, '');
}

/**
 * Keeps a form's address in step with its name until it was written by hand.
 * @param {import('../dom/form').Form | { values: Record<string, any> }} form
 * @param {string} from
 */
export function suggestSlug(form, from) {
  let suggested = form.values.slug ?? '';
  return (/** @type {string} */ name) => {
    if (name !== from || (form.values.slug ?? '') !== suggested) return;
    suggested = slugOf(form.values[from] ?? '');
    form.values.slug = suggested;
  };
}
