/** Some frames in their order. */
export interface FrameRun {
  /** Frame numbers. */
  readonly frames: ArrayLike<number>;
  /** Their times in milliseconds. */
  readonly timesMs: ArrayLike<number>;
}
