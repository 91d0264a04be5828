import './i18n/start.js';
import 'bootstrap-italia/dropdown';
import { startFeeding } from './store/feed.js';
import { startTheme } from './theme/theme.js';
import { startRouter } from './shell/router.js';
import { startPresence } from './presence/presence.js';
import { startOffers } from './channels/offers.js';
import { startDrafts } from './messages/drafts.js';
import { keepDroppedFilesOut } from './shell/shortcuts.js';
import './shell/metropoli-app.js';

startTheme();
startRouter();
startFeeding();
startPresence();
startOffers();
startDrafts();
keepDroppedFilesOut();
