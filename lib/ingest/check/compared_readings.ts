import type { InputNote } from "../input/input_note.ts";
import type { CheckedReading } from "./checked_reading.ts";
import type { FaultGroup } from "./fault_groups.ts";
import { isLeftOut } from "./leave_out_mends.ts";
import type { CheckedStates, FileCheck } from "./states_check.ts";

/** Whether a reading found less than another in the way, of what a change of options is for. */
export function isBetter(
  reading: CheckedReading,
  before: CheckedReading,
  codes: readonly string[],
): boolean {
  const faults = before.groups.countOf(...codes);
  const left = faultsLeft(reading, codes);
  // Where nothing was read, such as CSV without a header, one fault hides all lines.
  const isHidden = before.inference.frames === 0;
  const isSeen = reading.inference.frames > 0 || (faults > 0 && left === 0);
  if (isHidden && before.lines === 1 && isSeen) return true;
  if (!isHidden && reading.lines > before.lines) return false;
  if (codes.includes("fields-max")) return isLeftOut(reading);
  // Not for some lines among many, which may be wrong in themselves.
  if (faults > 0) return left <= faults / 2 || isOfOthers(reading, before, codes);
  const count = ({ notes }: CheckedReading) =>
    notes.filter(({ code }) => codes.includes(code)).length;
  return count(reading) < count(before);
}

/** Faults of some codes, of states that are none at all as well. */
function faultsLeft({ groups, inference }: CheckedReading, codes: readonly string[]): number {
  const count = groups.countOf(...codes);
  return count === 0 && inference.frames === 0 && codes.includes("no-rows") ? 1 : count;
}

/** True where what is left is of other keys, of which fewer lines have a fault. */
function isOfOthers(
  reading: CheckedReading,
  before: CheckedReading,
  codes: readonly string[],
): boolean {
  const isSame = ({ code, field }: FaultGroup) =>
    codes.includes(code) &&
    before.groups.list.some((group) => group.code === code && group.field === field);
  return reading.lines < before.lines && !reading.groups.list.some(isSame);
}

/** True where a change of options takes away all that it is for, and brings other faults to light. */
export function isInOthers(
  reading: CheckedReading,
  before: CheckedReading,
  codes: readonly string[],
): boolean {
  return before.groups.countOf(...codes) > 0 && faultsLeft(reading, codes) === 0;
}

/** What a reading leaves to be recorded; undefined where that is nothing. */
export function statesOf(reading: CheckedReading): CheckedStates | undefined {
  const { inference, sessions, events, isRefused, eventsEnding } = reading;
  const { frames } = inference;
  // What is recorded before events end for a fault is known to no reading of all.
  return frames === 0 || isRefused || eventsEnding !== undefined
    ? undefined
    : { frames, sessions, events, kinds: inference.facts() };
}

/** Groups of faults without those that are known. */
export function mergeFaults(
  first: readonly FaultGroup[],
  last: readonly FaultGroup[],
): readonly FaultGroup[] {
  const isKnown = (group: FaultGroup) =>
    first.some(({ code, kind, field }) =>
      code === group.code && kind === group.kind && field === group.field
    );
  return [...first, ...last.filter((group) => !isKnown(group))];
}

/** Notes without those that are known. */
export function mergeNotes(first: readonly InputNote[], last: readonly InputNote[]): InputNote[] {
  const known = new Set(first.map(({ problem }) => problem));
  return [...first, ...last.filter(({ problem }) => !known.has(problem))];
}

/** True where a file costs no more lines than the options that a pipe was read with at last. */
export function isBetterFile(
  file: FileCheck,
  { groups, isRefused, skipped }: CheckedReading,
): boolean {
  return isRefused || file.skipped <= (groups.count === 0 ? 0 : skipped);
}
