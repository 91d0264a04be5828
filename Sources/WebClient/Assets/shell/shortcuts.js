/** A file dropped beside a conversation would replace the page by the file. */
export function keepDroppedFilesOut() {
  for (const type of ['dragover', 'drop']) {
    document.addEventListener(type, (event) => {
      if (event instanceof DragEvent && event.dataTransfer?.types.includes('Files')) event.preventDefault();
    });
  }
}
