import { Snapshot } from "../core/state/snapshot.ts";
import type { StateFrame } from "../core/state/state.ts";
import { RecordingSyntaxError } from "./container/recording_error.ts";
import type { RecordingReader } from "./recording_reader.ts";

/** Last version of the format in which sparse input was recorded without its quiet frames. */
const FORMAT_WITHOUT_QUIET = 1;

/** Most blocks, and states in them, that are looked at for a guess. */
const BLOCKS_MAX = 8;
const STATES_MAX = 200_000;

/** Steps of the shortest kind that make a pause: recorders that drop single frames make less. */
const PAUSE_STEPS = 3;

/** Two frames of a recording with none between them. */
interface Step {
  /** Frames from the one to the other. */
  readonly length: number;
  readonly before: StateFrame;
  readonly after: StateFrame;
}

/**
 * True when a recording of an old version probably lacks frames because nothing changed in them:
 * every frame that it has differs from the one before, and over a pause its entities change no
 * more than in a step. Where a recorder stopped for a while, the world went on. Looks at the first
 * blocks that lack frames; false when one of them is damaged, which is for whoever needs it to tell.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   leavesOutQuietFrames,
 *   MemorySink,
 *   MemorySource,
 *   RecordingReader,
 *   RecordingWriter,
 * } from "@hindcast/hindcast/recording";
 *
 * const sink = new MemorySink();
 * const writer = await RecordingWriter.open(sink);
 * await writer.write({ frame: 0, timeMs: 0, entities: [] });
 * await writer.close();
 * const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
 * assert.equal(await leavesOutQuietFrames(reader), false);
 * ```
 */
export async function leavesOutQuietFrames(reader: RecordingReader): Promise<boolean> {
  if (reader.format > FORMAT_WITHOUT_QUIET || reader.missingFrames === 0) return false;
  try {
    return restsInPauses(await changingSteps(reader));
  } catch (error) {
    if (error instanceof RecordingSyntaxError) return false;
    throw error;
  }
}

function restsInPauses(steps: readonly Step[]): boolean {
  const shortest = steps.reduce((least, { length }) => Math.min(least, length), Infinity);
  const pauses = steps.filter(({ length }) => length >= PAUSE_STEPS * shortest);
  if (pauses.length === 0) return false;
  const means = new MeanChanges();
  for (const step of steps) if (step.length === shortest) means.add(step);
  let moved = 0;
  let rested = 0;
  for (const pause of pauses) {
    const limit = Math.min(4, 0.75 * pause.length / shortest);
    for (const ratio of means.ratios(pause)) ratio > limit ? moved++ : rested++;
  }
  // Where nothing that changed over a pause changes in a step as well, only the number tells.
  return moved + rested > 0 ? rested > 2 * moved : pauses.length * 4 >= steps.length;
}

/** Steps of the first blocks that lack frames; none when a frame equals the one before. */
async function changingSteps(reader: RecordingReader): Promise<Step[]> {
  let [snapshot, other] = [new Snapshot(reader.layout), new Snapshot(reader.layout)];
  const steps: Step[] = [];
  let blocks = 0;
  let states = 0;
  let before: { readonly frame: StateFrame; readonly block: number } | undefined;
  for (let i = 0; i < reader.blocks.length; i++) {
    if (!lacksFrames(reader, i)) continue;
    if (++blocks > BLOCKS_MAX) break;
    const block = await reader.readBlock(i);
    for (let f = 0; f < block.frameCount && states < STATES_MAX; f++) {
      const after = block.read(f, snapshot).toFrame();
      states += after.entities.length;
      if (before !== undefined && (before.block === i || before.block === i - 1)) {
        if (snapshot.equals(other)) return [];
        const length = (after.frame - before.frame.frame) >>> 0;
        steps.push({ length, before: before.frame, after });
      }
      before = { frame: after, block: i };
      [snapshot, other] = [other, snapshot];
    }
  }
  return steps;
}

/** True when a block lacks frames, or frames are lacking before or after it. */
function lacksFrames({ blocks }: RecordingReader, index: number): boolean {
  const block = blocks[index]!;
  const before = blocks[index - 1];
  const after = blocks[index + 1];
  return ((block.lastFrame - block.firstFrame) >>> 0) + 1 !== block.frameCount ||
    (before !== undefined && ((block.firstFrame - before.lastFrame) >>> 0) !== 1) ||
    (after !== undefined && ((after.firstFrame - block.lastFrame) >>> 0) !== 1);
}

/** Mean change of each number of each entity, over the steps in which it changed. */
class MeanChanges {
  readonly #sums = new Map<string, { sum: number; count: number }>();

  /** Takes a step into the means. */
  add(step: Step): void {
    for (const { name, change } of changes(step)) {
      const entry = this.#sums.get(name);
      if (entry === undefined) this.#sums.set(name, { sum: change, count: 1 });
      else {
        entry.sum += change;
        entry.count++;
      }
    }
  }

  /** Largest change of each entity that changed, in mean changes; those without a mean left out. */
  ratios(step: Step): Iterable<number> {
    const largest = new Map<number, number>();
    for (const { id, name, change } of changes(step)) {
      const mean = this.#sums.get(name);
      if (mean === undefined) continue;
      largest.set(id, Math.max(largest.get(id) ?? 0, change * mean.count / mean.sum));
    }
    return largest.values();
  }
}

function* changes(
  { before, after }: Step,
): Generator<{ id: number; name: string; change: number }, void, void> {
  const old = new Map(before.entities.map((state) => [state.id, state]));
  for (const { id, kind, fields } of after.entities) {
    const state = old.get(id);
    if (state?.kind !== kind) continue;
    for (const field in fields) {
      const [a, b] = [state.fields[field], fields[field]];
      if (typeof a === "number" && typeof b === "number" && a !== b) {
        yield { id, name: `${id} ${field}`, change: Math.abs(b - a) };
      }
    }
  }
}
