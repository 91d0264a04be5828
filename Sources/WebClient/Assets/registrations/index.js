import en from './i18n/en.json';
import it from './i18n/it.json';
import { addTexts } from '../i18n/i18n.js';
import './registration.js';
import './desk.js';
import './desk-import.js';
import './desk-messages.js';
import './attendee-messages.js';

addTexts({ it, en });
