/**
 * The shot that a hash names, or the one nearest to its frame or time, of equals the first; and in
 * words how far it is off, or why there is none.
 */
export function nearestShot(shots, { kind, value }, shotCount) {
  if (kind === "shot") {
    const shot = shots.find(({ index }) => index === value);
    if (shot !== undefined) return { shot };
    // Some are left out, so that the last may lie beyond their count.
    const last = Math.max(shotCount - 1, ...shots.slice(-1).map(({ index }) => index));
    const why = value <= last
      ? `is not on this page, which holds ${shots.length} of ${shotCount}`
      : `does not exist: they are 0 to ${last}`;
    return { note: `Shot ${value} ${why}.` };
  }
  const place = kind === "frame" ? ({ frame }) => frame : ({ timeMs }) => timeMs;
  let nearest = shots[0];
  for (const shot of shots) {
    if (Math.abs(place(shot) - value) < Math.abs(place(nearest) - value)) nearest = shot;
  }
  const off = Number((place(nearest) - value).toFixed(1));
  if (off === 0) return { shot: nearest };
  const [asked, unit] = kind === "frame"
    ? [`frame ${value}`, Math.abs(off) === 1 ? "frame" : "frames"]
    : [`${value} ms`, "ms"];
  const far = `${Math.abs(off)} ${unit} ${off < 0 ? "before" : "after"} it`;
  return { shot: nearest, note: `The shot nearest to ${asked} is ${far}: shot ${nearest.index}.` };
}
