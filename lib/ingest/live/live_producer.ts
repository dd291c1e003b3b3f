import type { InputSyntaxError } from "../input/input_error.ts";

/** Whoever sends lines: a connection, or the address that datagrams come from. */
export interface LivePeer {
  /** Name for messages, such as `127.0.0.1:53120`. */
  readonly name: string;
  /** True when lines come in the order in which they were sent. */
  readonly isOrdered: boolean;
  /** Tells it what is wrong with what it sends. */
  tell(error: InputSyntaxError): void;
}

/** What a connection does with its producer. */
export interface LiveProducer {
  /**
   * Takes bytes, which must not change from then on.
   *
   * @param nowMs time of a clock that never goes back
   * @returns milliseconds for which it has to wait before it sends on, as it sent too many rows
   */
  push(bytes: Uint8Array, nowMs: number): number;
  /** Says that a message has ended, and its last line with it. */
  endMessage(nowMs: number): void;
  /** Says that the producer is gone; half a line is dropped. */
  end(nowMs: number): void;
}

/** What came, and what became of it. */
export interface LiveCounts {
  /** Producers that are there. */
  readonly producers: number;
  /** Lines that were refused, of which every producer was told. */
  readonly bad: number;
  /** Rows of frames that were over. */
  readonly late: number;
  /** Datagrams that never came, came twice, or came late; frames that never came. */
  readonly gaps: number;
  /** Bytes that came. */
  readonly bytes: number;
}
