import { SchemaInference } from "../core/infer.ts";
import { isFrame } from "../core/frame.ts";
import type { Schema } from "../core/schema.ts";
import type { StateFrame } from "../core/state.ts";

/** Time that a window may span, in milliseconds: as much as a block. */
const WINDOW_MS = 1000;
/** States that a window may hold; an entity counts in each frame. */
const WINDOW_STATES = 1 << 14;

/**
 * Frames that wait until the schema that they need is known, up to 1 s of them: most of what a
 * field will hold shows in its first second, and each surprise costs a revision of the schema.
 */
export class SchemaWindow {
  #frames: StateFrame[] = [];
  readonly #inference = new SchemaInference({ counts: false });
  #states = 0;

  /** Frames that wait. */
  get frames(): readonly StateFrame[] {
    return this.#frames;
  }

  /** True when the window should be taken before this frame is added. */
  isFull(next: StateFrame): boolean {
    const first = this.#frames[0];
    if (first === undefined) return false;
    const isWithin = next.timeMs - first.timeMs < WINDOW_MS && next.timeMs >= first.timeMs;
    return !isWithin || this.#states >= WINDOW_STATES;
  }

  /**
   * Adds a frame.
   *
   * @throws {RangeError} when an entity occurs twice or its id is no u32
   * @throws {Error} what the inference finds at fault
   */
  add(frame: StateFrame): void {
    const ids = new Set<number>();
    for (const { id } of frame.entities) {
      if (!isFrame(id) || ids.has(id)) {
        const fault = isFrame(id) ? "occurs twice in it" : "is no integer from 0 to 4294967295";
        throw new RangeError(`Cannot record frame ${frame.frame}: entity ${id} ${fault}`);
      }
      ids.add(id);
    }
    this.#inference.observe(frame);
    this.#frames.push(frame);
    this.#states += frame.entities.length + 1;
  }

  /**
   * Takes the frames, and the schema that holds them and everything before.
   *
   * @param before schema so far
   */
  take(before: Schema | undefined): { frames: readonly StateFrame[]; schema: Schema } {
    const schema = before === undefined ? this.#inference.schema() : this.#inference.widen(before);
    const frames = this.#frames;
    this.#frames = [];
    this.#states = 0;
    return { frames, schema };
  }
}
