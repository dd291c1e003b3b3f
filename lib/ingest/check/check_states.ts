import type { CheckedOptions } from "./checked_options.ts";
import type { CheckedInput } from "./checked_reading.ts";
import { CheckRun } from "./check_run.ts";
import { mergeFaults, mergeNotes } from "./compared_readings.ts";
import type { StatesCheck } from "./states_check.ts";

/** Readings of an input at most, when nothing else is said. */
const READINGS_MAX = 12;

/**
 * Reads an input to its end and tells all that is in the way of recording it; then reads it again
 * with other options as long as that mends something.
 *
 * @param input gives the same bytes each time that it is opened
 * @param given how it is read at first
 * @param readings how often an input that is repeatable may be read, at least once
 * @throws {RangeError} for options that make no sense, or a schema that cannot be used
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkStates } from "@hindcast/hindcast/ingest";
 *
 * const text = '{"tick":0,"t":0,"id":3,"x":1}\n{"tick":1,"t":16,"id":3,"x":2}\n';
 * const input = { isRepeatable: true, states: () => new Blob([text]).stream() };
 * const check = await checkStates(input, { source: "duel.ndjson" });
 * assert.deepEqual(check.faults.map(({ code, field, count }) => [code, field, count]), [
 *   ["no-frame", "f", 2],
 * ]);
 * assert.equal(check.options.frameKey, "tick");
 * assert.deepEqual(check.left, []);
 * assert.equal(check.states?.frames, 2);
 * ```
 */
export async function checkStates(
  input: CheckedInput,
  given: CheckedOptions,
  readings: number = READINGS_MAX,
): Promise<StatesCheck> {
  const run = new CheckRun(input, given, readings);
  const check = await run.run();
  const { other } = run;
  if (other === undefined || check.skipped === 0) return check;
  const otherCheck = await new CheckRun(input, other, readings).run();
  return otherCheck.states !== undefined && otherCheck.skipped < check.skipped
    ? joinChecks(check, otherCheck)
    : check;
}

/** What is in the way of an input, of which another check began with other options. */
function joinChecks(first: StatesCheck, other: StatesCheck): StatesCheck {
  const { given, seenAsGiven } = first;
  return {
    ...other,
    faults: mergeFaults(first.faults, other.faults),
    notes: mergeNotes(first.notes, other.notes),
    given,
    seenAsGiven,
  };
}
