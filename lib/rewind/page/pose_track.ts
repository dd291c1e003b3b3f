/** Poses of an entity over consecutive frames of a page: the first value, then differences. */
export interface PoseTrack {
  /** Entity. */
  readonly id: number;
  /** Index into the hit model's kinds. */
  readonly kind: number;
  /** Position of its first frame in the page's frames. */
  readonly start: number;
  /** Positions in steps of the page's quantum. */
  readonly x: number[];
  /** See `x`. */
  readonly y: number[];
  /** See `x`. */
  readonly z: number[];
  /** Yaw in tenths of a degree; undefined when it never leaves 0. */
  readonly yaw?: number[];
  /** Quaternion x, y, z, w in ten-thousandths; undefined without one, or when it never turns. */
  readonly rotation?: number[][];
  /** First frame, relative to `start`, of each change between alive and dead; alive at first. */
  readonly flips: number[];
  /** Frames, relative to `start`, whose pose stands until the next one; undefined without. */
  readonly jumps?: number[];
  /**
   * Shapes that depend on the target: a frame, relative to `start`, then the index of the list that
   * holds from there on, and so on; undefined for a kind whose shapes never change.
   */
  readonly shapes?: number[];
}

/** Poses around shots, rounded for a page. */
export interface PoseTracks {
  /** Units a step of a position. */
  readonly quantum: number;
  /** Frames, ascending. */
  readonly frames: readonly number[];
  /** Their times in milliseconds. */
  readonly timesMs: readonly number[];
  /** Tracks by entity. */
  readonly tracks: readonly PoseTrack[];
}
