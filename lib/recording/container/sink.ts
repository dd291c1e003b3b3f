/** Where a recording is written to: a file, a stream, memory. */
export interface RecordingSink {
  /**
   * Appends bytes. The writer waits for a returned promise before it hands over more, and passes
   * on an error.
   */
  write(bytes: Uint8Array): void | Promise<void>;
  /** Makes what was written durable, where that means something. */
  sync?(): void | Promise<void>;
}

/** Where a recording is read from: bytes in any order. */
export interface RecordingSource {
  /** Name for error messages, such as the path. */
  readonly name?: string;
  /** Number of bytes. */
  readonly size: number;
  /**
   * Reads bytes.
   *
   * @param offset first byte, 0 to `size`
   * @param length number of bytes; fewer come back only when the source ends
   */
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array>;
}
