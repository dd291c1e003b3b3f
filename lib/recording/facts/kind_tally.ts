import { lowestBit, Mask } from "../../core/bytes/mask.ts";
import type { RowLayout } from "../../core/state/row_layout.ts";
import { type DistinctBudget, DistinctNumbers } from "../../schema/infer_distinct.ts";
import { FieldObserver } from "../../schema/infer_field.ts";
import { ENTITIES_COUNTED_MAX } from "../../schema/infer_kind.ts";
import { type KindTracks, trackStarts } from "../block/block_content.ts";
import type { StateKindFacts } from "./state_facts.ts";

/** What was seen of a field. */
interface FieldTally {
  readonly values: FieldObserver;
  /** True once a state lacked it. */
  isOptional: boolean;
}

/** Collects what the states of a kind hold. */
export class KindTally {
  readonly #name: string;
  readonly #ids: DistinctNumbers;
  readonly #numbers: DistinctBudget;
  readonly #texts: DistinctBudget;
  readonly #fields = new Map<string, FieldTally>();
  readonly #changed = new Mask();
  #states = 0;
  #rows = 0;

  /** No states yet. */
  constructor(name: string, numbers: DistinctBudget, texts: DistinctBudget) {
    this.#name = name;
    this.#ids = new DistinctNumbers(ENTITIES_COUNTED_MAX, numbers);
    this.#numbers = numbers;
    this.#texts = texts;
  }

  /** True when memory ended a count that had not reached its limit. */
  get isCut(): boolean {
    if (this.#ids.isCut) return true;
    for (const { values } of this.#fields.values()) if (values.isCut) return true;
    return false;
  }

  /** Adds the states of a block. @param frameCount number of its frames */
  add(tracks: KindTracks, layout: RowLayout, frameCount: number): void {
    const { ids, spans, positions, rows, sampleCounts } = tracks;
    for (let t = 0; t < ids.length; t++) {
      this.#ids.add(ids[t]!);
      this.#rows += spans[t]!;
    }
    const goesOn = new Uint8Array(positions.length).fill(1);
    for (const start of trackStarts(sampleCounts)) goesOn[start] = 0;
    const tallies = layout.kind.fields.map(({ name }) => this.#fields.get(name));
    for (const s of byFrame(positions, frameCount)) {
      const at = s * layout.stride;
      const changed = this.#changed.fill(tallies.length);
      // What an entity had before is counted.
      if (goesOn[s] === 1) layout.diff(rows, at, rows, at - layout.stride, changed.clear());
      for (let first = 0, bits = changed.lo; first < 64; first += 32, bits = changed.hi) {
        for (; bits !== 0; bits &= bits - 1) {
          const field = first + lowestBit(bits);
          const value = layout.get(rows, at, field);
          if (value !== undefined) {
            const tally = tallies[field] ??= this.#begin(layout.kind.fields[field]!.name);
            tally.values.add(value, undefined, 0);
          } else if (tallies[field] !== undefined) {
            tallies[field].isOptional = true;
          }
        }
      }
      this.#states++;
    }
  }

  /** What was there. */
  facts(): StateKindFacts {
    const fields = Array.from(this.#fields.values(), ({ values, isOptional }) => {
      const { type: _, ...facts } = values.facts(isOptional);
      return facts;
    });
    return { name: this.#name, entities: this.#ids.count, rows: this.#rows, fields };
  }

  #begin(name: string): FieldTally {
    const values = new FieldObserver(name, this.#numbers, this.#texts);
    // States that were there before it lacked it.
    const tally = { values, isOptional: this.#states > 0 };
    this.#fields.set(name, tally);
    return tally;
  }
}

/** Samples in the order of their positions, those of one position as they are. */
function byFrame(positions: Int32Array, frameCount: number): Int32Array {
  const next = new Int32Array(frameCount + 1);
  for (const position of positions) next[position + 1]!++;
  for (let i = 1; i <= frameCount; i++) next[i]! += next[i - 1]!;
  const order = new Int32Array(positions.length);
  for (let s = 0; s < positions.length; s++) order[next[positions[s]!]!++] = s;
  return order;
}
