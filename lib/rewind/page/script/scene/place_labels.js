import { leaderOf, leaderTo, othersOf } from "./leaders.js";

/** Distances from an outline at which a label is tried, in pixels. */
const DISTANCES = [5, 16, 30, 48, 72, 100, 136];

/** Where around an outline a label is tried: parts of the way from its middle to its sides. */
const DIRECTIONS = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [1, 1], [-1, -1], [-1, 1]];

/** What it costs to hide what matters more than a label, and to say what is brief. */
const HIDES = 400;
const BRIEF = 200;

/** Pixels between labels, and between a label and the edge of its figure. */
const GAP = 3;

/**
 * Places for labels, most important first, each where it costs least: near its outline, off other
 * outlines. A label for which no place is free says what is brief, or is left out; none overlaps
 * another or leaves the figure.
 *
 * @param wishes labels with `width`, `height` and the `box` of their outline in pixels, and, if they
 *   have one, a `brief` text with its `briefWidth`; `isAlone` for what looks like no outline
 * @param figure its `width` and `height`
 * @param room `taken` boxes, which stay free, `obstacles`, boxes that are better left free, and
 *   `lines` from a point to another and `points`, boxes, that are covered only where nothing else is free
 */
export function placeLabels(wishes, figure, { lines, obstacles, points, taken }) {
  const placed = [];
  for (const wish of wishes) {
    const anchor = clipped(wish.box, figure);
    if (anchor === undefined) continue;
    const brief = { ...wish, text: wish.brief, width: wish.briefWidth };
    const room = { taken, placed, obstacles, lines, points };
    const [best] = (wish.brief === undefined ? [wish] : [wish, brief])
      .flatMap((label, i) => {
        const found = bestPlace(label, anchor, figure, room);
        return found === undefined ? [] : [{ ...found, label, cost: found.cost + i * BRIEF }];
      })
      .sort((a, b) => a.cost - b.cost);
    if (best === undefined) continue;
    const { label, place } = best;
    const others = wish.isAlone ? [] : othersOf(wish.box, obstacles);
    const leader = leaderTo(place, anchor, others);
    placed.push({ source: wish, wish: label, place, leader });
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

function bestPlace({ height, width }, anchor, figure, room) {
  const { lines, obstacles, placed, points, taken } = room;
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
      ).length;
      const hidden = lines.filter(([start, end]) =>
        meets(start, end, place, GAP)
      ).length +
        points.filter((box) => overlapOf(place, box, 0) > 0).length;
      const cost = distance + i + (60 * covered) / (width * height) + 45 * crossings +
        HIDES * hidden;
      if (cost < leastCost) [best, leastCost] = [place, cost];
    });
  }
  return best === undefined ? undefined : { place: best, cost: leastCost };
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
