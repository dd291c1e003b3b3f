import { jsonInteger } from "../../lib/core/json_integer.ts";

/**
 * JSON with every number as it is: -0 keeps its sign, what JSON cannot spell (NaN, infinities) is a
 * text of that name, and a bigint above 2^53 - 1 one of its digits.
 *
 * @param indent spaces a level; 0 for one line
 */
export function jsonText(value: unknown, indent: number = 2): string {
  return text(value, indent, "\n");
}

function text(value: unknown, indent: number, newline: string): string {
  if (typeof value === "number") return numberText(value);
  if (typeof value === "bigint") return JSON.stringify(jsonInteger(value));
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const inner = indent > 0 ? newline + " ".repeat(indent) : "";
  const outer = indent > 0 ? newline : "";
  const colon = indent > 0 ? ": " : ":";
  const parts = Array.isArray(value)
    ? value.map((item) => text(item, indent, inner || newline))
    : Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => JSON.stringify(key) + colon + text(item, indent, inner || newline));
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (parts.length === 0) return `${open}${close}`;
  return `${open}${inner}${parts.join(`,${inner}`)}${outer}${close}`;
}

function numberText(value: number): string {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? String(value) : JSON.stringify(String(value));
}
