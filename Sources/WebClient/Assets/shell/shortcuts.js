/** A file dropped beside a conversation would replace the page by the file. */
export function keepDroppedFilesOut() {
  for (const type of ['dragover', 'drop']) {
    document.addEventListener(type, (event) => {
      if (event instanceof DragEvent && event.dataTransfer?.types.includes('Files')) event.preventDefault();
    });
  }
}

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
