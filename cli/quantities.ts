import { InvalidArgumentError } from "@commander-js/extra-typings";
import { repeatable } from "./errors/repeatable.ts";

const TIME_UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const SIZE_UNITS: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

const PART = /(\d+(?:\.\d+)?)\s*([a-z]+)\s*/giy;
const DURATION_FORM = "a time such as 90s, 10m, 1h or 1h30m";
const SIZE_FORM = "a size such as 500MB, 1GB or 1GiB";

/** Parser of an option that takes a time above 0. @returns milliseconds */
export function duration(text: string): number {
  const value = sumOf(text, (unit) => TIME_UNITS[unit]);
  if (value !== undefined && value > 0) return value;
  throw new InvalidArgumentError(`Expected ${DURATION_FORM}.`);
}

/** Parser of an option that takes a time, which may be none: `0` needs no unit. */
export function durationOrNone(text: string): number {
  if (text.trim() === "0") return 0;
  const value = sumOf(text, (unit) => TIME_UNITS[unit]);
  if (value !== undefined) return value;
  throw new InvalidArgumentError(`Expected 0, or ${DURATION_FORM}.`);
}

/** Parser of an option that takes a size above 0. @returns bytes */
export function size(text: string): number {
  const value = sizeOf(text);
  if (value !== undefined) return value;
  throw new InvalidArgumentError(`Expected ${SIZE_FORM}.`);
}

/** A time, a size, or both, of which the first that is reached counts. */
export interface TimeOrSize {
  /** Milliseconds. */
  readonly timeMs?: number;
  readonly bytes?: number;
}

/** Parser of an option that takes a time, a size, or both: `1h`, `1GB`, `1h,1GB`. */
export function timeOrSize(text: string, before: TimeOrSize = {}): TimeOrSize {
  return text.split(",").reduce((limits: TimeOrSize, part) => {
    const timeMs = sumOf(part, (unit) => TIME_UNITS[unit]);
    const bytes = sizeOf(part);
    if (timeMs !== undefined && timeMs > 0 && limits.timeMs === undefined) {
      return { ...limits, timeMs };
    }
    if (bytes !== undefined && limits.bytes === undefined) return { ...limits, bytes };
    throw new InvalidArgumentError(
      `Expected ${DURATION_FORM}, ${SIZE_FORM}, or one of each.`,
    );
  }, before);
}

repeatable(timeOrSize);

/** A size for people: `1.5 MB`. */
export function sizeText(bytes: number): string {
  const [unit, value] = bytes >= 1e9
    ? ["GB", bytes / 1e9]
    : bytes >= 1e6
    ? ["MB", bytes / 1e6]
    : bytes >= 1e3
    ? ["kB", bytes / 1e3]
    : ["bytes", bytes];
  return `${Number(value.toFixed(1))} ${unit}`;
}

/** A time for people: `1.5 s`, `10 min`. */
export function durationText(timeMs: number): string {
  const [unit, value] = timeMs >= 2 * 3_600_000
    ? ["h", timeMs / 3_600_000]
    : timeMs >= 2 * 60_000
    ? ["min", timeMs / 60_000]
    : timeMs >= 1000
    ? ["s", timeMs / 1000]
    : ["ms", timeMs];
  return `${Number(value.toFixed(1))} ${unit}`;
}

/** The word of a time that is read as exactly that: `90s`, `1h`. */
export function durationWord(timeMs: number): string {
  return wordOf(timeMs, ["d", "h", "m", "s", "ms"], TIME_UNITS);
}

/** The word of a size that is read as exactly that: `1GB`, `1536B`. */
export function sizeWord(bytes: number): string {
  return wordOf(bytes, ["TB", "TiB", "GB", "GiB", "MB", "MiB", "kB", "KiB", "B"], SIZE_UNITS);
}

/** A number of the first unit that it is whole in, else of the last. */
function wordOf(
  value: number,
  units: readonly string[],
  sizes: Readonly<Record<string, number>>,
): string {
  const unit = units.find((name) => value > 0 && value % sizes[name.toLowerCase()]! === 0) ??
    units.at(-1)!;
  return `${value / sizes[unit.toLowerCase()]!}${unit}`;
}

function sizeOf(text: string): number | undefined {
  const value = sumOf(text, (unit) => SIZE_UNITS[unit.toLowerCase()]);
  return value === undefined || Math.floor(value) < 1 ? undefined : Math.floor(value);
}

/** Sum of numbers with units; undefined for what is none. */
function sumOf(text: string, unitOf: (unit: string) => number | undefined): number | undefined {
  const trimmed = text.trim();
  let sum = 0;
  PART.lastIndex = 0;
  let end = 0;
  for (let part = PART.exec(trimmed); part !== null; part = PART.exec(trimmed)) {
    const unit = unitOf(part[2]!);
    if (unit === undefined) return undefined;
    sum += Number(part[1]) * unit;
    end = PART.lastIndex;
  }
  return trimmed !== "" && end === trimmed.length && Number.isSafeInteger(Math.floor(sum))
    ? sum
    : undefined;
}
