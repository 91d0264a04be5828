import en from './i18n/en.json';
import it from './i18n/it.json';
import { addTexts } from '../i18n/i18n.js';
import '../attendance/index.js';
import '../minutes/index.js';
import '../polls/index.js';
import './calendar-view.js';
import './event-page.js';
import './event-form.js';
import './series-page.js';
import './network-events.js';
import '../registrations/index.js';
import '../solutions/event-solutions.js';
import '../webinars/index.js';

addTexts({ it, en });
