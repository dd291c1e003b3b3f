import type { FrameHead } from "../../../lib/ingest.ts";
import type { TimeOrSize } from "../../quantities.ts";

/**
 * When the next file begins: before the frame that is later than the file's first by so much, or
 * that comes when so many bytes are written. Of live input, whose times may stand still, also before
 * the frame that comes so much later by the clock.
 */
export class Rotation {
  readonly #limits: TimeOrSize;
  readonly #isLive: boolean;
  readonly #nowMs: () => number;
  #first: { readonly timeMs: number; readonly clockMs: number } | undefined;
  #last: FrameHead | undefined;

  /** Rotation before the first frame of the first file. @param nowMs a clock */
  constructor(
    limits: TimeOrSize,
    isLive: boolean,
    nowMs: () => number = () => performance.now(),
  ) {
    this.#limits = limits;
    this.#isLive = isLive;
    this.#nowMs = nowMs;
  }

  /** Newest frame of the file; undefined before its first. */
  get last(): FrameHead | undefined {
    return this.#last;
  }

  /** True when a frame is the first of another file. @param bytes bytes of this one so far */
  isDue({ timeMs }: FrameHead, bytes: number): boolean {
    const first = this.#first;
    if (first === undefined) return false;
    const { timeMs: spanMs = Infinity, bytes: size = Infinity } = this.#limits;
    if (timeMs - first.timeMs >= spanMs || bytes >= size) return true;
    return this.#isLive && this.#nowMs() - first.clockMs >= spanMs;
  }

  /** Counts a frame of the file. */
  add({ frame, timeMs }: FrameHead): void {
    this.#first ??= { timeMs, clockMs: this.#nowMs() };
    this.#last = { frame, timeMs };
  }

  /** Begins another file. */
  startFile(): void {
    this.#first = undefined;
    this.#last = undefined;
  }
}
