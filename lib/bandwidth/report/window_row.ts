/** One row of `--csv` and `--parquet`: a run's bytes to one consumer in one complete second. */
export interface WindowRow {
  /** Name of the run. */
  readonly run: string;
  /** Policy. */
  readonly ack: string;
  /** Codec. */
  readonly codec: string;
  /** Network, as it was given. */
  readonly net: string;
  /** Seed of the run. */
  readonly seed: number;
  /** Whole seconds since the first frame. */
  readonly second: number;
  /** Index of the consumer. */
  readonly consumer: number;
  /** Payload and all headers. */
  readonly wireBytes: number;
  /** The same as kilobits per second, three decimals. */
  readonly kbps: number;
}

/** Told of every row, in order of the second; runs take turns, consumers ascend in each. */
export type OnWindowRow = (row: WindowRow) => void;
