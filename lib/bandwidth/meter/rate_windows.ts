import { Distribution } from "./distribution.ts";

/** Length of a window. */
export const WINDOW_US = 1_000_000;

/** What all consumers together met in one window. */
export interface WindowTotals {
  /** First frame sent in it; the last one before it when none was. */
  readonly frame: number;
  /** Bytes on the wire to all consumers. */
  wireBytes: number;
  /** Keyframes sent. */
  keyframes: number;
  /** Packets that will not arrive. */
  losses: number;
  /** Sum over applied packets of the fields that were wrong after them. */
  wrongFields: number;
}

/**
 * Told of one consumer's bytes in one complete window; `seconds` is its length: 1, or less when the
 * whole recording is shorter.
 */
export type OnWindow = (
  second: number,
  consumer: number,
  wireBytes: number,
  seconds: number,
) => void;

/** Bytes on the wire per consumer and window of one second, counted from the first frame. */
export class RateWindows {
  /** Kilobits per second of every consumer in every complete window. */
  readonly kbps: Distribution = new Distribution();
  /** Totals over all consumers, one element per window begun. */
  readonly series: WindowTotals[] = [];
  readonly #bytes: Float64Array;
  readonly #onWindow: OnWindow | undefined;
  #startUs = 0;
  #nowUs = 0;
  #nowFrame = 0;
  #isStarted = false;

  /** No window yet; `onWindow` is called once per consumer and complete window. */
  constructor(consumers: number, onWindow?: OnWindow) {
    this.#bytes = new Float64Array(consumers);
    this.#onWindow = onWindow;
  }

  /** Totals of the window of a time, which must not go back by more than what is on its way. */
  at(timeUs: number): WindowTotals {
    const index = Math.max(0, Math.floor((timeUs - this.#startUs) / WINDOW_US));
    return this.series[Math.min(index, this.series.length - 1)]!;
  }

  /** Moves on to the time of a frame and closes the windows before it; returns its own. */
  advance(nowUs: number, frame: number): WindowTotals {
    if (!this.#isStarted) {
      this.#isStarted = true;
      this.#startUs = nowUs;
      this.#open(frame);
    }
    const windows = Math.floor((nowUs - this.#startUs) / WINDOW_US) + 1;
    while (this.series.length < windows) {
      this.#close(1);
      this.#open(this.series.length + 1 < windows ? this.#nowFrame : frame);
    }
    this.#nowUs = nowUs;
    this.#nowFrame = frame;
    return this.series[this.series.length - 1]!;
  }

  /** Counts bytes to a consumer at the time of the last advance; the totals are the caller's. */
  add(consumer: number, wireBytes: number): void {
    this.#bytes[consumer]! += wireBytes;
  }

  /**
   * Closes the last window when it is complete, or when it is the only one.
   *
   * @param frameUs typical time between two frames, by which the last frame extends the recording
   * @returns time that the windows cover
   */
  finish(frameUs: number): number {
    if (!this.#isStarted) return 0;
    const endUs = this.#nowUs + frameUs;
    const lastStartUs = this.#startUs + (this.series.length - 1) * WINDOW_US;
    const share = Math.min(1, Math.max(0, (endUs - lastStartUs) / WINDOW_US));
    if (share > 0.999) this.#close(1);
    else if (this.series.length === 1) this.#close(share > 0 ? share : 1);
    return endUs - this.#startUs;
  }

  #open(frame: number): void {
    this.series.push({ frame, wireBytes: 0, keyframes: 0, losses: 0, wrongFields: 0 });
  }

  #close(seconds: number): void {
    const second = this.series.length - 1;
    for (let consumer = 0; consumer < this.#bytes.length; consumer++) {
      const bytes = this.#bytes[consumer]!;
      this.kbps.add((bytes * 8) / 1000 / seconds);
      this.#onWindow?.(second, consumer, bytes, seconds);
    }
    this.#bytes.fill(0);
  }
}
