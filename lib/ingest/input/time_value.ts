import { millisecondsOfDuration } from "./duration_value.ts";
import { INPUT_LIMITS } from "./limits.ts";
import { millisecondsOf, type TimeUnit } from "./time_unit.ts";

/** A decimal as JSON spells it, without an exponent. */
const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
/** A date of ISO 8601 with a time, and mostly a zone; seconds may have any fraction. */
const DATE =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:([Zz])|([+-])(\d\d):?(\d\d)?)?$/;
const ZONE = /(?:[Zz]|[+-]\d\d:?(?:\d\d)?)$/;
const TIME_OF_DAY = /[Tt ]\d\d:/;

/**
 * Milliseconds of a time as inputs give it: a number in their unit, the text of one, or, whatever
 * the unit, a duration such as `0.016s` or `00:00:01.0330000`, or a date, which stands for the time
 * since 1970. A date without a zone is taken for UTC.
 *
 * @param value the time as it came
 * @param literal how a number is spelt; asked for only where the number may not say it
 * @returns NaN for anything else, and beyond what a recording holds
 */
export function timeMsOf(value: unknown, unit: TimeUnit, literal: () => string): number {
  let timeMs = NaN;
  if (typeof value === "number") {
    if (Number.isFinite(value)) timeMs = millisecondsOf(value, unit, literal);
  } else if (typeof value === "string") {
    timeMs = DECIMAL.test(value)
      ? millisecondsOf(Number(value), unit, () => value)
      : millisecondsOfText(value);
  }
  return Math.abs(timeMs) <= INPUT_LIMITS.timeMs ? timeMs + 0 : NaN;
}

function millisecondsOfText(text: string): number {
  const timeMs = millisecondsOfDuration(text);
  return Number.isNaN(timeMs) ? millisecondsOfDate(text) : timeMs;
}

/** True for a date, as {@linkcode timeMsOf} takes it, that does not say its zone. */
export function lacksZone(date: unknown): boolean {
  if (typeof date !== "string" || !TIME_OF_DAY.test(date)) return false;
  return !ZONE.test(date.slice(date.search(TIME_OF_DAY)));
}

/** The double next to the milliseconds of a date; NaN when it is none. */
function millisecondsOfDate(text: string): number {
  const match = DATE.exec(text);
  if (match === null) return NaN;
  const part = (i: number) => Number(match[i] ?? 0);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(part);
  const date = new Date(0);
  date.setUTCFullYear(year!, month! - 1, day!);
  const isDay = date.getUTCMonth() === month! - 1 && date.getUTCDate() === day!;
  const [zoneHour, zoneMinute] = [part(10), part(11)];
  const isTime = hour! < 24 && minute! < 60 && second! < 60 && zoneHour < 24 && zoneMinute < 60;
  if (!isDay || !isTime) return NaN;
  const zone = (zoneHour * 60 + zoneMinute) * (match[9] === "-" ? -1 : 1);
  const wholeMs = date.getTime() + ((hour! * 60 + minute! - zone) * 60 + second!) * 1000;
  const fraction = match[7] ?? "";
  const thousandths = fraction.slice(0, 3).padEnd(3, "0");
  const rest = fraction.slice(3);
  if (/^0*$/.test(rest)) return wholeMs + Number(thousandths);
  const ms = wholeMs + Number(thousandths);
  // Below 1970 the fraction still goes forward.
  return ms >= 0 ? Number(`${ms}.${rest}`) : ms + Number(`0.${rest}`);
}
