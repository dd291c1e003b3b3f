import { SchemaInference } from "../../schema/infer.ts";
import type { Schema } from "../../core/state/schema.ts";
import type { StateFrame } from "../../core/state/state.ts";
import { StateCopies } from "./state_copies.ts";

/** Time that a window may span, in milliseconds: as much as a block. */
const WINDOW_MS = 1000;
/** States that a window may hold; an entity counts in each frame. */
const WINDOW_STATES = 1 << 14;

/**
 * Frames that wait until the schema that they need is known, up to 1 s of them: most of what a
 * field will hold shows in its first second, and each surprise costs a revision of the schema. A
 * frame that the schema so far holds need not wait. They wait as copies: who recorded them goes on
 * with the objects.
 */
export class SchemaWindow {
  /** Memory of the frames that wait, in bytes. */
  openBytes = 0;
  #frames: StateFrame[] = [];
  #inference = new SchemaInference({ counts: false });
  readonly #copies: StateCopies;
  #states = 0;
  #hasRows = false;

  /**
   * No frames yet.
   *
   * @param options `sharesStates`: true when no state changes after it was added
   */
  constructor(options: { readonly sharesStates: boolean }) {
    this.#copies = new StateCopies(options);
  }

  /** Begins with a schema that holds what comes before the first frame. */
  begin(declared: Schema): void {
    this.#inference = new SchemaInference({ counts: false, declared });
  }

  /** Hears that rows are recorded as they are, which the inference does not see. */
  passRows(): void {
    this.#hasRows = true;
  }

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
   * @throws {RangeError | TypeError} when an entity occurs twice or is none
   * @throws {Error} what the inference finds at fault
   */
  add(frame: StateFrame): void {
    const copy = this.#copies.copy(frame);
    this.#inference.observe(copy);
    this.#frames.push(copy);
    this.#states += copy.entities.length + 1;
    this.openBytes += this.#copies.addedBytes;
  }

  /** Forgets the frames, when they are recorded; what was seen of them counts. */
  clear(): void {
    this.#frames.length = 0;
    this.#states = 0;
    this.openBytes = 0;
  }

  /**
   * Takes the frames, and the schema that holds them and everything before.
   *
   * @param before schema so far
   */
  take(before: Schema | undefined): { frames: readonly StateFrame[]; schema: Schema } {
    const schema = before === undefined
      ? this.#inference.schema()
      : this.#inference.widen(before, { keepsAll: this.#hasRows });
    const frames = this.#frames;
    this.#frames = [];
    this.#states = 0;
    this.openBytes = 0;
    return { frames, schema };
  }
}
