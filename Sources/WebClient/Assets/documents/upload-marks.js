import { Decoration, EditorView, StateEffect, StateField, WidgetType } from 'codemirror';

/** @typedef {{ key: number, name: string, part: number }} UploadMark a file on its way, and how much of it has gone */

/** @type {any} */ const put = StateEffect.define();
/** @type {any} */ const progress = StateEffect.define();
/** @type {any} */ const take = StateEffect.define();

class Mark extends WidgetType {
  /** @param {UploadMark} mark */
  constructor(mark) {
    super();
    this.mark = mark;
  }

  /** @param {Mark} other */
  eq(other) {
    return other.mark.key === this.mark.key && other.mark.part === this.mark.part;
  }

  toDOM() {
    const mark = document.createElement('span');
    mark.className = 'upload-mark';
    // Said in words below the text: here it would be read in the middle of a sentence.
    mark.setAttribute('aria-hidden', 'true');
    const name = document.createElement('span');
    name.textContent = this.mark.name;
    const bar = document.createElement('progress');
    bar.max = 1;
    bar.value = this.mark.part;
    mark.append(name, bar);
    return mark;
  }

  /** @param {HTMLElement} element */
  updateDOM(element) {
    const bar = element.querySelector('progress');
    if (!bar || element.firstChild?.textContent !== this.mark.name) return false;
    bar.value = this.mark.part;
    return true;
  }

  ignoreEvent() {
    return true;
  }
}

/** @param {UploadMark} mark @param {number} at */
function decoration(mark, at) {
  // What is written at the same place, here or elsewhere, comes before it; of several, who was given first.
  return Decoration.widget({ widget: new Mark(mark), side: mark.key }).range(at);
}

/** Where files that are on their way will stand. The marks are this person's alone, and move with the text. */
export const uploadMarks = StateField.define({
  create: () => Decoration.none,
  /** @type {(shown: any, transaction: any) => any} */
  update(shown, transaction) {
    let next = shown.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(put)) next = next.update({ add: [decoration(effect.value, Math.min(effect.value.at, transaction.newDoc.length))] });
      else if (effect.is(take)) next = next.update({ filter: (/** @type {number} */ _from, /** @type {number} */ _to, /** @type {any} */ value) => value.spec.widget.mark.key !== effect.value });
      else if (effect.is(progress)) next = moved(next, effect.value);
    }
    return next;
  },
  provide: (/** @type {any} */ field) => EditorView.decorations.from(field),
});

/** @param {any} shown @param {{ key: number, part: number }} news */
function moved(shown, news) {
  /** @type {any[]} */
  const all = [];
  for (const cursor = shown.iter(); cursor.value; cursor.next()) {
    const { mark } = cursor.value.spec.widget;
    all.push(decoration(mark.key === news.key ? { ...mark, part: news.part } : mark, cursor.from));
  }
  return Decoration.set(all);
}

/** @type {(mark: UploadMark & { at: number }) => any} */
export const putMark = (mark) => put.of(mark);
/** @type {(key: number, part: number) => any} */
export const moveMark = (key, part) => progress.of({ key, part });
/** @type {(key: number) => any} */
export const takeMark = (key) => take.of(key);

/**
 * Where a file on its way will stand now.
 * @param {any} state
 * @param {number} key
 * @returns {number | undefined}
 */
export function markPlace(state, key) {
  for (const cursor = state.field(uploadMarks).iter(); cursor.value; cursor.next()) {
    if (cursor.value.spec.widget.mark.key === key) return cursor.from;
  }
  return undefined;
}
