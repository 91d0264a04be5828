import en from './i18n/en.json';
import it from './i18n/it.json';
import { addTexts } from '../i18n/i18n.js';
import './network-polls.js';
import './poll-page.js';
import './poll-form.js';

addTexts({ it, en });
