import { tone } from "../canvas.js";
import { nameOf } from "../names.js";
import { shortText } from "./short_text.js";

/** The label of a ray's origin, which says who shoots where no body of his does. */
export function originWish({ shooter, shot }, view, camera) {
  if (shooter !== undefined && view !== "aim") return [];
  const [x, y] = [camera.x(0), camera.y(0)];
  const name = shortText(nameOf(shot.shooter));
  const text = view === "aim" ? `${name} aims here` : `${name} · shooter, without a known shape`;
  const radius = view === "aim" ? 14 : 5;
  const box = { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
  // The cross is looked at first, and nothing else looks like it.
  const rank = view === "aim" ? 0.4 : 2;
  return [{ text, box, tone: tone("--ray"), rank, isAlone: true }];
}
