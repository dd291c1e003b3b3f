/** A world of which most moves in every frame, written into one snapshot again and again. */
import { float32Bits } from "../../lib/core/bytes/bits.ts";
import type { Schema } from "../../lib/core/state/schema.ts";
import { Snapshot } from "../../lib/core/state/snapshot.ts";
import { SnapshotLayout } from "../../lib/core/state/snapshot_layout.ts";

/** Frames of a second. */
export const RATE_HZ = 60;

/** A world of units. */
export interface World {
  /** Its schema. */
  readonly schema: Schema;
  /** The snapshot, filled with the units of a frame. */
  at(frame: number): Snapshot;
}

/**
 * World of units: two of three fields of each change from frame to frame, half of those along a
 * curve as places and speeds do (`f32`), half without a pattern that shows (`i32`).
 */
export function movingUnits(units: number, fields: number): World {
  const schema: Schema = {
    kinds: [{
      name: "unit",
      fields: Array.from({ length: fields }, (_, i) => {
        return { name: `f${i}`, type: i % 3 === 0 ? "f32" : "i32" };
      }),
    }],
  };
  const layout = new SnapshotLayout(schema);
  const snapshot = new Snapshot(layout, units, units * layout.kinds[0]!.stride);
  return {
    schema,
    at(frame) {
      snapshot.clear(frame, (frame * 1000) / RATE_HZ);
      for (let unit = 0; unit < units; unit++) {
        const row = snapshot.add(unit, 0);
        for (let i = 0; i < fields; i++) {
          const seed = unit * 31 + i;
          snapshot.words[row + i] = i % 3 === 0
            ? float32Bits(Math.sin(frame / 30 + seed) * 100)
            : i % 3 === 1
            ? Math.imul(frame + seed, 0x9e3779b1) >>> 20
            : seed & 255;
        }
      }
      return snapshot;
    },
  };
}
