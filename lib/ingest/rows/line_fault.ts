import { type Remedy, remedy } from "../../core/remedy.ts";
import { excerpt } from "../input/excerpt.ts";
import { type FaultSort, RowFault } from "../input/row_fault.ts";
import { findFault } from "./json_places.ts";

/** Sort of the fault of a line that is no JSON object. */
export const NOT_JSON: FaultSort = { code: "not-json" };

const ONE_A_LINE: Remedy = remedy`send one JSON object per line`;
/** Longest text before and behind the JSON of a line that is looked past. */
const AROUND_UNITS_MAX = 512;

/** Longest text before a value in which its key is looked for. */
const KEY_UNITS_MAX = 256;
/** A number that is none in JSON. */
const NO_NUMBER = /^-?(?:NaN|Infinity|nan|inf)\b/;

/** Fault of a line that is not JSON. */
export function lineFault(line: string): RowFault {
  const wrapped = prefixFault(line) ?? suffixFault(line);
  if (wrapped !== undefined) return wrapped;
  const coded = utf16Fault(line);
  if (coded !== undefined) return coded;
  const { offset, reason } = findFault(line) ?? { offset: 0, reason: "it is not JSON" };
  const key = keyBefore(line, offset);
  const problem = `the line is not JSON: ${reason}${
    key === undefined ? "" : `, as the value of ${excerpt(key)}`
  }`;
  return new RowFault(problem, lineRemedy(line, offset), { offset }, NOT_JSON);
}

/**
 * Fault of a line with a text before its JSON object, and maybe one behind it, such as a log's;
 * undefined for any other.
 */
export function prefixFault(line: string): RowFault | undefined {
  const at = line.indexOf("{");
  if (at <= 0 || at > AROUND_UNITS_MAX) return undefined;
  // A list of objects wants another remedy.
  if (["", "["].includes(line.slice(0, at).trim())) return undefined;
  const problem = `the text ${excerpt(line.slice(0, at))} stands before the JSON of the line`;
  if (isJson(line.slice(at))) {
    return new RowFault(
      problem,
      remedy`leave it out, as sed 's/^[^{]*//' does`,
      { offset: 0 },
      NOT_JSON,
    );
  }
  const end = endBeforeText(line);
  if (end === undefined || !isJson(line.slice(at, end))) return undefined;
  return new RowFault(
    `${problem}, and ${excerpt(line.slice(end))} behind it`,
    remedy`leave both out, as sed 's/^[^{]*//; s/[^}]*$//' does`,
    { offset: 0 },
    NOT_JSON,
  );
}

/** Fault of a line with a text behind its JSON object alone; undefined for any other. */
function suffixFault(line: string): RowFault | undefined {
  const end = endBeforeText(line);
  if (end === undefined || !isJson(line.slice(0, end))) return undefined;
  return new RowFault(
    `the text ${excerpt(line.slice(end))} stands behind the JSON of the line`,
    remedy`leave it out, as sed 's/[^}]*$//' does`,
    { offset: end },
    NOT_JSON,
  );
}

/** Where the last brace of a line ends, if a short text follows it that starts no object. */
function endBeforeText(line: string): number | undefined {
  const end = line.lastIndexOf("}") + 1;
  const rest = line.slice(end);
  const isText = end > 0 && rest.length <= AROUND_UNITS_MAX && rest.trim() !== "";
  return isText && !rest.includes("{") ? end : undefined;
}

/** Key of a value that is no number; undefined for anything else. */
function keyBefore(line: string, offset: number): string | undefined {
  if (!NO_NUMBER.test(line.slice(offset, offset + 16))) return undefined;
  const before = line.slice(Math.max(0, offset - KEY_UNITS_MAX), offset);
  return /"([^"\\]*)"\s*:\s*$/.exec(before)?.[1];
}

/** Fault of a line with zero bytes, which no text has but one of two bytes a character. */
export function utf16Fault(line: string): RowFault | undefined {
  if (!line.includes("\0")) return undefined;
  return new RowFault(
    "the line has zero bytes, as UTF-16 has",
    remedy`convert it to UTF-8, as iconv does`,
    undefined,
    { code: "not-utf8" },
  );
}

/** Fault of a first line that is a text of JSON, which holds JSON itself; undefined for any other. */
export function nestedFault(line: string): RowFault | undefined {
  if (!/^\s*"\s*\{/.test(line)) return undefined;
  try {
    if (!isJson(JSON.parse(line))) return undefined;
  } catch {
    return undefined;
  }
  return new RowFault(
    "the line is a text that holds the JSON",
    remedy`take it out, as jq -r . does`,
    { offset: 0 },
    NOT_JSON,
  );
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
