import type { SecondMoments } from "./run_moments.ts";

/** By what seconds stand out, the larger the more. */
export type Standing = readonly number[];

/** Of each kind of standing out, how many seconds are looked at before others. */
const WORST_OF_EACH = 3;

/** The seconds that stand out, those that do so most first, each kind taking turns. */
export function worstFirst(
  seconds: readonly SecondMoments[],
  standingOf: (second: number) => Standing,
): SecondMoments[] {
  const standings = seconds.map((moments) => ({ moments, by: standingOf(moments.second) }));
  const kinds = Math.max(0, ...standings.map(({ by }) => by.length));
  const ranked = Array.from(
    { length: kinds },
    (_, kind) =>
      standings.filter(({ by }) => by[kind]! > 0)
        .sort((a, b) => b.by[kind]! - a.by[kind]! || a.moments.second - b.moments.second)
        .slice(0, WORST_OF_EACH)
        .map(({ moments }) => moments),
  );
  const order = new Set<SecondMoments>();
  for (let rank = 0; rank < WORST_OF_EACH; rank++) {
    for (const list of ranked) if (list[rank] !== undefined) order.add(list[rank]);
  }
  return [...order];
}

/** Which seconds have room: those that stand out, then evenly spread ones. */
export function chooseSeconds(
  seconds: readonly SecondMoments[],
  order: readonly SecondMoments[],
  room: number,
  costOf: (moments: SecondMoments) => number,
): Set<SecondMoments> {
  const kept = new Set<SecondMoments>();
  let left = room;
  for (const moments of order) {
    const cost = costOf(moments);
    if (cost > left) continue;
    left -= cost;
    kept.add(moments);
  }
  for (let stride = 1; stride < 2 ** 31; stride *= 2) {
    const spread = seconds.filter((moments) => moments.second % stride === 0 && !kept.has(moments));
    if (spread.reduce((sum, moments) => sum + costOf(moments), 0) > left) continue;
    for (const moments of spread) kept.add(moments);
    break;
  }
  return kept;
}
