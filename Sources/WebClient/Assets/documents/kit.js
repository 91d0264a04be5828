import { ChangeSet, Text } from 'codemirror';

/**
 * What co-editing asks of CodeMirror.
 * @type {import('./changes').Kit}
 */
export const kit = {
  changes: (json) => ChangeSet.fromJSON(json),
  text: (text) => Text.of(text.split('\n')),
};
