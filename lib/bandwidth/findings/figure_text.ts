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

/** Two digits, not above the value. */
export function roundedDown(value: number): number {
  const unit = unitOf(value);
  return Number((Math.floor(value / unit) * unit).toPrecision(2));
}

/** Two digits, not below the value. */
export function roundedUp(value: number): number {
  const unit = unitOf(value);
  return Number((Math.ceil(value / unit) * unit).toPrecision(2));
}

/** Power of ten that a number has 10 to 100 of. */
function unitOf(value: number): number {
  let unit = 1;
  while (value / unit >= 100) unit *= 10;
  while (value / unit < 10 && unit > 1e-6) unit /= 10;
  return unit;
}
