import en from './i18n/en.json';
import it from './i18n/it.json';
import { addTexts } from '../i18n/i18n.js';
import './check-in.js';
import './event-attendance.js';
import './network-hours.js';
import './own-attendance.js';
import './own-hours.js';

addTexts({ it, en });
