import type { RecordingReader } from "../../recording/recording_reader.ts";
import { EventComparison } from "./events/compare_events.ts";
import { partsByFrame, partsByTime } from "./compared_parts.ts";
import { StateComparison } from "./states/compare_states.ts";
import { diffResult } from "./diff_result.ts";
import type { DiffOptions } from "./diff_options.ts";
import { DiffWalk } from "./diff_walk.ts";
import { FirstDifferences } from "./first_differences.ts";
import type { RecordingDiff } from "./recording_diff.ts";
import { assertTolerances } from "./states/tolerances.ts";

/**
 * Says where two recordings part: what differs first, and what of everything there is. Frames are
 * paired by their number, so that one that is missing does not shift what follows, or by time.
 * Values are equal whatever types they were stored in; 0 and -0 differ, and so do true and 1.
 * Memory holds a block of each.
 *
 * @throws {RangeError} for a kind, field or span that neither recording has, and for a tolerance of
 *   what holds no numbers; for nothing but options
 * @throws {RecordingSyntaxError} when a block or a chunk of events is damaged
 * @throws {SyntaxError} when events cannot be compared since they are nested too deep
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { diffRecordings, MemorySink, MemorySource } from "@hindcast/hindcast/recording";
 * import { RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * async function simulated(push: number) {
 *   const sink = new MemorySink();
 *   const writer = await RecordingWriter.open(sink);
 *   for (let frame = 0; frame < 100; frame++) {
 *     const fields = { x: frame + (frame < 60 ? 0 : push), hp: 100 };
 *     await writer.write({ frame, timeMs: frame * 10, entities: [{ id: 3, kind: "ship", fields }] });
 *   }
 *   await writer.close();
 *   return await RecordingReader.open(new MemorySource(sink.bytes()));
 * }
 *
 * const [a, b] = [await simulated(0), await simulated(0.25)];
 * const { equal, first, fields } = await diffRecordings(a, b);
 * assert.ok(!equal);
 * assert.deepEqual([first?.frame, first?.id, first?.field, first?.a, first?.b], [60, 3, "x", 60, 60.25]);
 * assert.deepEqual([fields[0].count, fields[0]?.largest?.difference], [40, 0.25]);
 *
 * const tolerant = await diffRecordings(a, b, { tolerances: { "ship.x": 0.25 } });
 * assert.ok(tolerant.equal);
 * assert.deepEqual([tolerant.drift[0].count, tolerant.drift[0].growing], [40, false]);
 * ```
 */
export async function diffRecordings(
  a: RecordingReader,
  b: RecordingReader,
  options: DiffOptions = {},
): Promise<RecordingDiff> {
  const { selection = {}, by = "frame", tolerances = {}, onFrame = () => {} } = options;
  const timeToleranceMs = options.timeToleranceMs ?? (by === "time" ? halfInterval(a, b) : 0);
  if (!(timeToleranceMs >= 0)) {
    throw new RangeError(`Time tolerance is ${timeToleranceMs}, expected milliseconds from 0 on`);
  }
  const isByTime = by === "time";
  const parts = isByTime
    ? await partsByTime(a, b, selection, timeToleranceMs)
    : partsByFrame(a, b, selection);
  assertTolerances(tolerances, [parts.a.schema, parts.b.schema]);
  const first = new FirstDifferences();
  const hasIds = selection.ids !== undefined;
  const states = new StateComparison(parts, { tolerances, hasIds }, first);
  const events = new EventComparison(timeToleranceMs, first);
  const comparesFrames = selection.events !== "only";
  const walkOptions = { isByTime, timeToleranceMs, comparesFrames, onFrame };
  const walk = new DiffWalk(parts, walkOptions, { first, states, events });
  await walk.run();
  return diffResult(parts, walk, { by, tolerances, timeToleranceMs, selection });
}

/** Half of the time between two frames in milliseconds, of the recording where that is shorter. */
function halfInterval(a: RecordingReader, b: RecordingReader): number {
  const rateHz = Math.max(a.rateHz ?? 0, b.rateHz ?? 0);
  return rateHz > 0 ? 500 / rateHz : 0;
}
