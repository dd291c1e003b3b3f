/** Widths of a report's histograms: at most 128 bars of one whole width that start at 0. */
export function barWidth(max) {
  return Math.max(1, Math.ceil((max + 1) / 128));
}

/**
 * Shares of all packets in bins of `width`, from bars of another width, which count as spread evenly
 * over their width. Index i is the bin from `i * width`.
 */
export function binShares(bars, barWidth, width) {
  const total = bars.reduce((sum, bar) => sum + bar.packets, 0);
  const shares = [];
  for (const { from, packets } of bars) {
    const end = from + barWidth;
    for (let bin = Math.floor(from / width); bin * width < end; bin++) {
      const overlap = Math.min(end, (bin + 1) * width) - Math.max(from, bin * width);
      shares[bin] = (shares[bin] ?? 0) + (packets / total) * (overlap / barWidth);
    }
  }
  return Array.from(shares, (share) => share ?? 0);
}

/** Share of all packets whose value is at least x, for each x of an ascending list. */
export function tailShares(bars, xs) {
  const total = bars.reduce((sum, bar) => sum + bar.packets, 0);
  let rest = total;
  let next = 0;
  return xs.map((x) => {
    while (next < bars.length && bars[next].from < x) rest -= bars[next++].packets;
    return total === 0 ? 0 : rest / total;
  });
}

/** Ascending list of every number that one of the lists has. */
export function union(lists) {
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}

/** Place of a value between two others on a logarithmic axis, 0 to 1. */
export function logPlace(value, min, max) {
  if (max <= min) return 0;
  return Math.log(Math.max(min, value) / min) / Math.log(max / min);
}

/** The least number of lists, of which `null` is none; infinite where there is none. */
export function leastOf(lists) {
  let least = Infinity;
  for (const list of lists) {
    for (const value of list) if (value !== null && value < least) least = value;
  }
  return least;
}
