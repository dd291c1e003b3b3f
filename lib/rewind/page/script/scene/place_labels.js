/** Distances from an outline at which a label is tried, in pixels. */
const DISTANCES = [5, 16, 30, 48, 72, 100, 136];

/** Where around an outline a label is tried: parts of the way from its middle to its sides. */
const DIRECTIONS = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [1, 1], [-1, -1], [-1, 1]];

/** Pixels between labels, and between a label and the edge of its figure. */
const GAP = 3;

/**
 * Places for labels, most important first, each where it costs least: near its outline, off other
 * outlines. A label for which no place is free says what is brief, or is left out; none overlaps
 * another or leaves the figure.
 *
 * @param wishes labels with `width`, `height` and the `box` of their outline in pixels, and, if they
 *   have one, a `brief` text with its `briefWidth`
 * @param figure its `width` and `height`
 * @param room `taken` boxes, which stay free, `obstacles`, boxes that are better left free, and
 *   `lines` from a point to another that are better not covered
 */
export function placeLabels(wishes, figure, { lines, obstacles, taken }) {
  const placed = [];
  for (const wish of wishes) {
    const anchor = clipped(wish.box, figure);
    if (anchor === undefined) continue;
    const brief = { ...wish, text: wish.brief, width: wish.briefWidth };
    for (const label of wish.brief === undefined ? [wish] : [wish, brief]) {
      const best = bestPlace(label, anchor, figure, { taken, placed, obstacles, lines });
      if (best === undefined) continue;
      placed.push({ wish: label, place: best, leader: leaderOf(best, anchor) });
      break;
    }
  }
  return placed;
}

/** The part of a box that a figure shows. */
function clipped({ bottom, left, right, top }, { height, width }) {
  if (right < 0 || left > width || bottom < 0 || top > height) return undefined;
  return {
    left: Math.max(left, 0),
    right: Math.min(right, width),
    top: Math.max(top, 0),
    bottom: Math.min(bottom, height),
  };
}

function bestPlace({ height, width }, anchor, figure, { lines, obstacles, placed, taken }) {
  const blocked = [...taken, ...placed.map(({ place }) => place)];
  let best;
  let leastCost = Infinity;
  for (const distance of DISTANCES) {
    // What lies farther off costs more than that by itself.
    if (distance >= leastCost) break;
    DIRECTIONS.forEach((direction, i) => {
      const place = placeAt(anchor, direction, distance, width, height);
      if (!isInside(place, figure) || blocked.some((box) => overlapOf(place, box, GAP) > 0)) return;
      const covered = obstacles.reduce((sum, box) => sum + overlapOf(place, box, 0), 0);
      const { from, to } = leaderOf(place, anchor);
      const crossings = placed.filter((label) =>
        meets(from, to, label.place, GAP) || meets(label.leader.from, label.leader.to, place, GAP)
      ).length + lines.filter(([start, end]) =>
        meets(start, end, place)
      ).length;
      const cost = distance + i + (60 * covered) / (width * height) + 45 * crossings;
      if (cost < leastCost) [best, leastCost] = [place, cost];
    });
  }
  return best;
}

function placeAt({ bottom, left, right, top }, [x, y], distance, width, height) {
  const middleX = (left + right) / 2 + x * ((right - left) / 2 + distance + width / 2);
  const middleY = (top + bottom) / 2 + y * ((bottom - top) / 2 + distance + height / 2);
  return {
    left: middleX - width / 2,
    right: middleX + width / 2,
    top: middleY - height / 2,
    bottom: middleY + height / 2,
  };
}

function isInside({ bottom, left, right, top }, { height, width }) {
  return left >= GAP && top >= GAP && right <= width - GAP && bottom <= height - GAP;
}

/** Area that two boxes share, one of them grown by a gap on each side. */
function overlapOf(a, b, gap) {
  const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left) + gap;
  const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) + gap;
  return wide > 0 && high > 0 ? wide * high : 0;
}

/** From a label to the nearest point of its outline's box. */
function leaderOf(place, anchor) {
  const [fromX, toX] = nearest(place.left, place.right, anchor.left, anchor.right);
  const [fromY, toY] = nearest(place.top, place.bottom, anchor.top, anchor.bottom);
  return { from: [fromX, fromY], to: [toX, toY] };
}

/** Of two spans the points that are nearest to each other; the middle of what they share. */
function nearest(low, high, otherLow, otherHigh) {
  if (high < otherLow) return [high, otherLow];
  if (low > otherHigh) return [low, otherHigh];
  const middle = (Math.max(low, otherLow) + Math.min(high, otherHigh)) / 2;
  return [middle, middle];
}

/** True when a line from one point to another meets a box grown by a gap. */
export function meets([fromX, fromY], [toX, toY], { bottom, left, right, top }, gap = 0) {
  let [enters, leaves] = [0, 1];
  const sides = [
    [fromX, toX - fromX, left - gap, right + gap],
    [fromY, toY - fromY, top - gap, bottom + gap],
  ];
  for (const [start, way, low, high] of sides) {
    if (way === 0) {
      if (start < low || start > high) return false;
      continue;
    }
    const parts = [(low - start) / way, (high - start) / way];
    enters = Math.max(enters, Math.min(...parts));
    leaves = Math.min(leaves, Math.max(...parts));
  }
  return enters <= leaves;
}
