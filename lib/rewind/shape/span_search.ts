/** Width of the bracket in which the search for an end stops, as a part of a frame interval. */
const SPAN_TOLERANCE = 1e-13;

/** Width of a stretch, as a part of a step, in which a dip may be missed. */
const STRETCH_MIN = 2 ** -22;

/** Values that are no more than rounding away from 0. */
export const TOUCH_UNITS = 1e-9;

/**
 * Width of a stretch, as a part of a step, that counts as one while it only touches 0: a shape without
 * thickness is never deeper than that.
 */
const TOUCH_STRETCH = 2 ** -8;

/** Most values that are looked at in one step before stretches stay as wide as they are. */
const VALUES_MAX = 20_000;

/**
 * Parts of 0 <= u <= 1 in which a function is at most 0: from, to, from, to ... in `out`.
 *
 * The function changes by at most `speed` while u goes from 0 to 1, so a stretch around a value that
 * is larger than half of what can change in it has one sign throughout; others are halved. Nothing
 * that is wider than 2^-22 of the step is missed, or 2^-8 where the function only touches 0, unless
 * 20 000 values do not settle it.
 */
export function searchSpans(value: (u: number) => number, speed: number, out: number[]): void {
  out.length = 0;
  let left = VALUES_MAX;
  let last = value(0);
  if (last <= 0) out.push(0);
  if (speed === 0) {
    if (last <= 0) out.push(1);
    return;
  }
  const step = (from: number, to: number, atTo: number): void => {
    const isIn = last <= 0;
    if (isIn !== atTo <= 0) out.push(edgeBetween(value, from, to, isIn));
    last = atTo;
  };
  const search = (from: number, to: number, atTo: number): void => {
    const width = to - from;
    const middle = (from + to) / 2;
    const atMiddle = value(middle);
    left--;
    // From either end, and from the middle, no sign can change within.
    const isTouching = width < TOUCH_STRETCH && touches(last) && touches(atMiddle) &&
      touches(atTo);
    const isSettled = isTouching || Math.abs(atMiddle) > speed * width / 2;
    if (isSettled || width < STRETCH_MIN || left <= 0) {
      step(from, middle, atMiddle);
      step(middle, to, atTo);
      return;
    }
    search(from, middle, atMiddle);
    search(middle, to, atTo);
  };
  const end = value(1);
  search(0, 1, end);
  if (end <= 0) out.push(1);
}

function touches(value: number): boolean {
  return Math.abs(value) <= TOUCH_UNITS;
}

/** The last place inside between two places of which one is inside. */
function edgeBetween(
  value: (u: number) => number,
  from: number,
  to: number,
  isIn: boolean,
): number {
  let near = isIn ? from : to;
  let far = isIn ? to : from;
  while (Math.abs(far - near) > SPAN_TOLERANCE) {
    const middle = (near + far) / 2;
    if (value(middle) <= 0) near = middle;
    else far = middle;
  }
  return near;
}
