import { millisecondsOf } from "./time_unit.ts";

/** Seconds as protobuf prints a Duration: `0.016s`. */
const SECONDS = /^(-?(?:0|[1-9]\d*)(?:\.\d+)?)s$/;
/** Days, hours, minutes and seconds as .NET prints a TimeSpan: `1.02:03:04.5000000`. */
const CLOCK = /^(-?)(?:(\d{1,8})\.)?(\d\d?):([0-5]\d):([0-5]\d(?:\.\d+)?)$/;
const HOURS_A_DAY = 24;

/**
 * Milliseconds of a duration that says its unit itself: the double next to what it spells.
 *
 * @returns NaN for any other text
 */
export function millisecondsOfDuration(text: string): number {
  const seconds = SECONDS.exec(text)?.[1] ?? clockSeconds(text);
  return seconds === undefined ? NaN : millisecondsOf(Number(seconds), "s", () => seconds);
}

/** Seconds of days and hours, as a decimal that keeps the digits of their fraction. */
function clockSeconds(text: string): string | undefined {
  const match = CLOCK.exec(text);
  if (match === null) return undefined;
  const [, sign, days = "0", hours, minutes, seconds] = match;
  if (Number(hours) >= HOURS_A_DAY) return undefined;
  const [whole, fraction = "0"] = seconds!.split(".");
  const sum = ((Number(days) * HOURS_A_DAY + Number(hours)) * 60 + Number(minutes)) * 60;
  return `${sign}${sum + Number(whole)}.${fraction}`;
}
