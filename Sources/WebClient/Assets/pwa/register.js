/** Makes the page start without a line, and installable. Nothing is lost where the browser or the address allows neither. */
export function startOffline() {
  if (!('serviceWorker' in navigator) || !window.isSecureContext) return;
  window.addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined));
}
