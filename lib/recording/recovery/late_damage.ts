import type { Frame } from "../../core/time/frame.ts";
import type { BlockEntry } from "../block/block_table.ts";
import type { RecordingContents } from "../contents/recording_contents.ts";
import type { LostFrames, RecordingDamage } from "../contents/recording_damage.ts";
import type { RecordPlace } from "../container/mcap_records.ts";
import type { RecordingSyntaxError } from "../container/recording_error.ts";
import { DamageLog, FAULTS_MAX } from "./damage_log.ts";

/** What was at fault before: nothing. */
const NONE: RecordingDamage = {
  isCut: false,
  hasAllData: true,
  unfinishedBytes: 0,
  leftOutBytes: 0,
  faults: [],
  faultCount: 0,
  lost: [],
  lostFrames: 0,
  lostIds: 0,
  lostEvents: 0,
};

/**
 * Damage that shows when a part is decoded whose CRC is right. To look for it at the opening would
 * cost whole files a second pass, so it is noted where it is met.
 */
export class LateDamage {
  readonly #contents: RecordingContents;
  readonly #offsetOf: (frame: Frame) => number;
  readonly #log = new DamageLog();
  readonly #blocks = new Set<number>();
  readonly #eventChunks = new Set<number>();
  readonly #blockChunks = new Set<number>();
  #eventCounts: ReadonlyMap<string, number> | undefined;
  #merged: RecordingDamage | undefined;

  /** None yet. @param offsetOf place of a frame among those of the recording */
  constructor(contents: RecordingContents, offsetOf: (frame: Frame) => number) {
    this.#contents = contents;
    this.#offsetOf = offsetOf;
  }

  /** All damage that is known; undefined when there is none. */
  get damage(): RecordingDamage | undefined {
    if (this.#log.count === 0) return this.#contents.damage;
    return this.#merged ??= this.#merge(this.#contents.damage ?? NONE);
  }

  /** Number of events by name, of those that can be read as far as that is known. */
  get eventCounts(): ReadonlyMap<string, number> {
    return this.#eventCounts ?? this.#contents.eventCounts;
  }

  /** Notes a block that does not decode. @returns false when it is known */
  loseBlock(index: number, error: RecordingSyntaxError): boolean {
    if (this.#blocks.has(index)) return false;
    this.#blocks.add(index);
    this.#add(error, this.#contents.blocks[index], "blocks");
    return true;
  }

  /** Notes events that do not decode. @returns false when that chunk is known */
  loseEvents(chunk: RecordPlace, error: RecordingSyntaxError): boolean {
    const isKnown = this.#eventChunks.has(chunk.offset) ||
      this.#contents.damage?.faults.some(({ offset }) => offset === chunk.offset) === true;
    if (isKnown) return false;
    this.#eventChunks.add(chunk.offset);
    this.#add(error, undefined, "events");
    return true;
  }

  /** Takes the number of events by name, of those that can be read. */
  countEvents(counts: ReadonlyMap<string, number>): void {
    this.#eventCounts = counts;
    this.#merged = undefined;
  }

  #add(
    { section, offset, problem }: RecordingSyntaxError,
    place: RecordPlace | undefined,
    costs: "blocks" | "events",
  ): void {
    // A chunk of several blocks is left out once for each; its bytes count in the first.
    const isCounted = place !== undefined && !this.#blockChunks.has(place.offset);
    if (place !== undefined) this.#blockChunks.add(place.offset);
    this.#log.add({ section, offset, problem }, isCounted ? place : undefined, costs);
    this.#merged = undefined;
  }

  #merge(before: RecordingDamage): RecordingDamage {
    const { count, faults, leftOutBytes } = this.#log;
    const lost = this.#lost(before.lost);
    const isKnown = lost.every(({ known }) => known !== undefined);
    const { lostEvents } = before;
    const late = sumOf(this.#contents.eventCounts) - sumOf(this.eventCounts);
    return {
      ...before,
      leftOutBytes: before.leftOutBytes + leftOutBytes,
      faults: [...before.faults, ...faults].sort((a, b) => a.offset - b.offset)
        .slice(0, FAULTS_MAX),
      faultCount: before.faultCount + count,
      lost,
      lostFrames: isKnown ? lost.reduce((sum, { known }) => sum + known!.frames, 0) : undefined,
      lostEvents: lostEvents === undefined ? undefined : lostEvents + Math.max(0, late),
    };
  }

  /** Places of lost frames in their order, those between the same two frames that are read as one. */
  #lost(before: readonly LostFrames[]): LostFrames[] {
    const { blocks } = this.#contents;
    const read = blocks.filter((_, index) => !this.#blocks.has(index));
    const late = [...this.#blocks].map((index) => ({ known: spanOf(blocks[index]!) }));
    const places = [...before, ...late].map((place) => ({ place, at: this.#placeOf(place) }))
      .sort((a, b) => a.at - b.at);
    const lost: LostFrames[] = [];
    let next = 0;
    for (const { at, place: { known } } of places) {
      while (next < read.length && this.#offsetOf(read[next]!.firstFrame) < at) next++;
      const place = { known, after: read[next - 1]?.lastFrame, before: read[next]?.firstFrame };
      const last = lost.at(-1);
      const isSame = last !== undefined && last.after === place.after &&
        last.before === place.before;
      if (!isSame) lost.push(place);
      else lost[lost.length - 1] = { ...place, known: joined(last.known, known) };
    }
    return lost;
  }

  /** Where lost frames are among those of the recording. */
  #placeOf({ known, after, before }: Partial<LostFrames>): number {
    if (known !== undefined) return this.#offsetOf(known.from);
    if (after !== undefined) return this.#offsetOf(after) + 0.5;
    return before === undefined ? 0 : this.#offsetOf(before) - 0.5;
  }
}

function spanOf({ firstFrame: from, lastFrame: to, frameCount: frames }: BlockEntry) {
  return { from, to, frames };
}

function joined(a: LostFrames["known"], b: LostFrames["known"]): LostFrames["known"] {
  return a && b && { from: a.from, to: b.to, frames: a.frames + b.frames };
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
