import type { InputNote } from "../input/input_note.ts";
import type { CheckedReading } from "./checked_reading.ts";
import type { CheckedStates } from "./states_check.ts";

/** Whether a reading found less than another in the way, of what a change of options is for. */
export function isBetter(
  reading: CheckedReading,
  before: CheckedReading,
  codes: readonly string[],
): boolean {
  // Where nothing was read, such as CSV without a header, one fault hides all lines.
  const isHidden = before.inference.frames === 0;
  if (isHidden && before.lines === 1 && reading.inference.frames > 0) return true;
  if (!isHidden && reading.lines > before.lines) return false;
  const faults = before.groups.countOf(...codes);
  // Not for some lines among many, which may be wrong in themselves.
  if (faults > 0) return reading.groups.countOf(...codes) <= faults / 2;
  const count = ({ notes }: CheckedReading) =>
    notes.filter(({ code }) => codes.includes(code)).length;
  return count(reading) < count(before);
}

/** What a reading leaves to be recorded; undefined where that is nothing. */
export function statesOf(reading: CheckedReading): CheckedStates | undefined {
  const { inference, sessions, events, isRefused } = reading;
  const { frames } = inference;
  return frames === 0 || isRefused
    ? undefined
    : { frames, sessions, events, kinds: inference.facts() };
}

/** Notes without those that are known. */
export function mergeNotes(first: readonly InputNote[], last: readonly InputNote[]): InputNote[] {
  const known = new Set(first.map(({ problem }) => problem));
  return [...first, ...last.filter(({ problem }) => !known.has(problem))];
}
