import { walkToEntity } from "../core/state/sorted_ids.ts";
import { DistinctBudget, DistinctNumbers } from "./infer_distinct.ts";
import { type FieldFacts, FieldObserver } from "./infer_field.ts";
import { closedField, closedKind } from "./open_enum.ts";
import { MASK_FIELDS_MAX } from "../core/bytes/mask.ts";
import {
  type Field,
  type Kind,
  NAMES_MAX,
  type Schema,
  SchemaError,
} from "../core/state/schema.ts";
import type { EntityState, FieldValues, StateFrame } from "../core/state/state.ts";

/** What was seen of one kind. */
export interface KindFacts {
  /** Name of the kind. */
  readonly name: string;
  /** Number of distinct entity ids, exact up to 2^20. */
  readonly entities: number;
  /** Number of states: one per entity and frame, unchanged ones included. */
  readonly rows: number;
  /** The kind's fields, in the order of their first appearance. */
  readonly fields: readonly FieldFacts[];
}

/** Distinct entities of a kind that are counted exactly. */
export const ENTITIES_COUNTED_MAX = 2 ** 20;
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
 * Integers become the first of `u8 i8 u16 i16 u32 i32` that holds them, or `f64`. Fractions become
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
  #frames = 0;
  #before: readonly EntityState[] = [];
  #last: KindObserver | undefined;

  /**
   * Inference that has seen nothing.
   *
   * @param options `counts` is false to leave distinct ids and numbers uncounted, which takes 16 to
   *   32 bytes for each of 4 Mi values; {@linkcode SchemaInference.facts} is refused then
   */
  constructor({ counts = true }: { readonly counts?: boolean | undefined } = {}) {
    this.#budget = counts ? new DistinctBudget(DISTINCT_BUDGET) : undefined;
  }

  /**
   * Adds the states of a frame. A state that is the same object as the one of its entity at the
   * frame before is counted and not looked at; this needs entities in ascending order of id.
   *
   * @throws {SchemaError} when no schema can hold the values: a field that changes between number,
   *   text and truth value, more than 64 fields, or more than 65 536 kinds
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

  /** Narrowest schema that holds every value seen. */
  schema(): Schema {
    return { kinds: Array.from(this.#kinds.values(), (kind) => kind.kind()) };
  }

  /**
   * Narrowest schema that holds every value seen and what an earlier schema holds, with the kinds,
   * fields and texts of the earlier one first and in their order. Where only `f64` could hold all
   * that an earlier field might have held, the field holds what was seen.
   * An enum without `values` (an open one, of a schema file) gets those that were seen.
   *
   * @returns `earlier` itself when it holds every value seen
   * @throws {SchemaError} when a field does not hold values of the same category in both, or when
   *   there are too many fields, kinds or texts
   */
  widen(earlier: Schema): Schema {
    let isSame = true;
    const kinds = earlier.kinds.map((kind) => {
      const widened = this.#kinds.get(kind.name)?.widened(kind) ?? closedKind(kind);
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
      kind = new KindObserver(name, this.#budget, this.#textBudget);
      this.#kinds.set(name, kind);
    }
    this.#last = kind;
    return kind;
  }
}

class KindObserver {
  readonly name: string;
  readonly ids: DistinctNumbers | undefined;
  rows = 0;
  #observed = 0;
  readonly #fields: FieldObserver[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #budget: DistinctBudget | undefined;
  readonly #textBudget: DistinctBudget;

  constructor(name: string, budget: DistinctBudget | undefined, textBudget: DistinctBudget) {
    this.name = name;
    this.ids = budget && new DistinctNumbers(ENTITIES_COUNTED_MAX, budget);
    this.#budget = budget;
    this.#textBudget = textBudget;
  }

  observe(values: FieldValues, before: FieldValues | undefined, frame: number): void {
    this.#observed++;
    const fields = this.#fields;
    let next = 0;
    for (const name in values) {
      // States of a kind mostly have their fields in the same order.
      const field = next < fields.length && fields[next]!.name === name
        ? fields[next]!
        : this.#field(name);
      field.add(values[name]!, before?.[name], frame);
      next++;
    }
  }

  kind(): Kind {
    return { name: this.name, fields: this.#fields.map((field) => this.#asField(field)) };
  }

  widened(earlier: Kind): Kind {
    let isSame = true;
    const fields = earlier.fields.map((field) => {
      const widened = this.#widenedField(field);
      if (widened !== field) isSame = false;
      return widened;
    });
    const known = new Set(earlier.fields.map((field) => field.name));
    for (const field of this.#fields) {
      if (known.has(field.name)) continue;
      // States of the earlier schema lacked it, also those that were not observed here.
      fields.push(field.field(true));
      isSame = false;
    }
    if (fields.length > MASK_FIELDS_MAX) this.#refuseFields();
    return isSame ? earlier : { name: this.name, fields };
  }

  facts(): KindFacts {
    return {
      name: this.name,
      entities: this.ids?.count ?? 0,
      rows: this.rows,
      fields: this.#fields.map((field) => field.facts(field.seen < this.#observed)),
    };
  }

  #widenedField(field: Field): Field {
    const index = this.#indexes.get(field.name);
    if (index !== undefined) {
      const observer = this.#fields[index]!;
      return observer.widened(field, observer.seen < this.#observed);
    }
    if (this.#observed === 0 || field.optional === true) return closedField(field);
    return { ...closedField(field), optional: true };
  }

  #asField(field: FieldObserver): Field {
    return field.field(field.seen < this.#observed);
  }

  #field(name: string): FieldObserver {
    const index = this.#indexes.get(name);
    if (index !== undefined) return this.#fields[index]!;
    if (this.#fields.length >= MASK_FIELDS_MAX) this.#refuseFields();
    const field = new FieldObserver(name, this.#budget, this.#textBudget);
    this.#indexes.set(name, this.#fields.length);
    this.#fields.push(field);
    return field;
  }

  #refuseFields(): never {
    throw new SchemaError(
      `Kind ${
        JSON.stringify(this.name)
      } has more than ${MASK_FIELDS_MAX} fields; split it into two kinds`,
    );
  }
}
