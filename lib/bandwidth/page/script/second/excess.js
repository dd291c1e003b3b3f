import { median } from "./median.js";

/** Seconds before one that it can be compared with. */
export const BEFORE = 5;

/**
 * What each thing cost in every second, from lists that hold the dearest of each second only.
 *
 * @param lists a second's `{items, restBits}`; what an item is, `keyOf` says. An equal part of
 *   `restBits`, and no more than the cheapest item, is what things took that the list leaves out,
 *   unless `unlistedBits` says how much each took
 * @param keys those that are asked for, which take an element a second each
 * @returns by key `bits` and `isListed`, an element a second each
 */
export function bitsByKey(lists, keyOf, keys) {
  const known = new Set(lists.flatMap(({ items }) => items.map(keyOf)));
  const unlisted = lists.map(({ items, restBits, unlistedBits }) => {
    if (unlistedBits !== undefined) return unlistedBits;
    const others = Math.max(1, known.size - items.length);
    return Math.min(restBits / others, ...items.map(({ bits }) => bits));
  });
  const all = new Map(keys.map((key) => {
    return [key, { bits: [...unlisted], isListed: lists.map(() => false) }];
  }));
  lists.forEach(({ items }, i) => {
    for (const item of items) {
      const asked = all.get(keyOf(item));
      if (asked === undefined) continue;
      asked.bits[i] = item.bits;
      asked.isListed[i] = true;
    }
  });
  return all;
}

/** Keys that most lists have, at most so many, in the order in which they first come. */
export function steadyKeys(lists, keyOf, most) {
  const counts = new Map();
  for (const { items } of lists) {
    for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  }
  if (counts.size <= most) return [...counts.keys()];
  const steady = [...counts].sort((a, b) => b[1] - a[1]).slice(0, most).map(([key]) => key);
  const isSteady = new Set(steady);
  return [...counts.keys()].filter((key) => isSteady.has(key));
}

/** True where at least half of the flags are set. */
export function isMostly(flags) {
  return 2 * flags.filter((flag) => flag).length >= flags.length;
}

/** Elements of a list of seconds that a second is compared with: all, or those just before it. */
function compared(list, place, isBefore) {
  const before = list.slice(Math.max(0, place - BEFORE), place);
  return isBefore && before.length > 0 ? before : list;
}

/**
 * Bits that a thing usually takes: the median of all seconds, or the mean of those just before.
 *
 * @param bits an element a second
 * @param place which second is compared
 * @param isBefore whether with those before; where there are none, with all
 */
export function usualBits(bits, place, isBefore) {
  const others = compared(bits, place, isBefore);
  if (others === bits) return median(bits) ?? 0;
  return others.reduce((sum, count) => sum + count, 0) / others.length;
}

/**
 * What is listed in a second with what it usually takes, in the order of how much more it took.
 *
 * @returns `{item, bits, usual, isKnown, over}`: whether what is usual is mostly listed, and the bits
 *   of every second
 */
export function excessOf(lists, keyOf, place, isBefore) {
  const all = bitsByKey(lists, keyOf, lists[place].items.map(keyOf));
  return lists[place].items
    .map((item) => {
      const { bits: over, isListed } = all.get(keyOf(item));
      const usual = usualBits(over, place, isBefore);
      const isKnown = isMostly(compared(isListed, place, isBefore));
      return { item, bits: item.bits, usual, isKnown, over };
    })
    .sort((a, b) => b.bits - b.usual - (a.bits - a.usual));
}
