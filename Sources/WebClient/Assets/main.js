import './i18n/start.js';
import 'bootstrap-italia/dropdown';
import { startFeeding } from './store/feed.js';
import { startRouter } from './shell/router.js';
import { startPresence } from './presence/presence.js';
import { startOffers } from './channels/offers.js';
import { keepDroppedFilesOut } from './shell/shortcuts.js';
import './shell/metropoli-app.js';

startRouter();
startFeeding();
startPresence();
startOffers();
keepDroppedFilesOut();
