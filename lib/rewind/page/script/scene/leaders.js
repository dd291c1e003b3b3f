/** Outlines whose sides all lie nearer to each other than this, in pixels, look like one. */
const SAME_PX = 5;

/** Pixels off a label at which its outline is told without a line to it. */
const TOUCHES_PX = 9;

/** Pixels around the end of a leader within which another outline may be taken for its own. */
const CLEAR_PX = 8;

/** Outlines that look like another one than that of a box. */
export function othersOf(box, outlines) {
  return outlines.filter((other) =>
    ["left", "right", "top", "bottom"].some((side) => Math.abs(box[side] - other[side]) > SAME_PX)
  );
}

/**
 * The leader of a label to its outline's box: to the nearest point, or, where others are as near, to
 * a point on its sides that no other is near to. `isNeeded` says that the label by itself does not
 * tell which outline it names.
 */
export function leaderTo(place, anchor, others) {
  const straight = leaderOf(place, anchor);
  const away = lengthOf(straight);
  const isShared = others.some((other) => lengthOf(leaderOf(place, other)) <= away);
  const isNeeded = isShared || away >= TOUCHES_PX;
  const clear = (to) => Math.min(CLEAR_PX, ...others.map((other) => distanceToSides(to, other)));
  if (!isNeeded || clear(straight.to) >= CLEAR_PX) return { ...straight, isNeeded };
  const [best] = pointsOn(anchor).map((to) => {
    const leader = { from: nearestIn(place, to), to };
    return { leader, score: 12 * clear(to) - lengthOf(leader) };
  }).concat([{ leader: straight, score: 12 * clear(straight.to) - away }])
    .sort((a, b) => b.score - a.score);
  return { ...best.leader, isNeeded };
}

/** Three points on each side of a box. */
function pointsOn({ bottom, left, right, top }) {
  return [0.25, 0.5, 0.75].flatMap((part) => {
    const [x, y] = [left + part * (right - left), top + part * (bottom - top)];
    return [[left, y], [right, y], [x, top], [x, bottom]];
  });
}

function nearestIn({ bottom, left, right, top }, [x, y]) {
  return [Math.min(right, Math.max(left, x)), Math.min(bottom, Math.max(top, y))];
}

function lengthOf({ from, to }) {
  return Math.hypot(to[0] - from[0], to[1] - from[1]);
}

/** Distance of a point from the sides of a box, in it or outside. */
function distanceToSides([x, y], box) {
  const [nearX, nearY] = nearestIn(box, [x, y]);
  if (nearX !== x || nearY !== y) return Math.hypot(nearX - x, nearY - y);
  return Math.min(x - box.left, box.right - x, y - box.top, box.bottom - y);
}

/** From a label to the nearest point of its outline's box. */
export function leaderOf(place, anchor) {
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
