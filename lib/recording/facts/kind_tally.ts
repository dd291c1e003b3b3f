import type { RowLayout } from "../../core/state/row_layout.ts";
import { type DistinctBudget, DistinctNumbers } from "../../schema/infer_distinct.ts";
import { FieldObserver } from "../../schema/infer_field.ts";
import { ENTITIES_COUNTED_MAX } from "../../schema/infer_kind.ts";
import type { KindTracks } from "../block/block_content.ts";
import type { Work } from "../queue/work.ts";
import type { RecentWords } from "./recent_words.ts";
import type { StateKindFacts } from "./state_facts.ts";

/** Samples after which others may run: each may be a value that has to be looked up and kept. */
const SLICE_SAMPLES = 1024;

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

  /** Adds the states of a block, field by field. @param recent memory for a column */
  *add(tracks: KindTracks, layout: RowLayout, recent: RecentWords): Work {
    const { ids, spans, positions } = tracks;
    for (let t = 0; t < ids.length; t++) {
      this.#ids.add(ids[t]!);
      this.#rows += spans[t]!;
    }
    yield;
    yield* this.#beginFields(tracks, layout);
    for (const [field, { name }] of layout.kind.fields.entries()) {
      const tally = this.#fields.get(name);
      if (tally === undefined) continue;
      recent.clear(positions.length);
      for (let from = 0; from < positions.length; from += SLICE_SAMPLES) {
        const to = Math.min(from + SLICE_SAMPLES, positions.length);
        addColumn(tally, tracks, layout, field, recent, from, to);
        yield;
      }
    }
    this.#states += positions.length;
  }

  /** What was there. */
  facts(): StateKindFacts {
    const fields = Array.from(this.#fields.values(), ({ values, isOptional }) => {
      const { type: _, ...facts } = values.facts(isOptional);
      return facts;
    });
    return { name: this.#name, entities: this.#ids.count, rows: this.#rows, fields };
  }

  /** Begins what comes for the first time, in the order of frames, rows and fields. */
  *#beginFields(tracks: KindTracks, layout: RowLayout): Work {
    const coming = [];
    for (const [field, { name }] of layout.kind.fields.entries()) {
      if (this.#fields.has(name)) continue;
      const sample = firstSample(tracks, layout, field);
      yield;
      if (sample >= 0) coming.push({ name, sample, position: tracks.positions[sample]! });
    }
    coming.sort((a, b) => a.position - b.position || a.sample - b.sample);
    for (const { name } of coming) {
      const values = new FieldObserver(name, this.#numbers, this.#texts);
      // States that were there before it lacked it.
      this.#fields.set(name, { values, isOptional: this.#states > 0 });
    }
  }
}

/** Sample of the first frame with a field, the first one there; -1 when no sample has it. */
function firstSample({ positions, rows }: KindTracks, layout: RowLayout, field: number): number {
  let first = -1;
  for (let s = 0; s < positions.length; s++) {
    if (first >= 0 && positions[s]! >= positions[first]!) continue;
    if (layout.isPresent(rows, s * layout.stride, field)) first = s;
  }
  return first;
}

/** Adds the values of a field in a range of samples. @param recent a value in it adds nothing */
function addColumn(
  tally: FieldTally,
  { rows }: KindTracks,
  layout: RowLayout,
  field: number,
  recent: RecentWords,
  from: number,
  to: number,
): void {
  const { stride } = layout;
  const place = layout.wordOf[field]!;
  const isPair = layout.wordsOf[field] === 2;
  const isOptional = layout.kind.fields[field]!.optional === true;
  let isFirst = true;
  let lastLow = 0;
  let lastHigh = 0;
  for (let at = from * stride; at < to * stride; at += stride) {
    if (isOptional && !layout.isPresent(rows, at, field)) {
      tally.isOptional = true;
      continue;
    }
    const low = rows[at + place]!;
    const high = isPair ? rows[at + place + 1]! : 0;
    // Most of what is there rests.
    if (low === lastLow && high === lastHigh && !isFirst) continue;
    isFirst = false;
    lastLow = low;
    lastHigh = high;
    if (recent.add(low, high)) tally.values.add(layout.get(rows, at, field)!, undefined, 0);
  }
}
