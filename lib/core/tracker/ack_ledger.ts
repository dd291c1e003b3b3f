import { type Frame, frameDistance, isNewer } from "../time/frame.ts";
import { FrameQueue } from "../time/frame_queue.ts";

/**
 * What the receiving end of a stream remembers of the frames that it applied and that a baseline may
 * still be, each with what stands for it. Correct across 2^32.
 *
 * @internal
 */
export class AckLedger<T> extends FrameQueue<T> {
  /** True once a frame was noted since the last reset. */
  hasNewest: boolean = false;
  /** Frame that was noted last. */
  newest: Frame = 0;
  /** Bit n set when frame `newest - 1 - n` was noted, the second half of an ack. */
  appliedBits: number = 0;

  /** True when a frame may be noted: it is newer than all others. */
  isNews(frame: Frame): boolean {
    return !this.hasNewest || isNewer(frame, this.newest);
  }

  /** Notes a frame that was applied, which must be news. */
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

  /** Forgets that anything was noted; the frames have to be taken out. */
  reset(): void {
    this.hasNewest = false;
    this.appliedBits = 0;
  }
}
