import type { RunOptions } from "./run_options.ts";

/**
 * At which recorded frames packets are due: every so many, or those that lie nearest to the beats of
 * a rate, which the first frame begins.
 */
export class SendClock {
  readonly #everyFrames: number;
  readonly #rateHz: number | undefined;
  #frames = 0;
  #startUs = 0;
  #previousUs = 0;
  #beat = 0;

  /** Clock of a run that has not begun. */
  constructor({ sendEveryFrames, sendRateHz }: Pick<RunOptions, "sendEveryFrames" | "sendRateHz">) {
    this.#everyFrames = sendEveryFrames;
    this.#rateHz = sendRateHz;
  }

  /** True when packets are due at the next recorded frame, whose time must not go back. */
  isDue(nowUs: number): boolean {
    const frame = this.#frames++;
    if (this.#rateHz === undefined) return frame % this.#everyFrames === 0;
    if (frame === 0) this.#startUs = this.#previousUs = nowUs;
    const nearUs = nowUs - this.#startUs + (nowUs - this.#previousUs) / 2;
    this.#previousUs = nowUs;
    const beat = Math.floor((nearUs * this.#rateHz) / 1e6);
    if (frame > 0 && beat <= this.#beat) return false;
    this.#beat = beat;
    return true;
  }
}
