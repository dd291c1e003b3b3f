import type { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { StateFrame } from "../core/state/state.ts";
import type { SchemaWindow } from "./revision/schema_window.ts";
import type { StateStream } from "./state_stream.ts";

/**
 * Hands frames to a stream of states, and widens its schema where a frame needs that: frames wait
 * up to 1 s for what those after them need.
 */
export class FrameIntake {
  readonly #states: StateStream;
  readonly #window: SchemaWindow | undefined;

  /**
   * No frames yet.
   *
   * @param window undefined when the schema is declared and never widened
   */
  constructor(states: StateStream, window: SchemaWindow | undefined) {
    this.#states = states;
    this.#window = window;
  }

  /** Frames that wait for a schema. */
  get waiting(): readonly StateFrame[] {
    return this.#window?.frames ?? [];
  }

  /** Memory of the frames that wait for a schema, in bytes. */
  get openBytes(): number {
    return this.#window === undefined ? 0 : this.#window.openBytes;
  }

  /** Takes a frame. @throws {RangeError | TypeError} when it cannot be recorded */
  add(frame: StateFrame): void {
    if (this.#window === undefined) this.#states.add(frame);
    else this.#addToWindow(this.#window, frame);
  }

  /**
   * Takes a snapshot by its rows, or by its values where its rows are others than the stream's.
   *
   * @throws {RangeError} when it cannot be recorded
   */
  addSnapshot(snapshot: Snapshot): void {
    if (this.#takesRows(snapshot.layout)) {
      this.#window?.passRows();
      this.#states.addRows(snapshot);
    } else this.add(snapshot.toFrame());
  }

  /** Takes the frames that wait into the stream, with a schema that holds them. */
  flush(): void {
    if (this.waiting.length === 0) return;
    const before = this.#states.schema;
    const { frames, schema } = this.#window!.take(before);
    if (schema !== before) this.#states.revise(schema);
    for (const frame of frames) this.#states.add(frame);
  }

  #addToWindow(window: SchemaWindow, frame: StateFrame): void {
    if (window.isFull(frame)) this.flush();
    window.add(frame);
    const [copy] = window.frames;
    if (this.#states.schema === undefined || window.frames.length > 1) return;
    try {
      this.#states.add(copy!);
    } catch (error) {
      // It takes a wider schema, which the frames after it may have a say in.
      if (error instanceof RangeError) return;
      throw error;
    }
    window.clear();
  }

  /** True when rows of a layout are rows of the block; takes its schema where there is none. */
  #takesRows(layout: SnapshotLayout): boolean {
    const isWaiting = this.waiting.length > 0;
    if (this.#states.schema === undefined && !isWaiting) {
      this.#states.revise(layout.schema);
      this.#window?.begin(layout.schema);
    }
    if (!this.#states.sharesRows(layout)) return false;
    if (!isWaiting) return true;
    this.flush();
    return this.#states.sharesRows(layout);
  }
}
