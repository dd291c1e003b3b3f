import { type Frame, frameDistance } from "./frame.ts";

/** Ascending frames, oldest first, each with what stands for it; correct across 2^32. */
export class FrameQueue<T> {
  /** Number of frames. */
  count: number = 0;
  #frames: number[] = new Array<number>(16).fill(0);
  #items: (T | undefined)[] = new Array<T | undefined>(16).fill(undefined);
  #head = 0;

  /** Frame at an index, 0 for the oldest. */
  frameAt(index: number): Frame {
    return this.#frames[(this.#head + index) & (this.#frames.length - 1)]!;
  }

  /** What stands for the frame at an index. */
  itemAt(index: number): T | undefined {
    return this.#items[(this.#head + index) & (this.#items.length - 1)];
  }

  /** Adds a frame, which must be newer than all others. */
  push(frame: Frame, item: T | undefined): void {
    if (this.count === this.#frames.length) this.#grow();
    const place = (this.#head + this.count++) & (this.#frames.length - 1);
    this.#frames[place] = frame;
    this.#items[place] = item;
  }

  /** Takes out the oldest frame and returns what stood for it. */
  shift(): T | undefined {
    const item = this.take(0);
    this.#head = (this.#head + 1) & (this.#frames.length - 1);
    this.count--;
    return item;
  }

  /** Takes away what stands for the frame at an index, which stays. */
  take(index: number): T | undefined {
    const place = (this.#head + index) & (this.#items.length - 1);
    const item = this.#items[place];
    this.#items[place] = undefined;
    return item;
  }

  /** Index of a frame; -1 when it is not there. */
  indexOf(frame: Frame): number {
    let low = 0;
    let high = this.count - 1;
    if (high >= 0 && this.frameAt(0) === frame) return 0;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const ahead = frameDistance(frame, this.frameAt(middle));
      if (ahead === 0) return middle;
      if (ahead > 0) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #grow(): void {
    const capacity = this.#frames.length * 2;
    const frames = new Array<number>(capacity).fill(0);
    const items = new Array<T | undefined>(capacity).fill(undefined);
    for (let i = 0; i < this.count; i++) {
      frames[i] = this.frameAt(i);
      items[i] = this.itemAt(i);
    }
    this.#frames = frames;
    this.#items = items;
    this.#head = 0;
  }
}
