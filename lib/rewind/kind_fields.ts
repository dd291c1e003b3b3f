import type { Snapshot, SnapshotLayout } from "../core/snapshot.ts";
import { passesAlive } from "./alive.ts";
import type { HitKind, HitModel } from "./hit_model.ts";
import type { Pose } from "./pose.ts";

/** Where a schema's rows keep what a hit model asks for: field indexes instead of names. */
export class KindFields {
  readonly #layout: SnapshotLayout;
  readonly #kinds: readonly (BoundKind | undefined)[];

  /**
   * Looks up every field that the model names.
   *
   * @throws {TypeError} when a kind that can be hit lacks a position or alive field
   */
  constructor(layout: SnapshotLayout, model: HitModel) {
    this.#layout = layout;
    this.#kinds = layout.schema.kinds.map((kind) => {
      const index = model.kinds.findIndex((entry) => entry.kind === kind.name);
      if (index < 0) return undefined;
      return bind(model.kinds[index]!, index, kind.fields.map((field) => field.name));
    });
  }

  /** Fills `out` with the pose at a position of the snapshot. */
  readPose(snapshot: Snapshot, position: number, out: Pose): void {
    const kindIndex = snapshot.kinds[position]!;
    const bound = this.#kinds[kindIndex];
    out.kind = -1;
    if (bound === undefined) return;
    const layout = this.#layout.kinds[kindIndex]!;
    const { words } = snapshot;
    const row = snapshot.rows[position]!;
    out.kind = bound.index;
    out.x = Number(layout.get(words, row, bound.x));
    out.y = Number(layout.get(words, row, bound.y));
    out.z = bound.z < 0 ? 0 : Number(layout.get(words, row, bound.z));
    out.yawDegrees = bound.yaw < 0 ? 0 : Number(layout.get(words, row, bound.yaw));
    out.isAlive = true;
    for (let i = 0; i < bound.aliveFields.length; i++) {
      const value = layout.get(words, row, bound.aliveFields[i]!);
      if (!passesAlive(bound.kind.alive[i]!, value)) out.isAlive = false;
    }
  }
}

interface BoundKind {
  readonly kind: HitKind;
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
  readonly aliveFields: readonly number[];
}

function bind(kind: HitKind, index: number, fields: readonly string[]): BoundKind {
  const find = (name: string, what: string): number => {
    const at = fields.indexOf(name);
    if (at >= 0) return at;
    throw new TypeError(
      `Cannot rewind kind ${JSON.stringify(kind.kind)}: it has no ${what} field ` +
        `${JSON.stringify(name)}; its fields are ${fields.join(", ")}`,
    );
  };
  const needsYaw = kind.shapes.some((shape) => shape.turns === true);
  return {
    kind,
    index,
    x: find(kind.position[0], "position"),
    y: find(kind.position[1], "position"),
    // A flat world may have no third coordinate.
    z: kind.position[2] === "z" ? fields.indexOf("z") : find(kind.position[2], "position"),
    yaw: needsYaw ? find(kind.yaw, "yaw") : fields.indexOf(kind.yaw),
    aliveFields: kind.alive.map((test) => find(test.field, "alive")),
  };
}
