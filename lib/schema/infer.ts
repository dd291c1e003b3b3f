import { walkToEntity } from "../core/state/sorted_ids.ts";
import { DistinctBudget } from "./infer_distinct.ts";
import { type KindFacts, KindObserver } from "./infer_kind.ts";
import { type RowField, RowInference } from "./infer_rows.ts";
import { closedKind } from "./open_enum.ts";
import { NAMES_MAX, type Schema, SchemaError } from "../core/state/schema.ts";
import type { EntityState, StateFrame } from "../core/state/state.ts";

const DISTINCT_BUDGET = 4 * 2 ** 20;
/** Eights of characters of all texts together. */
const TEXT_BUDGET = 2 ** 21;

/**
 * Narrowest lossless types for all values that were seen.
 *
 * Truth values become `bool`. Texts become `enum`, listed in the order of their first appearance,
 * unless they hardly repeat: of those that came after the first frame at least half were new, and
 * these were 16, or four and came with every fourth state; or there are too many to list. Such a
 * field becomes `text`.
 * Integers become the first of `u8 i8 u16 i16 u32 i32` that holds them, or `f64`; a field with a
 * bigint becomes `u64`, and all its numbers have to be integers from 0. Fractions become
 * `fixed` with the coarsest step 2^-n (n to 12), else 10^-n (n to 9), over which every value is an
 * integer of 32 bits; else `f32` when every value is exact in it; else `f64`. -0 is no integer. A
 * field that a state lacked is optional. Kinds and fields keep the order of first appearance.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SchemaInference } from "@hindcast/hindcast/ingest";
 *
 * const inference = new SchemaInference();
 * const fields = { hp: 100, x: -0.5, weapon: "rl" };
 * inference.observe({ frame: 0, timeMs: 0, entities: [{ id: 3, kind: "player", fields }] });
 * assert.deepEqual(inference.schema().kinds[0].fields, [
 *   { name: "hp", type: "u8" },
 *   { name: "x", type: "fixed", step: 0.5 },
 *   { name: "weapon", type: "enum", values: ["rl"] },
 * ]);
 * ```
 */
export class SchemaInference {
  readonly #kinds = new Map<string, KindObserver>();
  readonly #budget: DistinctBudget | undefined;
  readonly #textBudget = new DistinctBudget(TEXT_BUDGET);
  readonly #declared: Schema | undefined;
  #frames = 0;
  #before: readonly EntityState[] = [];
  #last: KindObserver | undefined;

  /**
   * Inference that has seen nothing.
   *
   * @param options `counts` is false to leave distinct ids and numbers uncounted, which takes 16 to
   *   32 bytes for each of 4 Mi values; {@linkcode SchemaInference.facts} is refused then.
   *   `declared` is the schema that {@linkcode SchemaInference.widen} will be asked about, for steps
   *   that are none of 2^-n and 10^-n: what is a multiple of such a one is told number by number
   */
  constructor(
    { counts = true, declared }: {
      readonly counts?: boolean | undefined;
      readonly declared?: Schema | undefined;
    } = {},
  ) {
    this.#declared = declared;
    this.#budget = counts ? new DistinctBudget(DISTINCT_BUDGET) : undefined;
  }

  /**
   * Adds the states of a frame. A state that is the same object as the one of its entity at the
   * frame before is counted and not looked at; this needs entities in ascending order of id.
   *
   * @throws {SchemaError} when no schema can hold the values: a field that changes between number,
   *   text and truth value, or has bigints beside what `u64` cannot hold, more than 64 fields, or more than 65 536 kinds
   */
  observe(frame: StateFrame): void {
    const before = this.#before;
    const entities = frame.entities;
    this.#frames++;
    let b = 0;
    for (let i = 0; i < entities.length; i++) {
      const state = entities[i]!;
      b = walkToEntity(before, b, state.id);
      const old = before[b];
      const kind = this.#kind(state.kind);
      kind.rows++;
      if (old === state) continue;
      const isKnown = old !== undefined && old.id === state.id && old.kind === state.kind;
      if (!isKnown) kind.ids?.add(state.id);
      kind.observe(state.fields, isKnown ? old.fields : undefined, this.#frames);
    }
    this.#before = entities;
  }

  /**
   * Starts a frame whose states come as rows, by {@linkcode SchemaInference.rowsOf}.
   *
   * @internal
   */
  startFrame(): void {
    this.#frames++;
    this.#before = [];
  }

  /**
   * What takes rows of a kind, in the frame that was started last.
   *
   * @param fields fields of the rows, with what their values are
   * @throws {SchemaError} when there are more than 65 536 kinds
   * @internal
   */
  rowsOf(name: string, fields: readonly RowField[]): RowInference {
    return new RowInference(this.#kind(name), fields);
  }

  /** Number of frames so far. @internal */
  get frames(): number {
    return this.#frames;
  }

  /** Number of values of a field so far. @internal */
  valuesOf(kind: string, field: string): number {
    return this.#kinds.get(kind)?.valuesOf(field) ?? 0;
  }

  /** Narrowest schema that holds every value seen. */
  schema(): Schema {
    return { kinds: Array.from(this.#kinds.values(), (kind) => kind.kind()) };
  }

  /**
   * Narrowest schema that holds every value seen and what an earlier schema holds, with the kinds,
   * fields and texts of the earlier one first and in their order. Where only `f64` could hold all
   * that an earlier field might have held, the field holds what was seen.
   * An enum without `values` (an open one, of a schema file) gets those that were seen. A `fixed`
   * field whose step is none of 2^-n and 10^-n is kept only if it was declared from the start.
   *
   * @param options `keepsAll`: true where values were recorded by the earlier schema that were not
   *   seen here: then every field holds all that the earlier one can hold
   * @returns `earlier` itself when it holds every value seen
   * @throws {SchemaError} when a field does not hold values of the same category in both, or when
   *   there are too many fields, kinds or texts
   */
  widen(earlier: Schema, { keepsAll = false }: { readonly keepsAll?: boolean } = {}): Schema {
    let isSame = true;
    const kinds = earlier.kinds.map((kind) => {
      const widened = this.#kinds.get(kind.name)?.widened(kind, keepsAll) ?? closedKind(kind);
      if (widened !== kind) isSame = false;
      return widened;
    });
    const known = new Set(earlier.kinds.map((kind) => kind.name));
    for (const kind of this.#kinds.values()) {
      if (known.has(kind.name)) continue;
      kinds.push(kind.kind());
      isSame = false;
    }
    if (kinds.length > NAMES_MAX) {
      throw new SchemaError(`Schema has ${kinds.length} kinds, at most ${NAMES_MAX} fit`);
    }
    return isSame ? earlier : { kinds };
  }

  /** What was seen of every kind and field. @throws {TypeError} when nothing was counted */
  facts(): readonly KindFacts[] {
    if (this.#budget === undefined) throw new TypeError("The inference was told not to count");
    return Array.from(this.#kinds.values(), (kind) => kind.facts());
  }

  #kind(name: string): KindObserver {
    const last = this.#last;
    if (last !== undefined && last.name === name) return last;
    let kind = this.#kinds.get(name);
    if (kind === undefined) {
      if (this.#kinds.size >= NAMES_MAX) {
        throw new SchemaError(`There are more than ${NAMES_MAX} kinds`);
      }
      const declared = this.#declared?.kinds.find((kind) => kind.name === name);
      kind = new KindObserver(name, this.#budget, this.#textBudget, declared);
      this.#kinds.set(name, kind);
    }
    this.#last = kind;
    return kind;
  }
}
