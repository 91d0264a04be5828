// The page and what it is made of, kept so that it starts without a line. What people write is never kept here.

/** @type {string[]} */
const FILES = /** @type {any} */ (SERVED_FILES);
const NAME = `metropoli-${SERVED_VERSION}`;
const PAGE = '/';
const NOT_PAGES = /^\/(api|files|calendar|health|metrics|ws)(\/|$)|\.\w+$/;

const worker = /** @type {any} */ (globalThis);

worker.addEventListener('install', (/** @type {any} */ event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll([PAGE, ...FILES])).then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (/** @type {any} */ event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('metropoli-') && name !== NAME) await caches.delete(name);
    await worker.clients.claim();
  })());
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  // Their names bear the hash of their content.
  if (FILES.includes(pathname)) event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(request)));
  else if (request.mode === 'navigate' && !NOT_PAGES.test(pathname)) event.respondWith(page(request));
});

/**
 * The newest page if the server answers, else the one that was kept.
 * @param {Request} request
 */
async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.status < 500) return answer;
  } catch {
    // No line.
  }
  return (await caches.match(PAGE)) ?? Response.error();
}
