import { optionKey, remedy } from "../../core/remedy.ts";
import type { Density } from "../input/density.ts";
import { describe, excerpt } from "../input/excerpt.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { RowFault } from "../input/row_fault.ts";
import { cellValue } from "../rows/csv_cell.ts";
import type { FlatRow, RowKeys } from "../rows/flat_row.ts";
import { DEFAULT_KIND, type EntityIds } from "./entity_ids.ts";

/** What a row says of itself beside its fields. */
export class RowHeads {
  readonly #keys: RowKeys;
  readonly #ids: EntityIds;

  /** Heads as rows have them under some keys. */
  constructor(keys: RowKeys, ids: EntityIds) {
    this.#keys = keys;
    this.#ids = ids;
  }

  /** Kind that a row names; undefined when it names none. @throws {RowFault} when it is no text */
  kind(row: FlatRow): string | undefined {
    const { kind } = row;
    if (kind === undefined || kind === null) return undefined;
    if (typeof kind === "string") return kind;
    throw new RowFault(
      `the kind ${JSON.stringify(this.#keys.kind)} is ${
        describe(row.spelt(this.#keys.kind, kind))
      }, expected a text`,
      remedy`send the kind's name, or name another key with ${optionKey("kindKey")}`,
      { path: row.path(this.#keys.kind), part: "value" },
      { code: "bad-kind", field: this.#keys.kind },
    );
  }

  /** True when a row removes its entity. @throws {RowFault} when its mark is no truth value */
  isDespawn(row: FlatRow): boolean {
    let { despawn } = row;
    if (despawn === undefined || despawn === null) return row.isAbsent;
    if (row.form === "cells") despawn = cellValue(despawn as string, "boolean") ?? despawn;
    if (typeof despawn === "boolean") return despawn;
    throw new RowFault(
      `the despawn mark ${JSON.stringify(this.#keys.despawn)} is ${
        describe(row.spelt(this.#keys.despawn!, despawn))
      }`,
      remedy`send true, false, or leave it out`,
      { path: row.path(this.#keys.despawn!), part: "value" },
      { code: "bad-despawn", field: this.#keys.despawn },
    );
  }

  /** Refuses a second line that starts a frame. */
  refuseSecond(frame: number): never {
    throw new RowFault(
      `the frame ${frame} occurs twice`,
      remedy`send all entities of a frame in one line`,
      { path: this.#keys.frame, part: "value" },
      { code: "frame-twice", field: this.#keys.frame },
    );
  }

  /** Refuses a row that removes what is not there. */
  refuseGone(row: FlatRow, id: number, kind: string): never {
    throw new RowFault(
      `the entity ${this.#ids.describe(id)} is removed, but it does not exist`,
      remedy`send it before it is removed, or leave the row out`,
      { path: row.path(this.#keys.despawn!), part: "value" },
      { code: "bad-despawn", kind, field: this.#keys.despawn },
    );
  }

  /**
   * Refuses a second row of an entity in a frame.
   *
   * @param other kind of the first row, where it is known
   */
  refuseTwice(row: FlatRow, id: number, frame: number, other: string | undefined): never {
    const kind = this.kind(row) ?? DEFAULT_KIND;
    const isOfTwoKinds = other !== undefined && other !== kind && !this.#ids.isByKind;
    throw new RowFault(
      `the entity ${this.#ids.describe(id)} has two rows in frame ${frame}${
        isOfTwoKinds ? `, of the kinds ${excerpt(other)} and ${excerpt(kind)}` : ""
      }`,
      isOfTwoKinds && this.#ids.canRenew
        ? remedy`give ${optionKey("idsByKind")} if each kind has ids of its own`
        : remedy`send one row per entity and frame, or name another key with ${optionKey("idKey")}`,
      { path: row.path(this.#keys.id), part: "value" },
      { code: "id-twice", kind, field: this.#keys.id },
    );
  }

  /** Refuses a row of a whole frame that says another frame or time. */
  refuseOtherFrame(row: FlatRow, { frame, time }: FlatRow): void {
    const { frame: frameKey, time: timeKey } = this.#keys;
    const isOther = row.frame !== undefined && String(row.frame) !== String(frame);
    if (!isOther && (row.time === undefined || row.time === time)) return;
    const key = isOther ? frameKey : timeKey;
    throw new RowFault(
      `the entity's ${JSON.stringify(key)} differs from that of its frame`,
      remedy`leave it out of the entity`,
      { path: row.path(key), part: "value" },
      { code: isOther ? "bad-frame" : "bad-time", field: key },
    );
  }

  /** Refuses more entities than a frame may have. */
  refuseCrowd(row: FlatRow, density: Density, count: number): void {
    if (count <= INPUT_LIMITS.entitiesPerFrame) return;
    throw new RowFault(
      `there are more than ${INPUT_LIMITS.entitiesPerFrame} entities`,
      density === "sparse"
        ? remedy`remove those that are gone, by a despawn key`
        : remedy`leave some out, or name another key with ${optionKey("frameKey")}`,
      { path: row.path(this.#keys.id), part: "value" },
      { code: "entities-max" },
    );
  }
}
