/** Value of a colour variable in the present scheme. */
export function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Calls back when colours are others: in another scheme, and when the page is printed. */
export function onColors(listener) {
  for (const media of ["(prefers-color-scheme: dark)", "print"]) {
    matchMedia(media).addEventListener("change", listener);
  }
}
