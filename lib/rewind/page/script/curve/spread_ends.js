/**
 * Heights of labels beside the ends of lines, at least `gap` apart and between `top` and `bottom`,
 * each as near to its line as the others leave it. Lines for whose labels there is no room have
 * none: of those the lowest, with the largest heights.
 *
 * @param wanted heights of the lines
 */
export function spreadEnds(wanted, gap, top, bottom) {
  const room = Math.max(0, Math.floor((bottom - top) / gap + 1e-9) + 1);
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]).slice(0, room);
  const ends = Array(wanted.length).fill(undefined);
  let before = top - gap;
  for (const i of order) before = ends[i] = Math.max(before + gap, wanted[i]);
  let after = bottom + gap;
  for (const i of order.reverse()) after = ends[i] = Math.min(after - gap, ends[i]);
  return ends;
}
