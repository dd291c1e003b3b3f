import { type Frame, frameDistance, isNewer } from "./frame.ts";

/**
 * A set of frames as half-open spans `(from, to]`: "what changed after `from`, up to `to`".
 * Empty spans are allowed; spans may overlap.
 */
export class FrameSpans {
  /** Number of spans. */
  count: number = 0;
  /** True when the set holds every frame: nothing at all is known at the far end. */
  isAll: boolean = false;
  /** Pairs `from, to`, two elements a span. */
  #bounds: Uint32Array = new Uint32Array(8);

  /** Makes the set empty. */
  clear(): this {
    this.count = 0;
    this.isAll = false;
    return this;
  }

  /** Makes the set hold every frame. */
  fill(): this {
    this.clear();
    this.isAll = true;
    return this;
  }

  /** Adds the frames after `from` up to and including `to`; goes on the last span if it can. */
  add(from: Frame, to: Frame): this {
    if (this.isAll) return this;
    const at = this.count * 2;
    if (at > 0 && this.#bounds[at - 1] === from && isNewer(to, this.#bounds[at - 2]!)) {
      this.#bounds[at - 1] = to;
      return this;
    }
    if (at === this.#bounds.length) {
      const larger = new Uint32Array(at * 2);
      larger.set(this.#bounds);
      this.#bounds = larger;
    }
    this.#bounds[at] = from;
    this.#bounds[at + 1] = to;
    this.count++;
    return this;
  }

  /** Adds every span of `other`. */
  addAll(other: FrameSpans): this {
    if (other.isAll) return this.fill();
    for (let i = 0; i < other.count; i++) {
      this.add(other.#bounds[i * 2]!, other.#bounds[i * 2 + 1]!);
    }
    return this;
  }

  /** True when the set holds a frame. */
  has(frame: Frame): boolean {
    if (this.isAll) return true;
    const bounds = this.#bounds;
    for (let i = this.count * 2 - 2; i >= 0; i -= 2) {
      if (((frame - bounds[i]!) | 0) > 0 && ((frame - bounds[i + 1]!) | 0) <= 0) return true;
    }
    return false;
  }

  /** Frames from the start of the oldest span to `frame`; 0 for an empty set. */
  reach(frame: Frame): number {
    let reach = 0;
    for (let i = 0; i < this.count; i++) {
      reach = Math.max(reach, frameDistance(frame, this.#bounds[i * 2]!));
    }
    return reach;
  }

  /** True when both hold the same spans in the same order. */
  equals(other: FrameSpans): boolean {
    if (this.count !== other.count || this.isAll !== other.isAll) return false;
    for (let i = 0; i < this.count * 2; i++) {
      if (this.#bounds[i] !== other.#bounds[i]) return false;
    }
    return true;
  }
}
