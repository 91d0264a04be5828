/**
 * What is being written of a kit, kept in this browser until it is saved: also what one meant to change, so that a
 * text that somebody else wrote meanwhile is noticed.
 * @typedef {{ text: string, base: string }} KitDraft
 */

const PREFIX = 'metropoli.kit.';

/** @param {number | undefined} person @param {number} solution @param {string} part */
function keyOf(person, solution, part) {
  return `${PREFIX}${person ?? 0}.${solution}.${part}`;
}

/** @param {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} storage */
export function kitDrafts(storage) {
  return {
    /** @param {number | undefined} person @param {number} solution @param {string} part @returns {KitDraft | undefined} */
    of(person, solution, part) {
      try {
        const kept = JSON.parse(storage.getItem(keyOf(person, solution, part)) ?? 'null');
        return typeof kept?.text === 'string' && typeof kept.base === 'string' ? kept : undefined;
      } catch {
        return undefined;
      }
    },

    /** @param {number | undefined} person @param {number} solution @param {string} part @param {KitDraft} draft */
    keep(person, solution, part, draft) {
      try {
        if (draft.text === draft.base) storage.removeItem(keyOf(person, solution, part));
        else storage.setItem(keyOf(person, solution, part), JSON.stringify(draft));
      } catch {
        // A full or closed storage: the text stays in the page.
      }
    },

    /** @param {number | undefined} person @param {number} solution @param {string} part */
    drop(person, solution, part) {
      storage.removeItem(keyOf(person, solution, part));
    },
  };
}

/**
 * How many texts wait to be saved.
 * @param {Storage} storage
 */
export function kitDraftCount(storage) {
  return Object.keys(storage).filter((key) => key.startsWith(PREFIX)).length;
}

/**
 * Whoever signs out leaves nothing written behind.
 * @param {Storage} storage
 */
export function forgetKitDrafts(storage) {
  for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
}
