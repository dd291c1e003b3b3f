/** Numbers of an axis from 0 to at least `max`, about `count` of them, 1, 2 or 5 times a power of ten apart. */
export function ticksTo(max, count) {
  if (!(max > 0)) return [0, 1];
  const rough = max / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((times) => times * power >= rough) * power;
  const last = Math.ceil(max / step - 1e-9);
  return Array.from({ length: last + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

/** Outline of a dot's shape about its middle: circle, square, triangle or diamond, of like area. */
export function dotShape(shape, radius) {
  const r = radius;
  if (shape === 1) return polygon([[-1, -1], [1, -1], [1, 1], [-1, 1]], r * 0.89);
  if (shape === 2) return polygon([[0, -1.2], [1.15, 0.8], [-1.15, 0.8]], r * 1.08);
  if (shape === 3) return polygon([[0, -1], [1, 0], [0, 1], [-1, 0]], r * 1.26);
  return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

function polygon(corners, scale) {
  const points = corners.map(([x, y]) => `${(x * scale).toFixed(2)} ${(y * scale).toFixed(2)}`);
  return `M${points.join("L")}z`;
}

/**
 * Places of labels beside their dots where there is room: none meets another, a dot, a line or the
 * edge.
 *
 * @param dots `{x, y, radius, width}` in order of who comes first, width of the label in pixels
 * @param bounds `{left, top, right, bottom}`
 * @param lines where lines run, likewise
 * @returns left edge and middle of each label, `{x, y}`; undefined where it has no room
 */
export function placeLabels(dots, bounds, lines = []) {
  const taken = dots.map(({ radius, x, y }) => {
    const reach = radius * REACH;
    return box(x - reach, y, 2 * reach, 2 * reach);
  });
  taken.push(...lines);
  return dots.map(({ radius, width, x, y }, own) => {
    if (width === 0) return undefined;
    const away = radius + 5;
    const tries = [
      [x + away, y],
      [x - away - width, y],
      [x - width / 2, y - away - HEIGHT / 2],
      [x - width / 2, y + away + HEIGHT / 2],
      [x + away - 2, y - away],
      [x + away - 2, y + away],
      [x - away + 2 - width, y - away],
      [x - away + 2 - width, y + away],
    ];
    for (const [left, middle] of tries) {
      if (!isInside(box(left, middle, width, HEIGHT), bounds)) continue;
      const wanted = box(left - GAP, middle, width + 2 * GAP, HEIGHT + GAP);
      if (taken.some((other, i) => i !== own && meet(other, wanted))) continue;
      taken.push(wanted);
      return { x: left, y: middle };
    }
    return undefined;
  });
}

const HEIGHT = 14;
/** Between a label and what else there is, in pixels. */
const GAP = 3;
/** How far the shape of a dot goes out, in radii: a triangle and a diamond have corners. */
const REACH = 1.3;

function box(left, middle, width, height) {
  return { left, right: left + width, top: middle - height / 2, bottom: middle + height / 2 };
}

function isInside(a, b) {
  return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
}

function meet(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
