import type { FieldCoding } from "./kind_codec.ts";
import { RowEncoder } from "./row_encoder.ts";
import { RowLayout } from "../state/row_layout.ts";
import type { Field, FieldType, Kind } from "../state/schema.ts";

/** A field as {@linkcode defineSchema} takes it: a type's name, or the type with its details. */
export type FieldSpec = Exclude<FieldType, "fixed" | "enum"> | Omit<Field, "name">;

/** Type name of a field. */
export type TypeOf<F extends FieldSpec> = F extends { readonly type: infer T } ? T : F;

/** What a field holds in an object. */
export type ValueOf<F extends FieldSpec> = TypeOf<F> extends "bool" ? boolean
  : TypeOf<F> extends "enum" | "text" ? string
  : number;

/** Names of the optional fields of a table. */
export type OptionalKeys<F extends Record<string, FieldSpec>> = {
  [K in keyof F]: F[K] extends { readonly optional: true } ? K : never;
}[keyof F];

/** Object with the values of a field table. */
export type StateOf<F extends Record<string, FieldSpec>> =
  & { [K in Exclude<keyof F, OptionalKeys<F>>]: ValueOf<F[K]> }
  & { [K in OptionalKeys<F>]?: ValueOf<F[K]> };

/** One kind, compiled: rows, objects and bytes of its states. */
export interface DefinedSchema<F extends Record<string, FieldSpec>> {
  /** The kind with its field table, as a {@linkcode Schema} holds it. */
  readonly kind: Kind;
  /** Where each field lies in a row. */
  readonly layout: RowLayout;
  /** Encoder of rows, for a {@linkcode Tracker} or {@linkcode Receiver}. */
  readonly encoder: RowEncoder;
  /**
   * Row of an object; written into `row` when it is given.
   *
   * @throws {FieldValueError} when a value does not fit its field
   */
  pack(state: StateOf<F>, row?: Int32Array): Int32Array;
  /** Object of a row. */
  unpack(row: Int32Array): StateOf<F>;
}

/**
 * Compiles a field table into rows of 32-bit words and an encoder over them.
 *
 * @param name name of the kind
 * @param fields 0 to 64 fields by name, in the order of the mask's bits
 * @param coding `varint` (differences as zigzag varints) unless given, or `native`
 * @throws {SchemaError} when the field table cannot be used
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { defineSchema } from "@hindcast/hindcast";
 *
 * const rocket = defineSchema("rocket", {
 *   x: { type: "fixed", step: 0.125 },
 *   owner: "u8",
 *   mode: { type: "enum", values: ["fly", "boom"] },
 * });
 * const row = rocket.pack({ x: -3.5, owner: 2, mode: "boom" });
 * assert.deepEqual([...row], [-28, 2, 1, 0]);
 * assert.deepEqual(rocket.unpack(row), { x: -3.5, owner: 2, mode: "boom" });
 * ```
 */
export function defineSchema<const F extends Record<string, FieldSpec>>(
  name: string,
  fields: F,
  coding: FieldCoding = "varint",
): DefinedSchema<F> {
  const table = Object.entries(fields).map(([field, spec]): Field =>
    typeof spec === "string" ? { name: field, type: spec } : { ...spec, name: field }
  );
  const kind: Kind = { name, fields: table };
  const layout = new RowLayout(kind);
  return {
    kind,
    layout,
    encoder: new RowEncoder(layout, coding),
    pack(state: StateOf<F>, row: Int32Array = new Int32Array(layout.stride)): Int32Array {
      layout.pack(state as Record<string, number | boolean | string>, row, 0);
      return row;
    },
    unpack: (row: Int32Array): StateOf<F> => layout.unpack(row, 0) as StateOf<F>,
  };
}
