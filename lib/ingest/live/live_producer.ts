import type { InputSyntaxError } from "../input/input_error.ts";

/** Whoever sends lines: a connection, or the address that datagrams come from. */
export interface LivePeer {
  /** Name for messages, such as `tcp 127.0.0.1:53120`. */
  readonly name: string;
  /** True when what it sends comes whole and in order; false for datagrams. */
  readonly isOrdered: boolean;
  /** Tells it what is wrong with what it sends. */
  tell(error: InputSyntaxError): void;
}

/** What a connection does with its producer; times are those of a clock that never goes back. */
export interface LiveProducer {
  /**
   * Takes bytes, which must not change from then on.
   *
   * @returns milliseconds for which it has to wait before it sends on, as it sent too many lines
   */
  push(bytes: Uint8Array, nowMs: number): number;
  /** Says that a message has ended, and its last line with it. */
  endMessage(): void;
  /**
   * Takes a datagram, which is one or more whole lines. A line may carry `seq`, which is counted,
   * and the first one `token`; neither is recorded.
   */
  datagram(bytes: Uint8Array, nowMs: number): void;
  /**
   * Says that the producer is gone; half a line is dropped, and told as a line that is refused.
   *
   * @param isCut true when it went amid a message of which nothing was handed over
   */
  end(nowMs: number, isCut?: boolean): void;
}

/** What came, and what became of it. */
export interface LiveCounts {
  /** Producers that are there. */
  readonly producers: number;
  /** Bytes that came. */
  readonly bytes: number;
  /** Lines that were refused. */
  readonly bad: number;
  /** Lines of frames that were over, and events of producers that start again. */
  readonly late: number;
  /** Lines of datagrams that were more than may come in a second. */
  readonly dropped: number;
  /** Numbers of `seq` that never came. */
  readonly gaps: number;
  /** Datagrams that came twice, by their `seq`; one of each is recorded. */
  readonly duplicates: number;
  /** Lines of later frames, or behind the last, that came once the end was asked for. */
  readonly afterStop: number;
  /** Frames that never came of producers of datagrams without `seq`. */
  readonly frameGaps: number;
}
