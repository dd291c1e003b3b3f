import type { RunOptions } from "./run_options.ts";

/**
 * At which recorded frames packets are due: every so many, or those that lie nearest to the beats of
 * a rate. The first frame begins the beats and is one itself; of two frames that are equally near
 * the earlier is meant, and beats that share a frame are one packet.
 */
export class SendClock {
  readonly #everyFrames: number;
  readonly #rateHz: number | undefined;
  #frames = 0;
  #startUs = 0;
  /** Last beat that a packet was sent for, and the time of the newest frame. */
  #beat = -1;
  #lastUs = NaN;

  /** Clock of a run that has not begun. */
  constructor({ sendEveryFrames, sendRateHz }: Pick<RunOptions, "sendEveryFrames" | "sendRateHz">) {
    this.#everyFrames = sendEveryFrames;
    this.#rateHz = sendRateHz;
  }

  /**
   * True when packets are due at the next recorded frame; times must not go back.
   *
   * @param nextUs time of the first frame after it at another time; where there is none, or nobody
   *   knows it, only beats up to this frame are its own
   */
  isDue(nowUs: number, nextUs: number = nowUs): boolean {
    const frame = this.#frames++;
    if (this.#rateHz === undefined) return frame % this.#everyFrames === 0;
    if (frame === 0) this.#startUs = nowUs;
    // All beats that this time is nearest to are those of its first frame.
    const isFirst = nowUs !== this.#lastUs;
    this.#lastUs = nowUs;
    if (!isFirst) return false;
    const middleUs = (nowUs - this.#startUs + (nextUs - this.#startUs)) / 2;
    const beat = Math.floor((middleUs * this.#rateHz) / 1e6);
    if (beat <= this.#beat) return false;
    this.#beat = beat;
    return true;
  }
}
