/** True when as many words from two places on are the same. */
export function sameWords(
  a: Int32Array,
  aAt: number,
  b: Int32Array,
  bAt: number,
  count: number,
): boolean {
  for (let w = 0; w < count; w++) if (a[aAt + w] !== b[bAt + w]) return false;
  return true;
}

/** Arrays of words, ids, kinds or places. */
export type WordArray = Int32Array | Uint32Array | Uint16Array;

/** The larger array with what the other holds. */
export function grown<T extends WordArray | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

const LOOP_COPY_MAX = 32;

/**
 * Copies the first elements, and maybe more: what lies behind them is no one's. `subarray` would
 * allocate, so `set` takes all of `from`, where that is not much more and pays for its fixed cost.
 */
export function copyPrefix<T extends WordArray>(to: T, from: T, length: number): void {
  const isSet = length > LOOP_COPY_MAX && from.length <= to.length && from.length <= 4 * length;
  if (isSet) to.set(from);
  else for (let i = 0; i < length; i++) to[i] = from[i]!;
}
