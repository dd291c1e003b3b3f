/** Value of a colour variable in the present scheme. */
export function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
