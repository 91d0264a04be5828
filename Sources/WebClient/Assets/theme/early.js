// Run before anything is drawn, so that a dark page never flashes white. What it decides is changed by theme.js.
(() => {
  const chosen = localStorage.getItem('metropoli.theme');
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const contrast = matchMedia('(prefers-contrast: more)').matches;
  const known = chosen === 'light' || chosen === 'dark' || chosen === 'contrast';
  document.documentElement.dataset.theme = known ? chosen : contrast ? 'contrast' : dark ? 'dark' : 'light';
})();
