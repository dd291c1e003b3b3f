import type { Frame } from "../time/frame.ts";
import type { Field, FieldType } from "../state/schema.ts";

/** A field as {@linkcode defineSchema} takes it: a type's name, or the type with its details. */
export type FieldSpec = Exclude<FieldType, "fixed" | "enum"> | Omit<Field, "name">;

/** Fields of a kind by name, in the order of the mask's bits. */
export type FieldTable = Readonly<Record<string, FieldSpec>>;

/**
 * What a field holds in an object: one of an `enum`'s own texts, where they are known.
 *
 * @internal
 */
type ValueOf<F extends FieldSpec> = F extends
  { readonly type: "enum"; readonly values: readonly (infer T)[] } ? T
  : F extends "bool" | { readonly type: "bool" } ? boolean
  : F extends "u64" | { readonly type: "u64" } ? bigint
  : F extends "text" | { readonly type: "enum" | "text" } ? string
  : number;

/**
 * Names of the optional fields of a table.
 *
 * @internal
 */
type OptionalKeys<F extends FieldTable> = {
  [K in keyof F]: F[K] extends { readonly optional: true } ? K : never;
}[keyof F];

/** Object with the values of a field table. */
export type StateOf<F extends FieldTable> =
  & { [K in Exclude<keyof F, OptionalKeys<F>>]: ValueOf<F[K]> }
  & { [K in OptionalKeys<F>]?: ValueOf<F[K]> };

/** An entity of one of several kinds, with the state of its kind. */
export type EntityOf<K extends Readonly<Record<string, FieldTable>>> = {
  [Name in keyof K & string]: {
    /** Entity, an unsigned 32-bit integer, unique within a frame. */
    readonly id: number;
    /** Name of the kind. */
    readonly kind: Name;
    /** Values by field name. */
    readonly fields: StateOf<K[Name]>;
  };
}[keyof K & string];

/** All entities at a frame. */
export interface FrameOf<K extends Readonly<Record<string, FieldTable>>> {
  /** Frame index, an unsigned 32-bit integer. */
  readonly frame: Frame;
  /** Time of the frame in milliseconds. */
  readonly timeMs: number;
  /** Every entity of the frame, each id once. */
  readonly entities: readonly EntityOf<K>[];
}
