import { type Frame, isNewer } from "./frame.ts";

/** A set of frames as half-open spans `(from, to]`: "what changed after `from`, up to `to`". */
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

  /** Adds the frames after `from` up to and including `to`. */
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
    for (let i = 0; i < other.count; i++) {
      this.add(other.#bounds[i * 2]!, other.#bounds[i * 2 + 1]!);
    }
    return this;
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
