import en from './i18n/en.json';
import it from './i18n/it.json';
import { addTexts } from '../i18n/i18n.js';
import './event-minutes.js';
import './network-decisions.js';
import './tasks-view.js';

addTexts({ it, en });
