/**
 * Shapes at a part of the way from one row to the next, in the order of their kind, null for those
 * that are not in force: the numbers of a shape move in proportion to its own at the next row, or to
 * those of the shape that takes its place there.
 */
export function shapesBetween(early, late, part) {
  if (early === late) return early;
  return early.map((shape, i) => {
    const next = shape === null ? undefined : partnerOf(shape, i, early, late);
    return next === undefined ? shape : shapeBetween(shape, next, part);
  });
}

/** What a shape turns into; a shape that takes its place has its form and name, and was not there. */
function partnerOf(shape, index, early, late) {
  if (late[index]) return late[index];
  return late.find((other, i) =>
    other && early[i] === null && other.shape === shape.shape && other.name === shape.name
  );
}

function shapeBetween(from, to, part) {
  const between = (a, b) => a + (b - a) * part;
  const mixed = { ...from };
  for (const [key, value] of Object.entries(from)) {
    if (typeof value === "number") mixed[key] = between(value, to[key]);
    if (Array.isArray(value)) mixed[key] = value.map((number, k) => between(number, to[key][k]));
  }
  return mixed;
}
