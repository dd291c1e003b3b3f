import { median } from "./median.js";

/** Seconds before one that it can be compared with. */
export const BEFORE = 5;

/**
 * What each thing cost in every second, from lists that hold the dearest of each second only.
 *
 * @param lists a second's `{items, restBits}`; what an item is, `keyOf` says
 * @returns by key the bits of every second; of one that does not list it an equal part of what that
 *   second's list leaves out, and no more than the cheapest that it has
 */
export function bitsByKey(lists, keyOf) {
  const known = new Set(lists.flatMap(({ items }) => items.map(keyOf)));
  const unlisted = lists.map(({ items, restBits }) => {
    const others = Math.max(1, known.size - items.length);
    return Math.min(restBits / others, ...items.map(({ bits }) => bits));
  });
  const all = new Map([...known].map((key) => [key, [...unlisted]]));
  lists.forEach(({ items }, i) => {
    for (const item of items) all.get(keyOf(item))[i] = item.bits;
  });
  return all;
}

/**
 * Bits that a thing usually takes: the median of all seconds, or the mean of those just before.
 *
 * @param bits an element a second
 * @param place which second is compared
 * @param isBefore whether with those before; where there are none, with all
 */
export function usualBits(bits, place, isBefore) {
  const before = bits.slice(Math.max(0, place - BEFORE), place);
  if (!isBefore || before.length === 0) return median(bits) ?? 0;
  return before.reduce((sum, count) => sum + count, 0) / before.length;
}

/**
 * What is listed in a second with what it usually takes, in the order of how much more it took.
 *
 * @returns `{item, bits, usual, over}`, `over` being the bits of every second
 */
export function excessOf(lists, keyOf, place, isBefore) {
  const all = bitsByKey(lists, keyOf);
  return lists[place].items
    .map((item) => {
      const over = all.get(keyOf(item));
      return { item, bits: item.bits, usual: usualBits(over, place, isBefore), over };
    })
    .sort((a, b) => b.bits - b.usual - (a.bits - a.usual));
}
