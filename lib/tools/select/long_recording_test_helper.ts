import process from "node:process";
import { dice } from "../../core/state/random_world_test_helper.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { MemorySink } from "../../recording/container/memory_file.ts";
import { collectGarbage } from "../../recording/long_stream_test_helper.ts";
import { openBytes } from "../../recording/memory_recording_test_helper.ts";
import type { RecordingReader } from "../../recording/recording_reader.ts";
import { RecordingWriter } from "../../recording/recording_writer.ts";
import { packerOf } from "../../core/state/row_packer.ts";

/** Frames of a {@linkcode longRecording}. */
export const LONG_FRAMES = 1600;
/** Entities of each of its frames. */
export const LONG_ENTITIES = 100;

const LAYOUT = new SnapshotLayout({
  kinds: [{ name: "ship", fields: [{ name: "x", type: "i32" }, { name: "y", type: "i32" }] }],
});

/**
 * A recording in which everything moves, with an event a frame: 27 blocks of 100 kB of rows.
 *
 * @param idOf id of the i-th entity of a frame; ids ascend
 */
export async function longRecording(
  seed: number,
  idOf: (i: number, frame: number) => number,
): Promise<RecordingReader> {
  const roll = dice(seed);
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, { level: 1, rateHz: 60 });
  const snapshot = new Snapshot(LAYOUT);
  for (let frame = 0; frame < LONG_FRAMES; frame++) {
    snapshot.clear(frame, (frame * 1000) / 60);
    for (let i = 0; i < LONG_ENTITIES; i++) {
      const row = snapshot.add(idOf(i, frame), 0);
      packerOf(LAYOUT.kinds[0]!).set(snapshot.words, row, 0, roll(1 << 20));
    }
    await writer.writeSnapshot(snapshot);
    await writer.writeEvent({ frame, timeMs: undefined, name: "hit", data: { n: roll(1 << 20) } });
  }
  await writer.close();
  return await openBytes(sink.bytes());
}

/** Memory in use, looked at four times a recording while two are walked. */
export class UsedMemory {
  /** Heap and external memory after a collection each time, in bytes. */
  readonly bytes: number[] = [];
  #frames = 0;

  /** Counts a frame of either recording; bound to its looks. */
  readonly onFrame = (): void => {
    if (++this.#frames % (LONG_FRAMES / 4) !== 0) return;
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    this.bytes.push(heapUsed + external);
  };

  /** The least of the first quarters but one, and of the last. */
  get ends(): { readonly early: number; readonly late: number } {
    return {
      early: Math.min(...this.bytes.slice(1, 4)),
      late: Math.min(...this.bytes.slice(-3)),
    };
  }
}
