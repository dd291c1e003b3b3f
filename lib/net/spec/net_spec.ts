import type { LinkSpec } from "../link/link_spec.ts";

/** A network between server and consumer, as plain data; {@linkcode parseNetSpec} makes it. */
export interface NetSpec {
  /** What the user called it: the text that was read, or the name in a scenario file. */
  readonly name: string;
  /** From consumer to server. */
  readonly up: LinkSpec;
  /** From server to consumer. */
  readonly down: LinkSpec;
  /** An ack is usable exactly so many frames after its frame; the links are then perfect. */
  readonly ackLagFrames?: number;
}

/** Gives the text of a file; what it throws goes through to the caller. */
export type ReadText = (path: string) => string;

/** Frames that `acklag` may take. */
export const ACK_LAG_FRAMES_MAX = 100_000;
