/**
 * Frames as they are read: those that are at hand at once, the others after a wait.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openStates } from "@hindcast/hindcast/ingest";
 *
 * const input = new Blob(['{"f":0,"t":0,"id":3,"x":1.5}\n{"f":1,"t":16,"id":3,"x":2}\n']).stream();
 * const source = openStates(input);
 * const frames: number[] = [];
 * try {
 *   do {
 *     for (let next = source.next(); next !== undefined; next = source.next()) {
 *       frames.push(next.frame);
 *     }
 *   } while (await source.more());
 * } finally {
 *   await source.close();
 * }
 * assert.deepEqual(frames, [0, 1]);
 * ```
 */
export interface FrameSource<T> {
  /**
   * The next frame.
   *
   * @returns undefined when {@linkcode FrameSource.more} is to be asked first
   */
  next(): T | undefined;
  /** Waits for what follows. @returns false when nothing does */
  more(): Promise<boolean>;
  /** Ends the reading, whether it is over or not. */
  close(): Promise<void>;
}

/** The frames of a source, each after a wait. */
export async function* framesOf<T>(source: FrameSource<T>): AsyncGenerator<T, void, void> {
  try {
    do {
      for (let frame = source.next(); frame !== undefined; frame = source.next()) yield frame;
    } while (await source.more());
  } finally {
    await source.close();
  }
}
