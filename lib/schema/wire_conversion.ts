import { wordRemedy } from "../core/names/nearest_word.ts";
import { packerOf, type RowPacker } from "../core/state/row_packer.ts";
import { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";

/**
 * Turns snapshots as they were recorded into snapshots as they are sent: values rounded to the
 * steps of a wire schema, kinds and fields that it leaves out not sent.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import type { Field } from "@hindcast/hindcast/ingest";
 * import { Snapshot, SnapshotLayout, WireConversion } from "@hindcast/hindcast/world";
 *
 * const layout = (x: Omit<Field, "name">) =>
 *   new SnapshotLayout({ kinds: [{ name: "player", fields: [{ name: "x", ...x }] }] });
 * const recorded = layout({ type: "f64" });
 * const conversion = new WireConversion(recorded, layout({ type: "fixed", step: 0.5 }));
 * const entities = [{ id: 3, kind: "player", fields: { x: 1.7 } }];
 * const sent = conversion.convert(Snapshot.of(recorded, { frame: 7, timeMs: 116, entities }));
 * assert.equal(sent.toFrame().entities[0].fields.x, 1.5);
 * ```
 */
export class WireConversion {
  /** Layout of what is sent. */
  readonly wire: SnapshotLayout;
  /** Wire kind of each recorded kind, -1 for kinds that are not sent. */
  readonly #kinds: Int32Array;
  /** What writes the rows of each wire kind. */
  readonly #packers: readonly RowPacker[];
  /** Recorded field of each wire field, by wire kind. */
  readonly #fields: readonly (readonly number[])[];

  /**
   * Conversion from one layout to another.
   *
   * @param recorded layout of the snapshots that come
   * @param wire layout of the snapshots that are sent
   * @throws {RangeError} for a wire kind or field that was not recorded
   */
  constructor(recorded: SnapshotLayout, wire: SnapshotLayout) {
    this.wire = wire;
    this.#packers = wire.kinds.map(packerOf);
    this.#kinds = Int32Array.from(recorded.kinds, ({ kind }) => wire.kindIndex(kind.name));
    this.#fields = wire.kinds.map(({ kind }) => {
      const index = recorded.kindIndex(kind.name);
      if (index < 0) {
        const kinds = recorded.kinds.map(({ kind }) => kind.name);
        throw new RangeError(
          `Wire schema names kind ${JSON.stringify(kind.name)}, not recorded (${
            wordRemedy(kind.name, kinds, "kinds")
          })`,
        );
      }
      const names = recorded.kinds[index]!.kind.fields.map(({ name }) => name);
      return kind.fields.map(({ name }) => {
        if (names.includes(name)) return names.indexOf(name);
        throw new RangeError(
          `Wire schema names field ${JSON.stringify(name)} of kind ${
            JSON.stringify(kind.name)
          }, not recorded (${wordRemedy(name, names, "fields")})`,
        );
      });
    });
  }

  /**
   * Snapshot as it is sent.
   *
   * @param into snapshot of the wire layout that is written instead of a new one
   * @throws {FieldValueError} when a value is outside the range of its wire type
   */
  convert(recorded: Snapshot, into: Snapshot = new Snapshot(this.wire)): Snapshot {
    const sent = into.clear(recorded.frame, recorded.timeMs);
    for (let i = 0; i < recorded.count; i++) {
      const kind = this.#kinds[recorded.kinds[i]!]!;
      if (kind < 0) continue;
      const at = sent.add(recorded.ids[i]!, kind);
      const from = recorded.layout.kinds[recorded.kinds[i]!]!;
      const packer = this.#packers[kind]!;
      this.#fields[kind]!.forEach((field, wireField) => {
        const value = from.get(recorded.words, recorded.rows[i]!, field);
        packer.set(sent.words, at, wireField, value, true);
      });
    }
    return sent;
  }
}
