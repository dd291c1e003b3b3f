import type { RecordingOptions } from "../recording_options.ts";

/** How a server's recording is written; everything may be left out. */
export interface RecorderOptions extends Omit<RecordingOptions, "offThread" | "level"> {
  /** Level of zstd, 1 (fast) to 22 (small); 3 when left out. On Deno a higher one stalls the loop. */
  readonly level?: number;
  /**
   * Time in milliseconds after which what was recorded is handed to the sink, whether more comes or
   * not: what a killed process loses. 500 when left out; less makes more and smaller blocks.
   */
  readonly flushMs?: number;
  /** True to have the sink make what it has durable after each flush, against a loss of power. */
  readonly fsync?: boolean;
  /** What happens to a file that exists: `refuse`, the default, throws EEXIST, `replace` empties it. */
  readonly existing?: "refuse" | "replace";
  /**
   * Memory in bytes that may wait for the sink, 64 MiB when left out. Frames and events that come
   * while it is full are dropped, and counted in `dropped`.
   */
  readonly queueBytes?: number;
  /** Told once, when the sink has failed: the recording ends there, and the server goes on. */
  readonly onFailure?: (error: Error) => void;
}

/** What a recorder was handed and did not take. */
export interface DroppedCounts {
  /** Frames, which are missing from the recording: it says so, as of any frame that is not there. */
  readonly frames: number;
  /** Events. */
  readonly events: number;
}
