import { visibleText } from "../../core/visible_text.ts";

/** Characters of a name. */
const NAME_MAX = 60;

/** A part of a whole, 0 to 1, in percent with three digits. */
export function percentText(part: number): string {
  return `${Number((part * 100).toPrecision(3))} %`;
}

/** A number with three digits, four where it has as many before the point. */
export function numberText(value: number): string {
  const size = value < 0 ? -value : value;
  return size >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** Names of a list, the first few, and how many others there are. */
export function someOf(names: readonly string[], max: number = 3): string {
  const rest = names.length - max;
  const shown = names.slice(0, max).join(", ");
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

/** `1 packet`, `2 packets`. */
export function countText(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

/** Part of a whole that may be nothing. */
export function partOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

/** Names from a recording on one line, not too long. */
export function nameText(...names: readonly string[]): string {
  return visibleText(names.join("."), NAME_MAX);
}
