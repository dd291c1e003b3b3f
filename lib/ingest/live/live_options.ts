import type { InputSyntaxError } from "../input/input_error.ts";

/** Bounds of what producers may send. */
export interface LiveLimits {
  /** Bytes of a line. */
  readonly lineBytes: number;
  /** Lines that a producer may send in a second. */
  readonly linesPerSecond: number;
  /** Bytes that wait for the reading before producers are to wait. */
  readonly waitingBytes: number;
  /** Bytes of frames that are still coming, before the first of them is closed. */
  readonly heldBytes: number;
}

/** How lines of producers are joined; keys and restarts as in `ReadStatesOptions`. */
export interface LiveLinesOptions {
  /** Key of the frame index; `f` when left out. */
  readonly frameKey?: string | undefined;
  /** Key of the time; `t` when left out. */
  readonly timeKey?: string | undefined;
  /** Key of the entity's id; `id` when left out. */
  readonly idKey?: string | undefined;
  /** Key that makes a line an event; `ev` when left out. */
  readonly eventKey?: string | undefined;
  /** Bits of a frame counter that wraps; none when left out. */
  readonly frameBits?: 8 | 16 | undefined;
  /** What frames that start again are: late (`stop`, when left out), or a new session. */
  readonly onRestart?: "stop" | "split" | undefined;
  /** True when frames without a row are quiet and not missing. */
  readonly sparse?: boolean | undefined;
  /** Time for which a frame waits for its rows, and a reading for more, in milliseconds. */
  readonly flushMs: number;
  /** Bounds of what producers may send. */
  readonly limits: LiveLimits;
  /** Told of every line that is refused, with its place at its producer. */
  readonly onBadLine: (error: InputSyntaxError) => void;
  /** Called when producers may send again. */
  readonly onRoom?: () => void;
}
