import type { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { SnapshotFormer } from "./frames/snapshot_former.ts";
import { framesOf, type FrameSource } from "./frame_source.ts";
import type { ByteSource } from "./input/byte_source.ts";
import { openFrames } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

/**
 * Reads a state stream as `readStates` does, into snapshots of a layout: the same frames, in less
 * time. A snapshot is used again a few frames later, so it is valid until the next is asked for.
 *
 * @param input bytes; a stream is cancelled when the iteration ends early
 * @param layout holds all values that come, as that of an inferred schema does
 * @param options as for `readStates`, but for lines that are skipped, whose losses are not told
 * @returns frames in ascending order
 * @throws {RangeError} at once for options that make no sense, or a schema that cannot be used
 * @throws {InputSyntaxError} while iterating, for input that is refused
 * @throws {UnheldFrameError} while iterating, for a frame that the layout does not hold
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readSnapshots } from "@hindcast/hindcast/ingest";
 * import { SnapshotLayout } from "@hindcast/hindcast/world";
 *
 * const layout = new SnapshotLayout({
 *   kinds: [{ name: "entity", fields: [{ name: "x", type: "f32" }] }],
 * });
 * const input = new Blob(['{"f":0,"t":0,"id":3,"x":1.5}\n{"f":1,"t":16,"id":3,"x":2}\n']).stream();
 * const xs: unknown[] = [];
 * for await (const snapshot of readSnapshots(input, layout)) {
 *   xs.push(snapshot.entity(0).fields.x);
 * }
 * assert.deepEqual(xs, [1.5, 2]);
 * ```
 */
export function readSnapshots(
  input: ByteSource,
  layout: SnapshotLayout,
  options: ReadStatesOptions = {},
): AsyncGenerator<Snapshot, void, void> {
  return framesOf(openSnapshots(input, layout, options));
}

/**
 * As {@linkcode readSnapshots}, without a wait for each snapshot.
 *
 * @param input bytes; a stream is cancelled when the source is closed early
 * @throws {RangeError} at once for options that make no sense, or a schema that cannot be used
 */
export function openSnapshots(
  input: ByteSource,
  layout: SnapshotLayout,
  options: ReadStatesOptions = {},
): FrameSource<Snapshot> {
  return openFrames(input, options, new SnapshotFormer(layout));
}
