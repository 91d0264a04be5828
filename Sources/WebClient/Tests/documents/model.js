import { createHash } from 'node:crypto';
import { CoEditing } from '../../Assets/documents/co-editing.js';
import { wholeCharacters } from '../../Assets/documents/changes.js';
import { ChangeSet, Text } from '../../../../.build/vendor/codemirror/codemirror.mjs';

export { ChangeSet, Text };

export const kit = {
  changes: (json) => ChangeSet.fromJSON(json),
  text: (text) => Text.of(text.split('\n')),
};

export const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** Numbers that look like chance and are the same in each run of a seed (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The server's part of the protocol, as section 10 has it. */
export class ModelServer {
  text;
  log = [];
  #answers = new Map();

  constructor(text = '') {
    this.text = Text.of(text.split('\n'));
  }

  get revision() {
    return this.log.length + 1;
  }

  op(author, { base, changes, opId }) {
    const key = `${author}/${opId}`;
    const known = this.#answers.get(key);
    if (known) {
      if (known.wire !== JSON.stringify(changes)) throw Object.assign(new Error('reused'), { code: 'nonce_reused' });
      return known.answer;
    }
    let op = ChangeSet.fromJSON(changes);
    for (const { changes: later } of this.log.slice(base - 1)) op = op.map(ChangeSet.fromJSON(later));
    this.text = op.apply(this.text);
    this.log.push({ revision: this.revision + 1, changes: op.toJSON(), by: author, opId });
    const answer = { revision: this.revision, hash: sha256(this.text.toString()) };
    this.#answers.set(key, { wire: JSON.stringify(changes), answer });
    return answer;
  }

  open(haveRevision) {
    const hash = sha256(this.text.toString());
    return haveRevision === undefined ? { revision: this.revision, text: this.text.toString(), hash }
      : { revision: this.revision, changes: this.log.slice(haveRevision - 1), hash };
  }
}

/** A client with an editor of its own: a text that the person and the remote changes both change. */
export function client(environment, limits = { mostBytes: 200_000 }) {
  const editing = new CoEditing({ kit, hash: async (text) => sha256(text), now: () => 0, later: () => undefined, ...environment }, limits);
  const editor = { text: Text.of(['']) };
  editing.on('remote', ({ changes }) => {
    editor.text = changes.apply(editor.text);
  });
  const type = (specs) => {
    let changes = ChangeSet.of(specs, editor.text.length);
    const widened = wholeCharacters(changes, editor.text);
    if (widened) changes = ChangeSet.of(widened, editor.text.length);
    editor.text = changes.apply(editor.text);
    editing.local(changes);
    return changes;
  };
  return { editing, editor, type };
}
