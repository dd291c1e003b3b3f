import type { RowLayout } from "../../core/state/row_layout.ts";
import { type DistinctBudget, DistinctNumbers } from "../../schema/infer_distinct.ts";
import { FieldObserver } from "../../schema/infer_field.ts";
import { ENTITIES_COUNTED_MAX } from "../../schema/infer.ts";
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
  #samples = 0;
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
    const order = byFrame(positions, frameCount);
    const goesOn = new Uint8Array(positions.length).fill(1);
    for (const start of trackStarts(sampleCounts)) goesOn[start] = 0;
    const block = { layout, rows, order, goesOn };
    for (const field of this.#newFields(block)) this.#begin(layout.kind.fields[field]!.name);
    for (const [field, { name }] of layout.kind.fields.entries()) {
      const tally = this.#fields.get(name);
      if (tally !== undefined) addColumn(tally, field, block);
    }
    // Fields that only an earlier revision had do not exist; those of a later one are new then.
    this.#samples += positions.length;
  }

  /** What was there. */
  facts(): StateKindFacts {
    const fields = Array.from(this.#fields.values(), ({ values, isOptional }) => {
      const { type: _, ...facts } = values.facts(isOptional);
      return facts;
    });
    return { name: this.#name, entities: this.#ids.count, rows: this.#rows, fields };
  }

  /** Fields that come with these samples, in the order in which they do. */
  #newFields({ layout, rows, order }: Samples): number[] {
    const { fields } = layout.kind;
    const came = new Map<number, number>();
    for (const [field, { name }] of fields.entries()) {
      if (this.#fields.has(name)) continue;
      const first = order.findIndex((s) => layout.isPresent(rows, s * layout.stride, field));
      if (first >= 0) came.set(field, first);
    }
    return [...came.keys()].sort((a, b) => came.get(a)! - came.get(b)! || a - b);
  }

  #begin(name: string): void {
    const values = new FieldObserver(name, this.#numbers, this.#texts);
    this.#fields.set(name, { values, isOptional: this.#samples > 0 });
  }
}

/** Samples of a kind in a block. */
interface Samples {
  readonly layout: RowLayout;
  readonly rows: Int32Array;
  /** The samples in the order of their frames, and of their entities within a frame. */
  readonly order: Int32Array;
  /** 1 for a sample that follows one of the same track. */
  readonly goesOn: Uint8Array;
}

/** Adds the values of a field, but those that an entity had before. */
function addColumn(tally: FieldTally, field: number, { layout, rows, order, goesOn }: Samples) {
  const { stride } = layout;
  const first = layout.wordOf[field]!;
  const last = first + layout.wordsOf[field]! - 1;
  const isOptional = layout.kind.fields[field]!.optional === true;
  for (let i = 0; i < order.length; i++) {
    const s = order[i]!;
    const at = s * stride;
    if (isOptional && !layout.isPresent(rows, at, field)) {
      tally.isOptional = true;
      continue;
    }
    const isSame = goesOn[s] === 1 && rows[at + first] === rows[at + first - stride] &&
      rows[at + last] === rows[at + last - stride] &&
      (!isOptional || layout.isPresent(rows, at - stride, field));
    if (!isSame) tally.values.add(layout.get(rows, at, field)!, undefined, 0);
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
