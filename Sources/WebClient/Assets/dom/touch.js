/** Whether one works with a finger on a screen: no keyboard shortcuts, and Enter starts a line. */
export function onTouchScreen() {
  return matchMedia('(pointer: coarse)').matches;
}
