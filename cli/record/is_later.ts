/** True when a frame comes after another, where frames go around 2^32. */
export function isLater(frame: number, than: number): boolean {
  return ((frame - than) | 0) > 0;
}
