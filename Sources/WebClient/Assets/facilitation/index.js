import './texts.js';
import './network-about.js';
import './network-bots.js';
import './network-channels.js';
import './network-members.js';
