import { Decoration, EditorView, StateEffect, StateField, WidgetType } from 'codemirror';

/**
 * Where somebody else is in the text.
 * @typedef {{ person: number, name: string, anchor: number, head: number, active: boolean }} Caret
 */

/** @type {any} */
export const showCarets = StateEffect.define();

const COLOURS = 8;

class CaretMark extends WidgetType {
  /** @param {Caret} caret */
  constructor(caret) {
    super();
    this.caret = caret;
  }

  /** @param {CaretMark} other */
  eq(other) {
    return other.caret.person === this.caret.person && other.caret.name === this.caret.name && other.caret.active === this.caret.active;
  }

  toDOM() {
    const mark = document.createElement('span');
    mark.className = `caret caret-colour-${this.caret.person % COLOURS}${this.caret.active ? ' is-active' : ''}`;
    // Said in words beside the editor: here it would be read in the middle of a sentence.
    mark.setAttribute('aria-hidden', 'true');
    const name = document.createElement('span');
    name.className = 'caret-name';
    name.textContent = this.caret.name;
    mark.append(name);
    return mark;
  }

  ignoreEvent() {
    return true;
  }
}

/** The carets and selections of the others, which move with the text until they are told anew. */
export const carets = StateField.define({
  create: () => Decoration.none,
  /** @type {(shown: any, transaction: any) => any} */
  update(shown, transaction) {
    let next = shown.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(showCarets)) next = decorate(effect.value, transaction.newDoc.length);
    }
    return next;
  },
  provide: (/** @type {any} */ field) => EditorView.decorations.from(field),
});

/** @param {Caret[]} all @param {number} length */
function decorate(all, length) {
  return Decoration.set(all.flatMap((caret) => {
    const head = Math.min(caret.head, length);
    const [from, to] = [Math.min(caret.anchor, head), Math.min(length, Math.max(caret.anchor, head))];
    const mark = Decoration.widget({ widget: new CaretMark(caret), side: 1 }).range(head);
    return from < to ? [Decoration.mark({ class: `selected-colour-${caret.person % COLOURS}` }).range(from, to), mark] : [mark];
  }), true);
}
