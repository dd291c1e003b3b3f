import { EMPTY_SECONDS_MAX } from "../seconds/run_seconds.ts";
import { Distribution } from "./distribution.ts";

/** Length of a window. */
export const WINDOW_US = 1_000_000;

/** Windows of a stretch without recorded frames that are kept, of those that lie wholly in it. */
export const EMPTY_WINDOWS_MAX: number = EMPTY_SECONDS_MAX;

/** What all consumers together met in one window. */
export interface WindowTotals {
  /** Windows before it since the first packet, those that are left out included. */
  readonly second: number;
  /** First frame sent in it; the last one before it when none was. */
  frame: number;
  /** Bytes on the wire to all consumers. */
  wireBytes: number;
  /** Keyframes sent. */
  keyframes: number;
  /** Packets that will not arrive. */
  losses: number;
  /** Sum over applied packets of the fields that were wrong after them. */
  wrongFields: number;
  /** Sum over the consumers of the time in it for which each was connected. */
  connectedUs: number;
}

/**
 * Told of one consumer's bytes in one complete window in some part of which it was connected;
 * `seconds` is its length: 1, or less when the whole recording is shorter.
 */
export type OnWindow = (
  second: number,
  consumer: number,
  wireBytes: number,
  seconds: number,
) => void;

/**
 * Bytes on the wire per consumer and window of one second, counted from the first packet. Of a
 * stretch without recorded frames the windows beyond {@linkcode EMPTY_WINDOWS_MAX} are left out, so
 * that time and memory grow with the frames and not with the time between them.
 */
export class RateWindows {
  /** Kilobits per second of every consumer in every complete window for which it was connected. */
  readonly kbps: Distribution = new Distribution();
  /** Windows that are left out. */
  leftOut: number = 0;
  /** Totals over all consumers, one element per window begun. */
  readonly series: WindowTotals[] = [];
  readonly #bytes: Float64Array;
  readonly #onWindow: OnWindow | undefined;
  /** By consumer, since when it is connected; Infinity while it is not. */
  readonly #sinceUs: Float64Array;
  /** By consumer, 1 when it was connected in some part of the window at hand. */
  readonly #isMet: Uint8Array;
  #connected = 0;
  /** Up to when the time of the connected is counted. */
  #countedUs = 0;
  #startUs = 0;
  #nowUs = 0;
  #nowFrame = 0;
  /** Windows when a frame was sent last. */
  #windowsSent = 0;
  #isStarted = false;
  /** Time of the newest recorded frame; NaN before the first. */
  #framedUs = NaN;
  /** Ends of long stretches without frames that are ahead, in pairs, ascending. */
  #gapsUs: number[] = [];

  /** No window yet; `onWindow` is called once per consumer and complete window. */
  constructor(consumers: number, onWindow?: OnWindow) {
    this.#bytes = new Float64Array(consumers);
    this.#sinceUs = new Float64Array(consumers).fill(Infinity);
    this.#isMet = new Uint8Array(consumers);
    this.#onWindow = onWindow;
  }

  /** Totals of the window of a time, which must not go back by more than what is on its way. */
  at(timeUs: number): WindowTotals {
    const index = Math.max(0, this.#secondAt(timeUs));
    let place = Math.min(index, this.series.length - 1);
    if (this.leftOut > 0) {
      while (place > 0 && this.series[place]!.second > index) place--;
    }
    return this.series[place]!;
  }

  /** Notes a recorded frame; times must not go back. Call it before what happens at the frame. */
  frame(nowUs: number): void {
    if (nowUs - this.#framedUs > EMPTY_WINDOWS_MAX * WINDOW_US) {
      this.#gapsUs.push(this.#framedUs, nowUs);
    }
    this.#framedUs = nowUs;
  }

  /** A consumer is there from now on. */
  join(consumer: number, nowUs: number): void {
    this.reach(nowUs);
    this.#sinceUs[consumer] = nowUs;
    this.#isMet[consumer] = 1;
    this.#connected++;
  }

  /** A consumer that is there is gone from now on. */
  leave(consumer: number, nowUs: number): void {
    this.reach(nowUs);
    this.#sinceUs[consumer] = Infinity;
    if (nowUs === this.#windowStartUs) this.#isMet[consumer] = 0;
    this.#connected--;
  }

  /** Moves on to the time of a frame and closes the windows before it; returns its own. */
  advance(nowUs: number, frame: number): WindowTotals {
    if (!this.#isStarted) {
      this.#isStarted = true;
      this.#startUs = this.#countedUs = nowUs;
      this.#gapsUs.length = 0;
      for (const [consumer, sinceUs] of this.#sinceUs.entries()) {
        this.#isMet[consumer] = Number(sinceUs < Infinity);
      }
      this.#open(frame, 0);
    }
    this.reach(nowUs);
    this.#nowFrame = frame;
    const windows = this.series.length;
    const window = this.series[windows - 1]!;
    if (windows !== this.#windowsSent) window.frame = frame;
    this.#windowsSent = windows;
    return window;
  }

  /** Moves on to a time at which nothing was sent yet; before the first packet no window begins. */
  reach(nowUs: number): void {
    if (!this.#isStarted) return;
    const gaps = this.#gapsUs;
    if (gaps.length > 0) {
      for (let i = 0; i < gaps.length; i += 2) this.#cross(gaps[i]!, gaps[i + 1]!);
      gaps.length = 0;
    }
    this.#openUpTo(this.#secondAt(nowUs));
    this.#count(nowUs);
    this.#nowUs = nowUs;
  }

  /** Counts bytes to a consumer at the time of the last advance; the totals are the caller's. */
  add(consumer: number, wireBytes: number): void {
    this.#bytes[consumer]! += wireBytes;
  }

  /**
   * Closes the last window when it is complete, or when it is the only one. Who is there stays until
   * its end.
   *
   * @param frameUs typical time between two frames, by which the last frame extends the recording
   * @returns time that the windows cover
   */
  finish(frameUs: number): number {
    if (!this.#isStarted) return 0;
    const endUs = this.#nowUs + frameUs;
    const share = Math.min(1, Math.max(0, (endUs - this.#windowStartUs) / WINDOW_US));
    this.#count(this.#windowStartUs + WINDOW_US);
    if (share > 0.999) this.#close(1);
    else if (this.series.length === 1) this.#close(share > 0 ? share : 1);
    return endUs - this.#startUs;
  }

  /** Start of the window at hand. */
  get #windowStartUs(): number {
    return this.#startUs + (this.series.at(-1)?.second ?? -1) * WINDOW_US;
  }

  #secondAt(timeUs: number): number {
    return Math.floor((timeUs - this.#startUs) / WINDOW_US);
  }

  /** Goes through a stretch without frames, and leaves out what is beyond the windows kept of it. */
  #cross(fromUs: number, toUs: number): void {
    this.#openUpTo(this.#secondAt(fromUs));
    const kept = this.series.at(-1)!.second + EMPTY_WINDOWS_MAX;
    const to = this.#secondAt(toUs);
    if (to - 1 <= kept) return;
    this.#openUpTo(kept);
    this.leftOut += to - 1 - kept;
    this.#close(1);
    this.#countedUs = this.#startUs + to * WINDOW_US;
    this.#open(this.#nowFrame, to);
  }

  #openUpTo(second: number): void {
    for (let left = second - this.series.at(-1)!.second; left > 0; left--) {
      this.#close(1);
      this.#open(this.#nowFrame, this.series.at(-1)!.second + 1);
    }
  }

  #count(timeUs: number): void {
    this.series.at(-1)!.connectedUs += this.#connected * (timeUs - this.#countedUs);
    this.#countedUs = timeUs;
  }

  #open(frame: number, second: number): void {
    const none = { wireBytes: 0, keyframes: 0, losses: 0, wrongFields: 0, connectedUs: 0 };
    this.series.push({ second, frame, ...none });
  }

  #close(seconds: number): void {
    const { second } = this.series.at(-1)!;
    const startUs = this.#windowStartUs;
    this.#count(startUs + WINDOW_US);
    for (let consumer = 0; consumer < this.#bytes.length; consumer++) {
      if (this.#isMet[consumer] === 0) continue;
      const bytes = this.#bytes[consumer]!;
      const sinceUs = this.#sinceUs[consumer]!;
      if (sinceUs <= startUs) this.kbps.add((bytes * 8) / 1000 / seconds);
      this.#onWindow?.(second, consumer, bytes, seconds);
      if (sinceUs === Infinity) this.#isMet[consumer] = 0;
    }
    this.#bytes.fill(0);
  }
}
