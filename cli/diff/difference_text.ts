import type { Difference } from "../../lib/recording.ts";
import { visible } from "../terminal/terminal.ts";
import { pairTexts, valueText } from "./value_text.ts";

/** What a recording is called in the output. */
export const SIDE_NAMES = { a: "A", b: "B" } as const;

/** Where a difference is: `frame 12 (240 ms)`. */
export function placeText(
  { frame, frameInB, timeMs }: Pick<Difference, "frame" | "frameInB" | "timeMs">,
): string {
  const details = [
    ...(frameInB === undefined ? [] : [`${frameInB} in B`]),
    ...(timeMs === null ? [] : [`${timeMs} ms`]),
  ];
  return `frame ${frame}${details.length > 0 ? ` (${details.join(", ")})` : ""}`;
}

/** What a difference is, without its frame: `entity 3 (player) x: 1.5 in A, 1.25 in B`. */
export function differenceText(difference: Difference): string {
  const { what, onlyIn, id, kind, field, event, path, a, b } = difference;
  const only = onlyIn === undefined ? "" : `only in ${SIDE_NAMES[onlyIn]}`;
  const entity = `entity ${id} (${visible(kind ?? "")})`;
  const [inA, inB] = pairTexts(a, b);
  const both = `${inA} in A, ${inB} in B`;
  switch (what) {
    case "frame":
      return `the frame is ${only}`;
    case "time":
      return `time: ${inA} ms in A, ${inB} ms in B`;
    case "entity":
      return `${entity}: ${only}`;
    case "kind":
      return `entity ${id}: kind ${both}`;
    case "field":
      return `${entity} ${visible(field!)}: ${only}, ${valueText(a ?? b)}`;
    case "value":
      return `${entity} ${visible(field!)}: ${both}`;
    case "event":
      if (onlyIn !== undefined) return `event ${visible(event!)}: ${only}`;
      return `event ${visible(event!)}${path === "" ? "" : `, ${visible(path!)}`}: ${both}`;
  }
}
