import { Snapshot } from "../../core/state/snapshot.ts";
import type { Block } from "../../recording/block/block.ts";
import type { SharedEntities } from "../copy/common_entities.ts";
import type { MovedRecording } from "./moved_recording.ts";

/** Frames of a recording one after another, with the next one in hand. Memory holds a block. */
export class FrameWalk {
  /** Recording that is walked. */
  readonly recording: MovedRecording;
  /** Place of the next frame; Infinity after the last. */
  place = Infinity;
  /** Its states as they are recorded, of entities as all recordings number them. */
  readonly snapshot: Snapshot;
  readonly #entities: SharedEntities;
  #block: Block | undefined;
  #blockIndex = -1;
  #position = 0;

  private constructor(recording: MovedRecording, entities: SharedEntities) {
    this.recording = recording;
    this.#entities = entities;
    this.snapshot = new Snapshot(recording.reader.layout);
  }

  /**
   * Walk that stands at the first frame.
   *
   * @param entities gives the entities the numbers that all recordings share
   * @throws {RecordingSyntaxError}
   */
  static async open(recording: MovedRecording, entities: SharedEntities): Promise<FrameWalk> {
    const walk = new FrameWalk(recording, entities);
    await walk.next();
    return walk;
  }

  /** Place of the last frame; -Infinity when there is none. */
  get lastPlace(): number {
    const { start, reader } = this.recording;
    return start === undefined ? -Infinity : start + reader.offsetOf(reader.lastFrame!);
  }

  /** Goes on to the next frame. @throws {RecordingSyntaxError} when its block is damaged */
  async next(): Promise<void> {
    const { reader, start } = this.recording;
    this.#position++;
    while (this.#position >= (this.#block?.frameCount ?? 0)) {
      if (++this.#blockIndex >= reader.blocks.length) {
        this.place = Infinity;
        return;
      }
      this.#block = await reader.readBlock(this.#blockIndex);
      this.#position = 0;
    }
    this.#entities.renumber(this.#block!.read(this.#position, this.snapshot));
    this.place = start! + reader.offsetOf(this.snapshot.frame);
  }
}
