import en from './i18n/en.json';
import it from './i18n/it.json';
import { addTexts } from '../i18n/i18n.js';
import './live-polls.js';
import './webinar-hands.js';
import './webinar-materials.js';
import './webinar-questions.js';
import './webinar-room.js';

addTexts({ it, en });
