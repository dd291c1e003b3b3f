import type { Frame } from "../../core/time/frame.ts";

/** Where a comparison stands: a frame of one recording, or of both. */
export interface Place {
  /** Order of places: later ones have a higher one. */
  readonly order: number;
  /** Number of the pair of frames; of a frame without a counterpart that of the pair before. */
  readonly pair: number;
  /** Frame, in the first recording if it is in both. */
  readonly frame: Frame;
  /** Frame in the second recording where it has another number there. */
  readonly frameInB: Frame | undefined;
  /** Time in milliseconds, in the first recording if it is in both; null when it is not known. */
  readonly timeMs: number | null;
}
