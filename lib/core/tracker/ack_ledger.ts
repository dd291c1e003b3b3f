import { type Frame, frameDistance, isNewer } from "../time/frame.ts";
import { FrameQueue } from "../time/frame_queue.ts";

/** What an ack says of a packet: applied, passed by, or too old for its bits. */
export type Fate = "applied" | "lost" | "unknown";

/**
 * What one end of a stream remembers of its frames, each with what stands for it: the sending end of
 * those that it sent and that no ack has settled, the receiving end of those that it applied and
 * that a baseline may still be. Correct across 2^32.
 *
 * @internal
 */
export class AckLedger<T> extends FrameQueue<T> {
  /** True once a frame was noted in this epoch. */
  hasNewest: boolean = false;
  /** Frame that was noted last in this epoch. */
  newest: Frame = 0;
  /** Number of resets so far; acks carry it so that those from before a reset are dead. */
  epoch: number = 0;
  /** Sending end: true once an ack was taken in this epoch. */
  hasAck: boolean = false;
  /** Sending end: newest frame that was acked in this epoch. */
  ackedFrame: Frame = 0;
  /** Receiving end: bit n set when frame `newest - 1 - n` was noted, the second half of an ack. */
  appliedBits: number = 0;
  /** Newest frame of earlier epochs; undefined once all that are here are newer. */
  #lastEpochFrame: Frame | undefined;
  /** How many of the oldest frames have lost what stood for them. */
  #emptyCount = 0;

  /** True when a frame may be noted: it is newer than all others of this epoch. */
  isNews(frame: Frame): boolean {
    return !this.hasNewest || isNewer(frame, this.newest);
  }

  /** Receiving end: notes a frame that was applied, which must be news. */
  noteApplied(frame: Frame, item: T): void {
    if (this.hasNewest) {
      const ahead = frameDistance(frame, this.newest);
      const shifted = ahead > 31 ? 0 : this.appliedBits << ahead;
      this.appliedBits = ahead > 32 ? 0 : shifted | (1 << (ahead - 1));
    }
    this.note(frame, item);
  }

  /** Notes a frame, which must be news. */
  note(frame: Frame, item: T | undefined): void {
    this.hasNewest = true;
    this.newest = frame;
    this.push(frame, item);
    if (this.#lastEpochFrame !== undefined && isNewer(this.frameAt(0), this.#lastEpochFrame)) {
      this.#lastEpochFrame = undefined;
    }
  }

  /**
   * Notes an ack; false when it changes nothing: of a frame that is not here, from another epoch
   * (without an epoch, of a frame that an earlier one may have sent as well), or not the newest.
   */
  noteAck(frame: Frame, epoch: number | undefined): boolean {
    if (this.indexOf(frame) < 0) return false;
    const isOfEpoch = epoch === undefined
      ? this.#lastEpochFrame === undefined || isNewer(frame, this.#lastEpochFrame)
      : epoch === this.epoch;
    if (!isOfEpoch || (this.hasAck && !isNewer(frame, this.ackedFrame))) return false;
    this.hasAck = true;
    this.ackedFrame = frame;
    return true;
  }

  /** What became of the oldest frame, by the ack that was noted last; undefined when it is newer. */
  oldestFate(appliedBits: number): Fate | undefined {
    if (this.count === 0) return undefined;
    const back = frameDistance(this.ackedFrame, this.frameAt(0));
    if (back <= 0) return back === 0 ? "applied" : undefined;
    if (back > 32) return "unknown";
    return ((appliedBits >>> (back - 1)) & 1) === 1 ? "applied" : "lost";
  }

  /** What stands for a frame among the last `frames` up to the newest; undefined when nothing does. */
  get(frame: Frame, frames: number): T | undefined {
    if (!this.hasNewest || frameDistance(this.newest, frame) >= frames) return undefined;
    const index = this.indexOf(frame);
    return index < 0 ? undefined : this.itemAt(index);
  }

  /** True when the oldest frame is that many frames or more before another. */
  isOldestBefore(frame: Frame, frames: number): boolean {
    return this.count > 0 && frameDistance(frame, this.frameAt(0)) >= frames;
  }

  /** The same of the oldest frame for which something stands. */
  isOldestKeptBefore(frame: Frame, frames: number): boolean {
    const index = this.#emptyCount;
    return index < this.count && frameDistance(frame, this.frameAt(index)) >= frames;
  }

  /** Takes away what stands for that frame, which stays. */
  takeOldest(): T | undefined {
    return this.take(this.#emptyCount++);
  }

  /** Takes out the oldest frame. */
  override shift(): T | undefined {
    if (this.#emptyCount > 0) this.#emptyCount--;
    return super.shift();
  }

  /** Starts a new epoch, in which nothing is noted or acked; the frames have to be taken out. */
  reset(): void {
    this.epoch = (this.epoch + 1) >>> 0;
    const last = this.#lastEpochFrame;
    if (this.hasNewest && (last === undefined || isNewer(this.newest, last))) {
      this.#lastEpochFrame = this.newest;
    }
    this.hasNewest = this.hasAck = false;
    this.appliedBits = 0;
  }
}
