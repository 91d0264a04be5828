import { app } from '../shell/app.js';

/** @typedef {'auto' | 'light' | 'dark' | 'contrast'} Theme */

const KEY = 'metropoli.theme';
/** @type {Theme[]} */
export const THEMES = ['auto', 'light', 'dark', 'contrast'];

/** @type {Record<Theme, { text: string }>} */
export const THEME_NAMES = {
  auto: { text: 'theme.auto' }, light: { text: 'theme.light' }, dark: { text: 'theme.dark' }, contrast: { text: 'theme.contrast' },
};

/** What the person chose on this device; left to the device unless chosen. */
export function theme() {
  return THEMES.find((one) => one === localStorage.getItem(KEY)) ?? 'auto';
}

/** @param {Theme} next */
export function setTheme(next) {
  localStorage.setItem(KEY, next);
  show();
}

/** Follows the device, and another tab where the choice is changed. */
export function startTheme() {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  matchMedia('(prefers-contrast: more)').addEventListener('change', show);
  window.addEventListener('storage', ({ key }) => {
    if (key === KEY) show();
  });
  show();
}

function show() {
  const chosen = theme();
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const contrast = matchMedia('(prefers-contrast: more)').matches;
  const shown = chosen !== 'auto' ? chosen : contrast ? 'contrast' : dark ? 'dark' : 'light';
  document.documentElement.dataset.theme = shown;
  const band = getComputedStyle(document.documentElement).getPropertyValue('--band-slim').trim();
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', band);
  app.community.touch('theme');
}
