import type { Selection } from "../select/selection.ts";

/** How two recordings are compared. */
export interface DiffOptions {
  /**
   * What of them is compared; all of it when left out. A kind or field that one recording lacks is a
   * difference. With `by: "time"` its frames are those of the first recording.
   */
  readonly selection?: Selection | undefined;
  /**
   * Which frames are pairs: those of one number (the default), or the nearest in `time`, where two
   * recordings count their frames from different origins.
   */
  readonly by?: "frame" | "time" | undefined;
  /**
   * Largest |difference| of numbers that is no difference, by field: `x`, `player.x` of one kind, or
   * `*` for all; the more specific one counts.
   */
  readonly tolerances?: Readonly<Record<string, number>> | undefined;
  /**
   * How far in milliseconds times may be apart: 0 when left out, and with `by: "time"`, where it
   * decides which frames are pairs, half a frame interval.
   */
  readonly timeToleranceMs?: number | undefined;
  /** Called after each frame of either recording. */
  readonly onFrame?: (() => void) | undefined;
}
