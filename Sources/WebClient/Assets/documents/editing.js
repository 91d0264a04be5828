// What only writing needs, and with it CodeMirror: loaded when somebody first writes.
export { kit } from './kit.js';
import './document-editor.js';
