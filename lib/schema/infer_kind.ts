import { MASK_FIELDS_MAX } from "../core/bytes/mask.ts";
import { type Field, type Kind, SchemaError } from "../core/state/schema.ts";
import type { FieldValues } from "../core/state/state.ts";
import { type DistinctBudget, DistinctNumbers } from "./infer_distinct.ts";
import { type FieldFacts, FieldObserver } from "./infer_field.ts";
import { closedField } from "./open_enum.ts";

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

/** Collects what the choice of a kind's fields needs, state by state. */
export class KindObserver {
  /** Name of the kind. */
  readonly name: string;
  /** Distinct entity ids; undefined when they are not counted. */
  readonly ids: DistinctNumbers | undefined;
  /** States, unchanged ones included. */
  rows: number = 0;
  /** States that were looked at. */
  observed: number = 0;
  readonly #fields: FieldObserver[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #budget: DistinctBudget | undefined;
  readonly #textBudget: DistinctBudget;
  readonly #declared: Kind | undefined;

  /**
   * Observer of a kind without states; without a budget nothing is counted.
   *
   * @param declared kind that `widened` will be asked about, if it is known
   */
  constructor(
    name: string,
    budget: DistinctBudget | undefined,
    textBudget: DistinctBudget,
    declared: Kind | undefined,
  ) {
    this.name = name;
    this.#declared = declared;
    this.ids = budget && new DistinctNumbers(ENTITIES_COUNTED_MAX, budget);
    this.#budget = budget;
    this.#textBudget = textBudget;
  }

  /** Adds a state. @param before values of the same entity in the frame before */
  observe(values: FieldValues, before: FieldValues | undefined, frame: number): void {
    this.observed++;
    const fields = this.#fields;
    let next = 0;
    for (const name in values) {
      // States of a kind mostly have their fields in the same order.
      const field = next < fields.length && fields[next]!.name === name
        ? fields[next]!
        : this.field(name);
      field.add(values[name]!, before?.[name], frame);
      next++;
    }
  }

  /** Narrowest kind that holds every value seen. */
  kind(): Kind {
    return { name: this.name, fields: this.#fields.map((field) => this.#asField(field)) };
  }

  /**
   * Narrowest kind that holds every value seen and those of an earlier kind.
   *
   * @param keepsAll as of {@linkcode FieldObserver.widened}
   */
  widened(earlier: Kind, keepsAll: boolean): Kind {
    let isSame = true;
    const fields = earlier.fields.map((field) => {
      const widened = this.#widenedField(field, keepsAll);
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

  /** Values of a field, those of unchanged states by the share of states that have it. */
  valuesOf(name: string): number {
    const index = this.#indexes.get(name);
    if (index === undefined || this.observed === 0) return 0;
    return Math.round(this.#fields[index]!.seen / this.observed * this.rows);
  }

  /** What was seen. */
  facts(): KindFacts {
    return {
      name: this.name,
      entities: this.ids?.count ?? 0,
      rows: this.rows,
      fields: this.#fields.map((field) => field.facts(field.seen < this.observed)),
    };
  }

  #widenedField(field: Field, keepsAll: boolean): Field {
    const index = this.#indexes.get(field.name);
    if (index !== undefined) {
      const observer = this.#fields[index]!;
      return observer.widened(field, observer.seen < this.observed, keepsAll);
    }
    if (this.observed === 0 || field.optional === true) return closedField(field);
    return { ...closedField(field), optional: true };
  }

  #asField(field: FieldObserver): Field {
    return field.field(field.seen < this.observed);
  }

  /** Observer of a field, a new one unless there is one. @throws {SchemaError} above 64 fields */
  field(name: string): FieldObserver {
    const index = this.#indexes.get(name);
    if (index !== undefined) return this.#fields[index]!;
    if (this.#fields.length >= MASK_FIELDS_MAX) this.#refuseFields();
    const declared = this.#declared?.fields.find((field) => field.name === name);
    const field = new FieldObserver(name, this.#budget, this.#textBudget, declared);
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
