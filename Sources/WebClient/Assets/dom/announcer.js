const GATHER_MS = 1500;

/** @type {string[]} */
let gathered = [];
let timer = 0;

/**
 * Says something through the page's polite live region. What comes close together is said at once,
 * so that a lively channel does not talk over whoever is reading.
 * @param {string} text
 */
export function announce(text) {
  gathered.push(text);
  if (timer !== 0) return;
  timer = window.setTimeout(() => {
    const region = document.getElementById('announcer');
    // Three are news, thirty are noise: the newest count.
    if (region) region.textContent = gathered.slice(-3).join('. ');
    gathered = [];
    timer = 0;
  }, GATHER_MS);
}
