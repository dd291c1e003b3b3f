import { median } from "./median.js";

/** Seconds on each side of a change, and those next to it that it shows in. */
const SIDE_MIN = 3, NEAR = 5;
/** How many times as much, over all seconds of a side and over those next to it, a change is. */
const RATIO_MIN = 1.4, RATIO_NEAR_MIN = 1.25;
/** Part of what a second takes that a change is at least. */
const SHARE_MIN = 0.005;

/**
 * The second from which on a thing takes another amount than before, and goes on to: the place that
 * parts a series best by the sum of its distances from the mean, single peaks cut off.
 *
 * @param bits an element a second
 * @param least bits that a change is at least
 * @returns `{place, before, after}`, medians of both sides; undefined where there is no such second
 */
export function lastingChange(bits, least) {
  if (bits.length < 2 * SIDE_MIN) return undefined;
  const sorted = bits.toSorted((a, b) => a - b);
  const low = sorted[Math.floor(sorted.length * 0.05)];
  const high = sorted[Math.ceil(sorted.length * 0.95) - 1];
  const cut = bits.map((count) => Math.min(high, Math.max(low, count)));
  const mean = cut.reduce((sum, count) => sum + count, 0) / cut.length;
  let sum = 0, furthest = 0, place = 0;
  cut.forEach((count, i) => {
    sum += count - mean;
    if (i + 1 < SIDE_MIN || i + 1 > cut.length - SIDE_MIN || Math.abs(sum) <= furthest) return;
    [furthest, place] = [Math.abs(sum), i + 1];
  });
  if (furthest === 0) return undefined;
  const before = median(bits.slice(0, place)), after = median(bits.slice(place));
  const near = [
    median(bits.slice(Math.max(0, place - NEAR), place)),
    median(bits.slice(place, place + NEAR)),
  ];
  const isLasting = Math.abs(after - before) >= least && ratio(before, after) >= RATIO_MIN &&
    ratio(...near) >= RATIO_NEAR_MIN && (near[1] > near[0]) === (after > before);
  return isLasting ? { place, before, after } : undefined;
}

function ratio(a, b) {
  return Math.max(a, b) / Math.max(1, Math.min(a, b));
}

/**
 * Lasting changes of several things, the greatest ratio first.
 *
 * @param series by key the bits of every second
 * @param total bits of all things together in a usual second
 * @returns `{key, place, before, after}`
 */
export function lastingChanges(series, total) {
  return [...series]
    .flatMap(([key, bits]) => {
      const change = lastingChange(bits, SHARE_MIN * total);
      return change === undefined ? [] : [{ key, ...change }];
    })
    .sort((a, b) => ratio(b.before, b.after) - ratio(a.before, a.after));
}
