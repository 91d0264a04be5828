/**
 * Whether a moment lies in the hours in which one is not to be disturbed; they may span midnight.
 * @param {{ from: string, to: string } | undefined} hours such as 20:00 to 08:00, on the device's clock
 * @param {Date} now
 */
export function isQuiet(hours, now) {
  if (!hours) return false;
  const clock = `${String(now.getHours()).padStart(2, '0')}:${String(now.getMinutes()).padStart(2, '0')}`;
  return hours.from <= hours.to ? clock >= hours.from && clock < hours.to : clock >= hours.from || clock < hours.to;
}
