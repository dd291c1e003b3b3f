import type { FieldValue } from "./schema.ts";
import { Snapshot } from "./snapshot.ts";
import { SnapshotLayout } from "./snapshot_layout.ts";

/** Words of a linear congruential generator: the tests' own dice. */
export function dice(seed: number): (sides: number) => number {
  let word = seed >>> 0;
  return (sides) => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return (word >>> 9) % sides;
  };
}

/** Layout of a {@linkcode RandomWorld}. */
export const WORLD_LAYOUT = new SnapshotLayout({
  kinds: [
    {
      name: "mover",
      fields: [
        { name: "x", type: "i16" },
        { name: "y", type: "f32" },
        { name: "item", type: "u8", optional: true },
      ],
    },
    {
      name: "door",
      fields: [{ name: "t", type: "f64" }, { name: "is", type: "enum", values: ["shut", "open"] }],
    },
    { name: "mark", fields: [] },
  ],
});

interface Entity {
  id: number;
  kind: string;
  fields: Record<string, FieldValue>;
}

/** Entities that move, come, go, and come back under the id of another kind. */
export class RandomWorld {
  /** Frozen worlds change no more. */
  isFrozen = false;
  readonly #roll: (sides: number) => number;
  readonly #entities: Map<number, Entity> = new Map();

  constructor(seed: number) {
    this.#roll = dice(seed);
  }

  /** The next frame. */
  step(frame: number): Snapshot {
    for (let i = 0; i < 4 && !this.isFrozen; i++) this.#change(this.#roll(14));
    const entities = [...this.#entities.values()];
    return Snapshot.of(WORLD_LAYOUT, { frame, timeMs: 0, entities });
  }

  #change(id: number): void {
    const roll = this.#roll;
    const entity = this.#entities.get(id);
    if (entity === undefined || roll(20) === 0) this.#entities.set(id, this.#spawn(id));
    else if (roll(15) === 0) this.#entities.delete(id);
    else if (entity.kind === "mover") {
      if (roll(2)) entity.fields.x = roll(1000) - 500;
      if (roll(4) === 0) entity.fields.y = roll(9) / 4;
      const use = roll(8);
      if (use < 2) entity.fields.item = roll(256);
      else if (use === 2) delete entity.fields.item;
    } else if (entity.kind === "door") {
      entity.fields.t = roll(1000) / 7;
      entity.fields.is = roll(2) ? "open" : "shut";
    }
  }

  #spawn(id: number): Entity {
    const roll = this.#roll;
    const kind = ["mover", "door", "mark"][roll(3)]!;
    if (kind === "mover") return { id, kind, fields: { x: roll(100), y: -0 } };
    return { id, kind, fields: kind === "door" ? { t: NaN, is: "shut" } : {} };
  }
}
