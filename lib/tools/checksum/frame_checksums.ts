import { walkToEntity } from "../../core/state/sorted_ids.ts";
import type { EntityState } from "../../core/state/state.ts";
import type { RecordingPart } from "../select/recording_part.ts";
import { Checksum } from "./checksum.ts";
import { IdChecksums } from "./id_checksums.ts";
import { StateChecksums } from "./state_checksums.ts";

/** Checksum of all states at a frame. */
export interface FrameChecksum {
  /** Frame. */
  readonly frame: number;
  /** Sixteen hexadecimal digits. */
  readonly checksum: string;
}

/**
 * One checksum for each frame of a part of a recording. It covers entities, kinds, fields and
 * values, whatever types they were stored in, and neither frame, time nor events: two machines that
 * simulate the same have the same ones. A frame's checksum is that of its entities: of each the id,
 * then the two words of the checksum of its state. Ids that are unsigned 32-bit integers come first,
 * ascending, as a word each; then all others by their texts' code units, as the two words of the
 * checksum of the text.
 *
 * @throws {RecordingSyntaxError} while iterating, when a block is damaged
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, MemorySource } from "@hindcast/hindcast/recording";
 * import { frameChecksums, RecordingPart } from "@hindcast/hindcast/recording";
 * import { RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * async function checksums(x: number) {
 *   const sink = new MemorySink();
 *   const writer = await RecordingWriter.open(sink);
 *   const entities = [{ id: 3, kind: "ship", fields: { x } }];
 *   await writer.write({ frame: 0, timeMs: 0, entities });
 *   await writer.close();
 *   const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
 *   return await Array.fromAsync(frameChecksums(RecordingPart.of(reader)));
 * }
 * assert.deepEqual(await checksums(1), await checksums(1));
 * assert.notDeepEqual(await checksums(1), await checksums(1.5));
 * ```
 */
export async function* frameChecksums(
  part: RecordingPart,
): AsyncGenerator<FrameChecksum, void, void> {
  const states = new StateChecksums();
  const ids = new IdChecksums(part.reader.names);
  let before: readonly EntityState[] = [];
  let sums: readonly Checksum[] = [];
  for await (const { frame: { frame, entities } } of part.frames()) {
    let b = 0;
    const own = entities.map((state) => {
      b = walkToEntity(before, b, state.id);
      // A state that did not change is the same object.
      return before[b] === state ? sums[b]! : states.of(state);
    });
    const sum = new Checksum();
    for (const i of ids.order(entities)) {
      ids.add(entities[i]!.id, sum);
      sum.add(own[i]!);
    }
    sums = own;
    before = entities;
    yield { frame, checksum: sum.toString() };
  }
}
