import { float32FromBits, float64FromBits } from "../../core/bytes/bits.ts";
import type { RowLayout } from "../../core/state/row_layout.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { COLUMN, type KindPlan } from "./drawn_plan.ts";

/** A turn in radians, with room for values that are rounded or go a little beyond. */
const RADIANS_MAX = 6.3;

/** Reads an angle of a row; 0 where it is not there. */
type Read = (words: Int32Array, at: number) => number;

/**
 * Which kinds have their angles in radians, those that name a unit aside: where all recorded
 * finite values of all of them lie within a turn in radians and one is no whole number. Until the last frame both are
 * possible, so both are drawn.
 */
export class AngleUnits {
  /** By kind, how each column is drawn: one that cannot be radians any more is not. */
  readonly ways: readonly Uint8Array[];
  readonly #plans: readonly KindPlan[];
  /** By kind, columns that may be radians. */
  readonly #doubtful: readonly (readonly number[])[];
  /** By recorded kind, index of its plan and how its angles that may be radians are read. */
  readonly #angles: ({ readonly kind: number; readonly reads: readonly Read[] } | undefined)[];
  #isDoubtful: boolean;
  /** By kind, 1 when a value was beyond a turn in radians, so that all are degrees. */
  readonly #isDegrees: Uint8Array;
  /** By kind, 1 when a value was no whole number. */
  readonly #isFraction: Uint8Array;

  /** Nothing was recorded yet. */
  constructor(plans: readonly KindPlan[], recorded: SnapshotLayout) {
    this.#plans = plans;
    this.ways = plans.map(({ columns }) => Uint8Array.from(columns, ({ way }) => way));
    this.#doubtful = plans.map(({ columns }) =>
      columns.flatMap(({ isDoubtful }, i) => isDoubtful ? [i] : [])
    );
    this.#isDoubtful = this.#doubtful.some((columns) => columns.length > 0);
    this.#angles = recorded.kinds.map((layout, index) => {
      const kind = plans.findIndex(({ recordedIndex }) => recordedIndex === index);
      if (kind < 0 || this.#doubtful[kind]!.length === 0) return undefined;
      const { columns, recordedFields } = plans[kind]!;
      const reads = this.#doubtful[kind]!.map((column) =>
        readOf(layout, recordedFields[columns[column]!.field]!)
      );
      return { kind, reads };
    });
    this.#isDegrees = new Uint8Array(plans.length);
    this.#isFraction = new Uint8Array(plans.length);
  }

  /** Takes in a recorded frame. */
  observe({ count, kinds, rows, words }: Snapshot): void {
    if (!this.#isDoubtful) return;
    for (let i = 0; i < count; i++) {
      const angles = this.#angles[kinds[i]!];
      if (angles === undefined) continue;
      const { kind, reads } = angles;
      for (let d = 0; d < reads.length; d++) {
        const value = reads[d]!(words, rows[i]!);
        if (!Number.isFinite(value)) continue;
        if (!Number.isInteger(value)) this.#isFraction[kind] = 1;
        if (!(value >= -RADIANS_MAX && value <= RADIANS_MAX)) {
          this.#noteDegrees(kinds[i]!, kind);
          break;
        }
      }
    }
  }

  #noteDegrees(recordedIndex: number, kind: number): void {
    this.#isDegrees[kind] = 1;
    for (const column of this.#doubtful[kind]!) this.ways[kind]![column] = COLUMN.off;
    this.#angles[recordedIndex] = undefined;
    this.#isDoubtful = this.#angles.some((angles) => angles !== undefined);
  }

  /** Column that stands for a field whose first column that is. */
  columnOf(kind: number, column: number): number {
    const second = column + 1;
    const isRadians = this.#plans[kind]!.columns[second]?.isDoubtful === true &&
      this.#isDegrees[kind] === 0 && this.#isFraction[kind] === 1;
    return isRadians ? second : column;
  }
}

function readOf(layout: RowLayout, field: number): Read {
  const word = layout.wordOf[field]!;
  switch (layout.kind.fields[field]!.type) {
    case "f32":
      return (words, at) => float32FromBits(words[at + word]!);
    case "f64":
      return (words, at) => float64FromBits(words[at + word]!, words[at + word + 1]!);
    case "u32":
      return (words, at) => words[at + word]! >>> 0;
    case "fixed": {
      const multiplier = layout.multipliers[field]!;
      const divisor = layout.divisors[field]!;
      return (words, at) => words[at + word]! * multiplier / divisor;
    }
    default:
      return (words, at) => words[at + word]!;
  }
}
