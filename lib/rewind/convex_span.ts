/**
 * Part of 0 <= u <= 1 in which a convex function is at most 0; false for none.
 *
 * The function's lowest point is found by golden section, then each end by bisection, until the
 * bracket is below {@linkcode SPAN_TOLERANCE}. A dip that is narrower than the square root of the
 * machine precision may be missed.
 */
export function convexSpan(value: (u: number) => number, out: Float64Array): boolean {
  let inside = value(0) <= 0 ? 0 : value(1) <= 0 ? 1 : -1;
  if (inside < 0) {
    inside = lowestPoint(value);
    if (inside < 0) return false;
  }
  out[0] = value(0) <= 0 ? 0 : edge(value, inside, 0);
  out[1] = value(1) <= 0 ? 1 : edge(value, inside, 1);
  return true;
}

/** Width of the bracket at which the search for an end stops, as a part of a frame interval. */
export const SPAN_TOLERANCE = 1e-12;

const GOLDEN = 0.6180339887498949;

/** A point where the value is at most 0, or -1. */
function lowestPoint(value: (u: number) => number): number {
  let low = 0;
  let high = 1;
  let a = high - GOLDEN * (high - low);
  let b = low + GOLDEN * (high - low);
  let atA = value(a);
  let atB = value(b);
  while (high - low > 1e-9) {
    if (atA <= 0) return a;
    if (atB <= 0) return b;
    if (atA < atB) {
      high = b;
      b = a;
      atB = atA;
      a = high - GOLDEN * (high - low);
      atA = value(a);
    } else {
      low = a;
      a = b;
      atA = atB;
      b = low + GOLDEN * (high - low);
      atB = value(b);
    }
  }
  return -1;
}

function edge(value: (u: number) => number, inside: number, outside: number): number {
  let near = inside;
  let far = outside;
  while (Math.abs(far - near) > SPAN_TOLERANCE) {
    const middle = (near + far) / 2;
    if (value(middle) <= 0) near = middle;
    else far = middle;
  }
  return near;
}
