import { Decoration, EditorView, StateEffect, StateField } from 'codemirror';

/** @typedef {{ id: number, from: number, to: number, chosen?: boolean }} Anchor a comment's place; id 0 is one that is being written */

/** @type {any} */
export const showAnchors = StateEffect.define();

/** What the comments are about: marked, and moving with the text. */
export const anchors = StateField.define({
  create: () => Decoration.none,
  /** @type {(shown: any, transaction: any) => any} */
  update(shown, transaction) {
    let next = shown.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(showAnchors)) {
        next = Decoration.set(/** @type {Anchor[]} */ (effect.value).filter(({ from, to }) => from < to && to <= transaction.newDoc.length).map(({ id, from, to, chosen }) => (
          Decoration.mark({ class: `commented${chosen ? ' is-chosen' : ''}`, comment: id }).range(from, to))), true);
      }
    }
    return next;
  },
  provide: (/** @type {any} */ field) => EditorView.decorations.from(field),
});

/**
 * Where each comment's text is now.
 * @param {any} state
 * @returns {Map<number, { from: number, to: number }>}
 */
export function anchorPlaces(state) {
  const places = new Map();
  state.field(anchors).between(0, state.doc.length, (/** @type {number} */ from, /** @type {number} */ to, /** @type {any} */ mark) => {
    places.set(mark.spec.comment, { from, to });
  });
  return places;
}
