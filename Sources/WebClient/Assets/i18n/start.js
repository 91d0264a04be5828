import en from './en.json';
import it from './it.json';
import { startLanguage } from './i18n.js';

// Imported before any component: elements that are in the page already draw themselves as soon as they are defined.
startLanguage({ it, en });
