import './search-view.js';
