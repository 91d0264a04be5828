/** Ctrl K (or Cmd K) jumps to the search box, from anywhere. */
export function startShortcuts() {
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const box = document.getElementById('search-box');
    if (!(box instanceof HTMLInputElement)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
