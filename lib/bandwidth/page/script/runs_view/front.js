/**
 * A run as a point of the trade-off: `run`, `x` (cost) and `y` (less is better, NaN where there is
 * none), `place` (points of different places are no choice of anybody, such as networks) and
 * `isCompared` (false of a run of which `y` says nothing).
 */

/** True when a point costs no more and is no worse, and is less of one of both, at the same place. */
function beats(a, b) {
  return a.place === b.place && a.x <= b.x && a.y <= b.y && (a.x < b.x || a.y < b.y);
}

/** Points that can be compared. */
export function comparable(points) {
  return points.filter(({ isCompared, x, y }) => isCompared && !Number.isNaN(x + y));
}

/** True of points of which no two are of one place: there is nothing to choose from. */
export function isEachAlone(compared) {
  return compared.length > 1 &&
    new Set(compared.map(({ place }) => place)).size === compared.length;
}

/** Points that no other beats, cheapest first, place by place; none where each is alone. */
export function frontOf(points) {
  const compared = comparable(points);
  if (isEachAlone(compared)) return [];
  return compared.filter((point) => !compared.some((other) => beats(other, point)))
    .sort((a, b) => a.place - b.place || a.x - b.x || a.y - b.y);
}

/** At most `count` points: those that the fewest others beat, the cheaper first. */
export function bestOf(points, count) {
  const compared = comparable(points);
  const losses = new Map(compared.map((point) => [
    point,
    compared.filter((other) => beats(other, point)).length,
  ]));
  return compared.sort((a, b) => losses.get(a) - losses.get(b) || a.x - b.x).slice(0, count);
}

/** The point with the greatest `y`, the dearest of several; undefined where none has one. */
export function worstOf(points) {
  return points.filter(({ x, y }) => !Number.isNaN(x + y))
    .reduce(
      (worst, point) =>
        worst === undefined || point.y > worst.y || (point.y === worst.y && point.x > worst.x)
          ? point
          : worst,
      undefined,
    );
}

/**
 * What is shown unless a reader says otherwise: every point of few; of many, those on the front and
 * the worst, at most `most`. Of a longer front its ends stay, and the rest is evenly thinned; without
 * a front, all that can be compared are, from the cheapest to the dearest.
 */
export function firstShown(points, most) {
  if (points.length <= most) return points;
  const worst = worstOf(points);
  const front =
    (isEachAlone(comparable(points))
      ? comparable(points).sort((a, b) => a.x - b.x)
      : frontOf(points)).filter((point) => point !== worst);
  const shown = thinned(front, worst === undefined ? most : most - 1);
  return worst === undefined
    ? (shown.length > 0 ? shown : points.slice(0, most))
    : [...shown, worst];
}

function thinned(list, most) {
  if (list.length <= most) return list;
  return Array.from(
    { length: most },
    (_, i) => list[Math.round((i * (list.length - 1)) / (most - 1))],
  );
}
