import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { Frame } from "../../core/time/frame.ts";

/**
 * Up to 1 s of a recording, decoded. Its frames come out in any order, fastest in ascending order,
 * and without an allocation.
 */
export interface Block {
  /** Layout of the rows, the one of the whole recording. */
  readonly layout: SnapshotLayout;
  /** Frame at each position, in order. */
  readonly frames: Uint32Array;
  /** Time of each frame in milliseconds. */
  readonly timesMs: Float64Array;
  /** Number of frames. */
  readonly frameCount: number;

  /** Position of a frame in the block, or -1 when the block lacks it. */
  find(frame: Frame): number;

  /**
   * Fills a snapshot with the states of a frame.
   *
   * @param position place of the frame in the block, 0 to `frameCount - 1`
   * @param into snapshot of the same layout; what it held is overwritten
   * @returns `into`
   * @throws {RangeError} for another position or another layout
   */
  read(position: number, into: Snapshot): Snapshot;
}
