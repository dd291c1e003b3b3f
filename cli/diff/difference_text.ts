import type { Difference } from "../../lib/recording.ts";
import { visible } from "../terminal/terminal.ts";
import { cut, pairTexts, valueText } from "./value_text.ts";

/** Longest name: as long as an id that a recording keeps. */
const NAME_MAX = 1024;
/** Longest text of what an event holds. */
const DATA_MAX = 160;

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
  const { what, onlyIn, id, kind, field, event, a, b } = difference;
  const only = onlyIn === undefined ? "" : `only in ${SIDE_NAMES[onlyIn]}`;
  const named = `entity ${nameText(String(id))}`;
  const entity = `${named} (${nameText(kind ?? "")})`;
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
      return `${named}: kind ${both}`;
    case "field":
      return `${entity} ${nameText(field!)}: ${only}, ${valueText(a ?? b)}`;
    case "value":
      return `${entity} ${nameText(field!)}: ${both}`;
    case "event":
      return `event ${nameText(event!)}: ${eventText(difference)}`;
  }
}

/** What a difference of an event is, without its name: `ray[1]: 1 in A, 2 in B; {"id":3} in A`. */
export function eventText({ onlyIn, path, a, b, data }: Difference): string {
  const text = data === undefined ? "" : cut(visible(data), DATA_MAX);
  if (onlyIn !== undefined) return `only in ${SIDE_NAMES[onlyIn]}${text && `: ${text}`}`;
  const [inA, inB] = pairTexts(a, b);
  const member = path === "" || path === undefined ? "" : `${nameText(path)}: `;
  return `${member}${inA} in A, ${inB} in B${text && `; ${text} in A`}`;
}

function nameText(name: string): string {
  return cut(visible(name), NAME_MAX);
}
