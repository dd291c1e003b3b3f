import { Snapshot } from "../../../core/state/snapshot.ts";
import type { Frame } from "../../../core/time/frame.ts";
import type { SharedEntities } from "../../copy/common_entities.ts";
import type { PlacedBlock, RecordingPart } from "../../select/recording_part.ts";

/**
 * Walks the frames of a part of a recording, of which it holds a block: load it when the cursor is
 * dry, read the frame, advance.
 */
export class FrameCursor {
  /** True after the last frame. */
  isDone = false;
  readonly #part: RecordingPart;
  readonly #blocks: AsyncGenerator<PlacedBlock, void, void>;
  readonly #snapshot: Snapshot;
  readonly #entities: SharedEntities;
  #placed: PlacedBlock | undefined;
  #at = 0;

  /** Cursor before the first frame, dry. @param entities those of both recordings */
  constructor(part: RecordingPart, entities: SharedEntities) {
    this.#entities = entities;
    this.#part = part;
    this.#blocks = part.blocks();
    this.#snapshot = new Snapshot(part.reader.layout);
  }

  /** True when the next block has to be loaded. */
  get isDry(): boolean {
    return !this.isDone && !(this.#placed !== undefined && this.#at < this.#placed.end);
  }

  /** Loads the next block. @throws {RecordingSyntaxError} when it is damaged */
  async load(): Promise<void> {
    const next = await this.#blocks.next();
    this.#placed = next.done ? undefined : next.value;
    this.#at = this.#placed?.start ?? 0;
    this.isDone = this.#placed === undefined;
  }

  /** Frame. */
  get frame(): Frame {
    return this.#placed!.block.frames[this.#at]!;
  }

  /** Frames since the first of the recording; infinite after the last. */
  get offset(): number {
    return this.isDone ? Infinity : this.#part.reader.offsetOf(this.frame);
  }

  /** Time of the frame in milliseconds. */
  get timeMs(): number {
    return this.#placed!.block.timesMs[this.#at]!;
  }

  /** Offset and time of the frame after this one; undefined when this is the last. */
  get next(): { readonly offset: number; readonly timeMs: number } | undefined {
    const { reader } = this.#part;
    const { index, block, end } = this.#placed!;
    const at = this.#at + 1;
    if (at < end) return { offset: reader.offsetOf(block.frames[at]!), timeMs: block.timesMs[at]! };
    const entry = at < block.frameCount ? undefined : reader.blocks[index + 1];
    if (entry === undefined) return undefined;
    const offset = reader.offsetOf(entry.firstFrame);
    return this.#part.spans(offset) ? { offset, timeMs: entry.firstTimeMs } : undefined;
  }

  /** States of the frame, whatever is selected; read-only, and gone with the next call. */
  read(): Snapshot {
    const snapshot = this.#placed!.block.read(this.#at, this.#snapshot);
    this.#entities.renumber(snapshot);
    return snapshot;
  }

  /** Goes on to the next frame. */
  advance(): void {
    this.#at++;
  }

  /** Ends the walk before its end. */
  async close(): Promise<void> {
    await this.#blocks.return();
  }
}
