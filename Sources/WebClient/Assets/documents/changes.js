// What co-editing asks of CodeMirror's `ChangeSet` and `Text`, handed in so that nothing here needs a page.

/**
 * @typedef {object} Changes
 * @property {number} length
 * @property {number} newLength
 * @property {boolean} empty
 * @property {(text: Text) => Text} apply
 * @property {(after: Changes) => Changes} compose
 * @property {(over: any, before?: boolean) => Changes} map
 * @property {(act: (fromA: number, toA: number, fromB: number, toB: number, inserted: Text) => void, individual?: boolean) => void} iterChanges
 * @property {(at: number, side?: number) => number} mapPos
 * @property {any} invertedDesc
 * @property {() => any} toJSON
 */

/**
 * @typedef {object} Text
 * @property {number} length
 * @property {(from: number, to?: number) => string} sliceString
 * @property {(other: any) => boolean} eq
 */

/**
 * @typedef {object} Kit
 * @property {(json: any) => Changes} changes throws when it is none
 * @property {(text: string) => Text} text
 */

const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * Characters beyond the first 65,536 are two units that no change may part. The same changes widened to whole characters,
 * or nothing when they part none.
 * @param {Changes} changes
 * @param {Text} text that they change
 * @returns {{ from: number, to: number, insert: string }[] | undefined}
 */
export function wholeCharacters(changes, text) {
  let widened = false;
  /** @type {{ from: number, to: number, insert: string }[]} */
  const specs = [];
  changes.iterChanges((fromA, toA, _fromB, _toB, inserted) => {
    const begins = parts(text, fromA) ? 1 : 0;
    const ends = toA > fromA || begins === 0 ? Number(parts(text, toA)) : 1;
    const whole = text.sliceString(fromA - begins, fromA) + inserted.sliceString(0) + text.sliceString(toA, toA + ends);
    const insert = whole.replace(LONE, '\uFFFD');
    if (begins + ends > 0 || insert !== whole) widened = true;
    specs.push({ from: fromA - begins, to: toA + ends, insert });
  });
  return widened ? specs : undefined;
}

/**
 * Whether a place is between the two halves of one character.
 * @param {Text} text
 * @param {number} at
 */
function parts(text, at) {
  return at > 0 && at < text.length && /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.sliceString(at - 1, at + 1));
}

/**
 * As many bytes as it takes in a frame.
 * @param {Changes} changes
 */
export function bytesOf(changes) {
  return new TextEncoder().encode(JSON.stringify(changes.toJSON())).length;
}
