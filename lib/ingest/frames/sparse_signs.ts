import { optionKey, remedy } from "../../core/remedy.ts";
import type { InputNote } from "../input/input_note.ts";
import type { EntityValues } from "../kinds/entity_values.ts";

/** Entities that are watched, so that ever-new ids cost no memory; the first ones tell enough. */
const WATCHED_MAX = 4096;

/** Steps of the shortest kind that make a pause: recorders that drop single frames make less. */
const PAUSE_STEPS = 3;

/** Share of uneven returns above which entities come and go all the time. */
const UNEVEN_SHARE = 1 / 8;

/** Change over a pause, in mean changes of a step, up to which an entity rested in between. */
const RESTED_STEPS = 2;

/** Uneven returns below which chance has its say. */
const UNEVEN_MIN = 3;

/** Steps of an entity that are measured in a row, and which are of those that follow. */
const STEPS_MIN = 64;
const STEPS_EVERY = 16;

/** What is known of one entity. */
interface Watch {
  /** What has the values of its last row, until it takes another, and how many fields that had. */
  values: EntityValues;
  fields: number;
  /** Frame of its last row. */
  frame: number;
  /** Number of that frame among the frames of the input. */
  ordinal: number;
  /** True when the second frame lacked it, though the first had it. */
  isLeftOut: boolean;
  /** Times that it came back after frames that lacked it. */
  returns: number;
  /** Frames from its last row before the last return to that return. */
  pause: number;
  /** True when its returns did not all follow pauses of one length. */
  isUneven: boolean;
  /** Steps without a pause that were measured, and what it changed in them. */
  steps: number;
  stepSum: number;
}

/**
 * Tells whether dense input is change-only input that was not declared to be.
 *
 * In change-only input no row repeats the one before of its entity; a single repetition refutes it.
 * Given that, one of three things has to be seen, none of which dense input does:
 *
 * - The first frame stands alone: at least half of its entities have no row in the second, and they
 *   do not come back in a rhythm, as a kind would that is sent every n-th frame.
 * - Entities come back again and again after pauses of ever other lengths, in more than an eighth of
 *   all rows, and change no more over a pause than in a step. What respawns, or was out of view,
 *   comes back elsewhere.
 * - A row leaves out the kind that its entity had.
 */
export class SparseSigns {
  readonly #watched = new Map<number, Watch>();
  #isRefuted = false;
  #lacksKind = false;
  #frames = 0;
  #firstCount = 0;
  #stepMin = Infinity;
  #stepMax = 0;
  #frame: number | undefined;
  /** Rows of entities that had a row before, and those among them that ended an odd pause. */
  #followers = 0;
  #uneven = 0;
  /** Returns of entities that moved over the pause, by what they move in a step, and the others. */
  #moved = 0;
  #rested = 0;

  /** True when more rows change nothing. */
  get isSettled(): boolean {
    return this.#isRefuted;
  }

  /** Takes note of a new frame, which may stay without rows. */
  startFrame(frame: number): void {
    if (this.#frames === 1) this.#firstCount = this.#watched.size;
    this.#frames++;
    if (this.#frame !== undefined) {
      this.#stepMin = Math.min(this.#stepMin, frame - this.#frame);
      this.#stepMax = Math.max(this.#stepMax, frame - this.#frame);
    }
    this.#frame = frame;
  }

  /**
   * Takes note of a row of the frame that was started last, which its entity took.
   *
   * @param isSame true when the row changed nothing of the frame before
   */
  addRow(entity: EntityValues, hasKind: boolean, isSame: boolean): void {
    const frame = this.#frame!;
    const { table } = entity;
    const watch = this.#watched.get(entity.id);
    if (watch === undefined) {
      if (this.#watched.size < WATCHED_MAX) this.#watch(entity, frame);
      return;
    }
    if (isSame || isRepeated(watch, entity)) return this.#refute();
    if (!hasKind && watch.values.table !== table) this.#lacksKind = true;
    this.#followers++;
    const pause = frame - watch.frame;
    const skipped = this.#frames - watch.ordinal - 1;
    const isReturn = pause > this.#stepMin &&
      (skipped > 0 || pause >= PAUSE_STEPS * this.#stepMin);
    if (isReturn) this.#noteReturn(watch, pause, distance(watch, entity));
    else if (watch.steps < STEPS_MIN || this.#frames % STEPS_EVERY === 0) {
      watch.steps++;
      watch.stepSum += distance(watch, entity);
    }
    watch.values = entity;
    watch.fields = table.fields.length;
    watch.frame = frame;
    watch.ordinal = this.#frames;
  }

  /** The note, when what was seen so far looks change-only. */
  note(): InputNote | undefined {
    const isSparse = !this.#isRefuted &&
      (this.#lacksKind || this.#startsAlone() || this.#comesAndGoes());
    if (!isSparse) return undefined;
    return {
      code: "looks-sparse",
      problem: "rows seem to be there only if something changed (entities leave out frames, and " +
        "no row repeats the one before), and an entity without a row is taken for gone",
      remedy: remedy`give ${optionKey("sparse")}`,
      mend: { sparse: true },
    };
  }

  #watch(entity: EntityValues, frame: number): void {
    this.#watched.set(entity.id, {
      values: entity,
      fields: entity.table.fields.length,
      frame,
      ordinal: this.#frames,
      isLeftOut: false,
      returns: 0,
      pause: 0,
      isUneven: false,
      steps: 0,
      stepSum: 0,
    });
  }

  #noteReturn(watch: Watch, pause: number, change: number): void {
    if (watch.steps > 0) {
      if (change > RESTED_STEPS * watch.stepSum / watch.steps) this.#moved++;
      else this.#rested++;
    }
    // The first frame lacks no entity that it has, so only one with ordinal 1 was left out.
    if (watch.ordinal === 1 && this.#frames > 2) watch.isLeftOut = true;
    if (watch.returns > 0 && pause !== watch.pause) {
      watch.isUneven = true;
      this.#uneven++;
    }
    watch.returns++;
    watch.pause = pause;
  }

  #refute(): void {
    this.#isRefuted = true;
    this.#watched.clear();
  }

  #startsAlone(): boolean {
    if (this.#frames < 3) return false;
    let resting = 0;
    let gone = 0;
    const pauses: number[] = [];
    for (const watch of this.#watched.values()) {
      if (watch.ordinal === 1) {
        resting++;
        gone++;
      } else if (watch.isLeftOut && watch.isUneven) resting++;
      else if (watch.isLeftOut && watch.returns === 1) pauses.push(watch.pause);
    }
    // Those that came back once were resting unless they came back together.
    if (new Set(pauses).size * 2 > pauses.length) resting += pauses.length;
    const hasPauses = this.#stepMax >= PAUSE_STEPS * this.#stepMin;
    // Where none of the first goes on, all is new: another map, not a world at rest.
    if (gone === this.#firstCount) return false;
    return resting >= 2
      ? resting * 2 > this.#firstCount || (hasPauses && resting * 2 === this.#firstCount)
      : resting === 1 && hasPauses && this.#firstCount === 2;
  }

  #comesAndGoes(): boolean {
    if (this.#uneven < UNEVEN_MIN || this.#uneven <= UNEVEN_SHARE * this.#followers) return false;
    return this.#moved <= this.#rested;
  }
}

/** Where the last row of a watch is: behind one that the same entity took since, or where it was. */
function lastRowAt({ values }: Watch, entity: EntityValues): number {
  return values === entity ? values.beforeAt : values.at;
}

/** How far the numbers of a row lie from those of the row before of its entity, in all. */
function distance(before: Watch, entity: EntityValues): number {
  const { table, numbers, at } = entity;
  const { values } = before;
  const beforeAt = lastRowAt(before, entity);
  let sum = 0;
  for (let i = 0; i < table.fields.length; i++) {
    const { category, name } = table.fields[i]!;
    if (category !== "number") continue;
    const b = values.table === table ? i : values.table.indexOf(name);
    if (b === undefined || b >= before.fields) continue;
    if (values.table.fields[b]!.category !== "number") continue;
    const change = Math.abs(numbers[at + i]! - values.numbers[beforeAt + b]!);
    if (change >= 0) sum += change;
  }
  return sum;
}

/** True for a row that is the same as the last one, which another row may stand between. */
function isRepeated(before: Watch, entity: EntityValues): boolean {
  const { values } = before;
  const { table, numbers, texts, at } = entity;
  // Of an entity that goes on it is known.
  if (values === entity || values.table !== table || before.fields !== table.fields.length) {
    return false;
  }
  for (let i = 0; i < table.fields.length; i++) {
    if (!Object.is(values.numbers[values.at + i], numbers[at + i])) return false;
  }
  return table.textPlaces.every((i) => values.texts[values.at + i] === texts[at + i]);
}
