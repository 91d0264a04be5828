import en from './i18n/en.json';
import it from './i18n/it.json';
import { addTexts } from '../i18n/i18n.js';

addTexts({ it, en });
