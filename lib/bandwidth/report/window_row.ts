/** A run's bytes to one consumer in one complete second: a row of the CSV and Parquet of a report. */
export interface WindowRow {
  /** Name of the run. */
  readonly run: string;
  /** Ack policy. */
  readonly ack: string;
  /** Codec. */
  readonly codec: string;
  /** Network, as it was given. */
  readonly net: string;
  /** Seed of the run. */
  readonly seed: number;
  /** Whole seconds since the first packet. */
  readonly second: number;
  /** Index of the consumer. */
  readonly consumer: number;
  /** Payload and all headers. */
  readonly wireBytes: number;
  /** The same as kilobits per second, three decimals. */
  readonly kbps: number;
}

/** Writes rows as a file, in bounded memory. */
export interface WindowRowWriter {
  /** Adds a row. */
  add(row: WindowRow): void;
  /** Writes what is left and the end of the file. Call it once, also without rows. */
  finish(): void;
}
