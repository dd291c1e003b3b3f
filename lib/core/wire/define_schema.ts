import { RowLayout } from "../state/row_layout.ts";
import { packerOf } from "../state/row_packer.ts";
import { type Field, type Kind, type Schema, SchemaError } from "../state/schema.ts";
import { Snapshot } from "../state/snapshot.ts";
import { SnapshotLayout } from "../state/snapshot_layout.ts";
import type { FieldValues, StateFrame } from "../state/state.ts";
import type { FieldCoding } from "./kind_codec.ts";
import { RowEncoder } from "./row_encoder.ts";
import type { FieldTable, FrameOf, StateOf } from "./typed_states.ts";

/** One kind, compiled: rows, objects and bytes of its states. */
export interface DefinedKind<F extends FieldTable> {
  /** The kind with its field table, as a {@linkcode Schema} holds it. */
  readonly kind: Kind;
  /** Encoder of rows, for a {@linkcode Tracker} or {@linkcode Receiver}. */
  readonly encoder: RowEncoder;
  /**
   * Row of an object; written into `row` when it is given. A number between two that its field holds
   * goes to the nearest, as a live server wants it: what is sent is rounded to the wire.
   *
   * @param round false to refuse such a number instead
   * @throws {FieldValueError} when a value is out of its field's range or of another type
   */
  pack(state: StateOf<F>, row?: Int32Array, round?: boolean): Int32Array;
  /** Object of a row. */
  unpack(row: Int32Array): StateOf<F>;
}

/** Several kinds, compiled: snapshots and objects of worlds of them. */
export interface DefinedWorld<K extends Readonly<Record<string, FieldTable>>> {
  /** All kinds, in the order in which they were given. */
  readonly schema: Schema;
  /** Layout of snapshots, for a `WorldTracker` and a `WorldReader`. */
  readonly layout: SnapshotLayout;
  /**
   * Snapshot of a frame; written into `snapshot` when it is given. A number between two that its
   * field holds goes to the nearest, as a live server wants it: what is sent is rounded to the wire.
   *
   * @param round false to refuse such a number instead
   * @throws {FieldValueError} when a value is out of its field's range or of another type
   * @throws {RangeError} for an unknown kind, an id that occurs twice, a frame or id beyond u32, or a
   *   time that is none
   */
  pack(frame: FrameOf<K>, snapshot?: Snapshot, round?: boolean): Snapshot;
  /** Frame of a snapshot; of a view as well. */
  unpack(snapshot: Snapshot): FrameOf<K>;
}

/**
 * Compiles the field table of a kind into rows of 32-bit words and an encoder over them.
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
export function defineSchema<const F extends FieldTable>(
  name: string,
  fields: F,
  coding?: FieldCoding,
): DefinedKind<F>;
/**
 * Compiles the field tables of a world's kinds into a layout of snapshots.
 *
 * @param kinds field tables by the names of their kinds, at most 65 536
 * @throws {SchemaError} when a field table cannot be used
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { defineSchema } from "@hindcast/hindcast";
 *
 * const game = defineSchema({
 *   ship: { x: "i16", hp: "u8" },
 *   rocket: { x: "i16", mode: { type: "enum", values: ["fly", "boom"] } },
 * });
 * const snapshot = game.pack({
 *   frame: 1,
 *   timeMs: 50,
 *   entities: [
 *     { id: 1, kind: "ship", fields: { x: 10, hp: 100 } },
 *     { id: 2, kind: "rocket", fields: { x: 7, mode: "fly" } },
 *   ],
 * });
 * const second = game.unpack(snapshot).entities[1];
 * assert.equal(second.kind === "rocket" && second.fields.mode, "fly");
 * ```
 */
export function defineSchema<const K extends Readonly<Record<string, FieldTable>>>(
  kinds: K,
): DefinedWorld<K>;
export function defineSchema(
  nameOrKinds: string | Readonly<Record<string, FieldTable>>,
  fields: FieldTable = {},
  coding: FieldCoding = "varint",
): DefinedKind<FieldTable> | DefinedWorld<Record<string, FieldTable>> {
  return typeof nameOrKinds === "string"
    ? defineKind(kindOf(nameOrKinds, fields), coding)
    : defineWorld({ kinds: Object.entries(nameOrKinds).map(([name, of]) => kindOf(name, of)) });
}

function kindOf(name: string, table: FieldTable): Kind {
  const where = `kind ${JSON.stringify(name)}`;
  if (typeof table !== "object" || table === null) {
    const remedy = `for one kind alone say defineSchema("name", {...})`;
    throw new SchemaError(`its fields are ${JSON.stringify(table)}, expected an object of them`, {
      where,
      remedy,
    });
  }
  const fields = Object.entries(table).map(([field, spec]): Field => {
    if (typeof spec === "string") return { name: field, type: spec };
    const unknown = Object.keys(spec ?? {}).find((key) => !SPEC_KEYS.includes(key));
    if (unknown === undefined) return { ...spec, name: field };
    throw new SchemaError(`there is no ${unknown}, only ${SPEC_KEYS.join(", ")}`, {
      where: `${where}, field ${JSON.stringify(field)}`,
    });
  });
  return { name, fields };
}

/** What a field's details may say. */
const SPEC_KEYS: readonly string[] = ["type", "step", "values", "optional"];

function defineKind(kind: Kind, coding: FieldCoding): DefinedKind<FieldTable> {
  const layout = new RowLayout(kind);
  const packer = packerOf(layout);
  return {
    kind,
    encoder: new RowEncoder(layout, coding),
    pack(state: StateOf<FieldTable>, row = new Int32Array(layout.stride), round = true) {
      packer.pack(state as FieldValues, row, 0, round);
      return row;
    },
    unpack: (row: Int32Array) => layout.unpack(row, 0) as StateOf<FieldTable>,
  };
}

function defineWorld(schema: Schema): DefinedWorld<Record<string, FieldTable>> {
  const layout = new SnapshotLayout(schema);
  return {
    schema,
    layout,
    pack(frame, snapshot, round = true) {
      if (!Array.isArray(frame?.entities)) {
        throw new TypeError("A frame is { frame, timeMs, entities: [...] }: there are no entities");
      }
      if (!Number.isFinite(frame.timeMs)) {
        throw new RangeError(
          `timeMs of frame ${frame.frame} is ${frame.timeMs}, expected a number`,
        );
      }
      return snapshot === undefined
        ? Snapshot.of(layout, frame as StateFrame, round)
        : Snapshot.fill(snapshot, frame as StateFrame, round);
    },
    unpack: (snapshot) => snapshot.toFrame() as FrameOf<Record<string, FieldTable>>,
  };
}
