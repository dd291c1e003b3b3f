import { type Remedy, remedy } from "../../core/remedy.ts";
import { excerpt } from "../input/excerpt.ts";
import { type FaultSort, RowFault } from "../input/row_fault.ts";
import { findFault } from "./json_places.ts";

/** Sort of the fault of a line that is no JSON object. */
export const NOT_JSON: FaultSort = { code: "not-json" };

const ONE_A_LINE: Remedy = remedy`send one JSON object per line`;
/** Longest text before the JSON of a line that is looked past. */
const PREFIX_UNITS_MAX = 512;

/** Longest text before a value in which its key is looked for. */
const KEY_UNITS_MAX = 256;
/** A number that is none in JSON. */
const NO_NUMBER = /^-?(?:NaN|Infinity|nan|inf)\b/;

/** Fault of a line that is not JSON. */
export function lineFault(line: string): RowFault {
  const prefixed = prefixFault(line);
  if (prefixed !== undefined) return prefixed;
  const { offset, reason } = findFault(line) ?? { offset: 0, reason: "it is not JSON" };
  const key = keyBefore(line, offset);
  const problem = `the line is not JSON: ${reason}${
    key === undefined ? "" : `, as the value of ${excerpt(key)}`
  }`;
  return new RowFault(problem, lineRemedy(line, offset), { offset }, NOT_JSON);
}

/** Fault of a line with a text before its JSON object, such as a log's; undefined for any other. */
export function prefixFault(line: string): RowFault | undefined {
  const at = line.indexOf("{");
  if (at <= 0 || at > PREFIX_UNITS_MAX || line.slice(0, at).trim() === "") return undefined;
  if (!isJson(line.slice(at))) return undefined;
  return new RowFault(
    `the text ${excerpt(line.slice(0, at))} stands before the JSON of the line`,
    remedy`leave it out, as sed 's/^[^{]*//' does`,
    { offset: 0 },
    NOT_JSON,
  );
}

/** Key of a value that is no number; undefined for anything else. */
function keyBefore(line: string, offset: number): string | undefined {
  if (!NO_NUMBER.test(line.slice(offset, offset + 16))) return undefined;
  const before = line.slice(Math.max(0, offset - KEY_UNITS_MAX), offset);
  return /"([^"\\]*)"\s*:\s*$/.exec(before)?.[1];
}

/** What to do about a line that is JSON, but no object. */
export function objectRemedy(value: unknown): Remedy {
  return Array.isArray(value) && value.length > 0 && typeof value[0] === "object"
    ? remedy`${ONE_A_LINE}, as jq -c '.[]' does`
    : ONE_A_LINE;
}

function lineRemedy(line: string, offset: number): Remedy {
  const rest = line.slice(offset, offset + 16);
  if (NO_NUMBER.test(rest)) {
    return remedy`leave the field out where it has no value, or print null, as sed -E 's/([:,[] ?)-?(NaN|Infinity|nan|inf)\\b/\\1null/g' does`;
  }
  if (/^(?:'|(?:True|False|None)\b)/.test(rest)) {
    return remedy`print JSON, as json.dumps does in Python`;
  }
  if (/^undefined\b/.test(rest)) return remedy`print JSON, as JSON.stringify does`;
  const isGlued = rest.startsWith("{") && isJson(line.slice(0, offset));
  const isSpread = line.trim() === "{";
  return isGlued || isSpread ? remedy`${ONE_A_LINE}, as jq -c . does` : ONE_A_LINE;
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
