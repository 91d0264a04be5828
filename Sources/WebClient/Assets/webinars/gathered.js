/**
 * Does something once for what comes close together.
 * @param {() => void} act
 * @param {number} ms
 */
export function gathered(act, ms) {
  let timer = 0;
  return {
    ask() {
      if (timer === 0) timer = window.setTimeout(() => { timer = 0; act(); }, ms);
    },
    stop() {
      window.clearTimeout(timer);
      timer = 0;
    },
  };
}
