import { idText, type ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import { optionKey, remedy } from "../../core/remedy.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { FrameWalk } from "./frame_walk.ts";
import { MergeError } from "./merge_error.ts";
import { MergedClock } from "./merged_clock.ts";
import { RowConversion } from "../copy/row_conversion.ts";

/** A recording that is walked, and how its rows become those of all. */
interface Walk {
  readonly frames: FrameWalk;
  readonly conversion: RowConversion;
  /** Frames of others between its first and its last that it lacks. */
  lacked: number;
  /** Next entity of the frame that is merged. */
  position: number;
}

/** Frames of several recordings as those of one: at each place the entities of all of them. */
export class MergedFrames {
  /** Place of the next frame; Infinity after the last. */
  place = Infinity;
  /** Time of the next frame in milliseconds; Infinity after the last. */
  timeMs = Infinity;
  /** Times of the frames. */
  readonly clock = new MergedClock();
  readonly #walks: readonly Walk[];
  readonly #merged: Snapshot;
  readonly #names: ReadonlyEntityNames;
  #present: Walk[] = [];

  /**
   * @param walks walks that stand at their first frames; the order of the recordings
   * @param names ids of the entities, for messages
   */
  constructor(walks: readonly FrameWalk[], layout: SnapshotLayout, names: ReadonlyEntityNames) {
    this.#names = names;
    this.#walks = walks.map((frames) => ({
      frames,
      conversion: new RowConversion(frames.snapshot.layout, layout),
      lacked: 0,
      position: 0,
    }));
    this.#merged = new Snapshot(layout);
    this.#find();
  }

  /**
   * States of the next frame, good until {@linkcode MergedFrames.next}.
   *
   * @throws {MergeError} for an entity that two recordings have, and for a time that goes back
   */
  read(): Snapshot {
    const frame = this.place >>> 0;
    const [walk] = this.#present;
    this.clock.add(
      frame,
      this.#present.map(({ frames }) => ({ recording: frames.recording, timeMs: timeOf(frames) })),
    );
    if (this.#present.length > 1 || !walk!.conversion.isWhole) return this.#merge(frame);
    const { snapshot } = walk!.frames;
    snapshot.frame = frame;
    snapshot.timeMs = this.timeMs;
    return snapshot;
  }

  /**
   * Goes on to the next frame.
   *
   * @returns number of recordings that had the last one
   * @throws {RecordingSyntaxError} when a block is damaged
   */
  async next(): Promise<number> {
    for (const walk of this.#walks) {
      const { place, lastPlace, recording: { start } } = walk.frames;
      if (place > this.place && start! < this.place && lastPlace > this.place) walk.lacked++;
    }
    const { length } = this.#present;
    for (const { frames } of this.#present) await frames.next();
    this.#find();
    return length;
  }

  /** Recordings that lack frames which others have between their first and their last. */
  get lacking(): readonly { readonly name: string; readonly frames: number }[] {
    return this.#walks.filter(({ lacked }) => lacked > 0).map(({ frames, lacked }) => ({
      name: frames.recording.name,
      frames: lacked,
    }));
  }

  #find(): void {
    this.place = this.#walks.reduce((min, { frames }) => Math.min(min, frames.place), Infinity);
    this.#present = this.#walks.filter(({ frames }) => frames.place === this.place);
    if (this.place === Infinity) this.#present = [];
    const [first] = this.#present;
    this.timeMs = first === undefined ? Infinity : timeOf(first.frames);
  }

  #merge(frame: number): Snapshot {
    const merged = this.#merged.clear(frame, this.timeMs);
    for (const walk of this.#present) walk.position = 0;
    for (;;) {
      let next: Walk | undefined;
      let nextId = Infinity;
      for (const walk of this.#present) {
        const { count, ids } = walk.frames.snapshot;
        if (walk.position >= count) continue;
        const id = ids[walk.position]!;
        if (id === nextId) this.#refuseTwice(frame, next!, walk);
        if (id < nextId) [next, nextId] = [walk, id];
      }
      if (next === undefined) return merged;
      next.conversion.add(merged, next.frames.snapshot, next.position++);
    }
  }

  #refuseTwice(frame: number, a: Walk, b: Walk): never {
    const [first, second] = [a, b].map(({ frames, position }) => {
      return JSON.stringify(frames.snapshot.layoutOf(position).kind.name);
    });
    const id = idText(this.#names.idOf(a.frames.snapshot.ids[a.position]!));
    const [one, other] = [a.frames.recording.name, b.frames.recording.name];
    const where = first === second
      ? `entity ${id} (${first}) is in both ${one} and ${other}`
      : `entity ${id} is in both ${one} (${first}) and ${other} (${second})`;
    throw new MergeError(
      `${where} at frame ${frame}`,
      remedy`cut one of them with ${optionKey("ids")} first`,
    );
  }
}

function timeOf({ recording, snapshot }: FrameWalk): number {
  return recording.timeMs(snapshot.frame, snapshot.timeMs);
}
