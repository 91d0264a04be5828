/**
 * Keeps spreadsheets from running a cell: one that begins like a formula gets a `'` before it.
 * @param {string} cell
 */
function guarded(cell) {
  return /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

/** @param {string} cell */
function quoted(cell) {
  return /[",;\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * A table by RFC 4180: commas, CRLF, quotes where they are needed; safe to be opened by a spreadsheet.
 * @param {string[][]} rows the names of the columns first
 */
export function csv(rows) {
  return rows.map((row) => `${row.map((cell) => quoted(guarded(cell))).join(',')}\r\n`).join('');
}

/**
 * Gives the browser a file to keep.
 * @param {string} name
 * @param {string} text
 */
export function saveTable(name, text) {
  // Spreadsheets take a file for UTF-8 only when it says so.
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Once the browser has taken it.
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
