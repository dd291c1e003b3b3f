import type { FramePiece, OpenFrame } from "./frame_joiner.ts";
import type { LineKeys } from "./line_heads.ts";

/** What joining knows of a producer. */
export interface JoinedProducer {
  readonly isOrdered: boolean;
  /** Newest frame that it sent a row of; undefined before the first. */
  newest: number | undefined;
  /** When its last line came, or it did. */
  lastMs: number;
  /** Time that a row of that frame named; undefined where none did. */
  newestTime: number | undefined;
  /** Session that it sends, counted from 0. */
  session: number;
  /** True while its frames are left out, as they are of another session. */
  isAstray: boolean;
}

/** Takes what comes of joining. */
export interface JoinCalls<P> {
  /** Takes lines in the order in which they are to be read. */
  pass(piece: FramePiece<P>): void;
  /** Told of a row whose frame is over. @param closed last frame that is over */
  late(producer: P, line: number, frame: number, closed: number, isRestart: boolean): void;
  /** Told of an event of a producer whose frames are of another session. */
  astray(producer: P, line: number, closed: number): void;
  /** Told of a line of a frame behind the last one that is taken. */
  afterStop(): void;
  /** Told of the frame of a line that is left out, where it names one. */
  leftOut(producer: P, frame: number): void;
  /** Told of a row whose frame is far ahead of all other producers. @param newest frame of these */
  wild(producer: P, line: number, frame: number, newest: number): void;
  /** Producers that are there. */
  producers(): Iterable<P>;
  /** Told of each frame that has come. */
  frame(frame: OpenFrame<P>): void;
}

/** How lines are joined. */
export interface JoinOptions {
  readonly keys: LineKeys;
  readonly frameBits: 8 | 16 | undefined;
  /** Time for which a frame waits for those who have not sent a later one. */
  readonly flushMs: number;
  /** True when frames that start again are a session of their own. */
  readonly isSplit: boolean;
  /** Bytes that are held at most. */
  readonly heldBytes: number;
}
