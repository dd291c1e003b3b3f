import { Mask } from "../../core/bytes/mask.ts";
import { copyFields, type RowLayout } from "../../core/state/row_layout.ts";
import type { RowStore } from "../../core/state/row_store.ts";
import { sameWords } from "../../core/state/words.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { View } from "../../core/state/view.ts";

/** Which fields are sent of entities up to a distance. */
export interface DetailLevel {
  /** What the user calls it. */
  readonly name: string;
  /** Largest distance at which it holds, in units of length. */
  readonly distance: number;
  /** Names of the fields that are kept up to date; undefined for all. */
  readonly fields: readonly string[] | undefined;
}

/** Level of detail: fields that are held back from consumers that are far away. */
export class DetailLevels {
  readonly #levels: readonly DetailLevel[];
  readonly #rows: RowStore;
  /** Rows that were made for this frame, by the true one, then by the held one and level. */
  readonly #made: Map<number, Map<number, readonly [RowLayout, number]>> = new Map();
  /** Fields that are sent, by level and kind; undefined for all. */
  readonly #masks: readonly (readonly Mask[] | undefined)[];

  /**
   * Levels in ascending order of distance; beyond the last, no field is kept up to date.
   *
   * @throws {RangeError} for distances that do not ascend and for a field that no kind has
   */
  constructor(layout: SnapshotLayout, rows: RowStore, levels: readonly DetailLevel[]) {
    this.#rows = rows;
    this.#levels = levels;
    levels.forEach((level, i) => {
      if (i > 0 && !(level.distance > levels[i - 1]!.distance)) {
        throw new RangeError(
          `Detail level ${
            JSON.stringify(level.name)
          } ends at ${level.distance}, expected more than ${levels[i - 1]!.distance}`,
        );
      }
      for (const field of level.fields ?? []) assertField(layout, level, field);
    });
    const beyond: DetailLevel = { name: "beyond", distance: Infinity, fields: [] };
    this.#masks = [...levels, beyond].map(({ fields }) =>
      fields === undefined ? undefined : layout.kinds.map(({ kind }) => {
        const mask = new Mask();
        kind.fields.forEach((field, i) => fields.includes(field.name) && mask.set(i));
        return mask;
      })
    );
  }

  /** Gives up the rows that were made for the frame before. */
  begin(): void {
    for (const known of this.#made.values()) {
      for (const [layout, row] of known.values()) this.#rows.release(layout, row);
    }
    this.#made.clear();
  }

  /**
   * Row that a consumer should hold of an entity of the world: the true one, or, when it holds
   * another already, that one with only the fields of its level brought up to date. It stands until
   * the next `begin`.
   *
   * @param place place of the entity in what is held, or -1
   */
  row(
    world: View,
    position: number,
    held: View | undefined,
    place: number,
    distance: number,
  ): number {
    const level = this.#levelAt(distance);
    const masks = this.#masks[level];
    const truth = world.rows[position]!;
    const kind = world.kinds[position]!;
    if (masks === undefined || place < 0 || held!.kinds[place] !== kind) return truth;
    this.#rows.take(held!);
    const old = held!.rows[place]!;
    if (old === truth) return truth;
    let known = this.#made.get(truth);
    if (known === undefined) this.#made.set(truth, known = new Map());
    const key = old * this.#masks.length + level;
    let merged = known.get(key);
    if (merged === undefined) {
      const layout = world.layoutOf(position);
      known.set(key, merged = [layout, this.#merge(layout, truth, old, masks[kind]!)]);
    }
    return merged[1];
  }

  #levelAt(distance: number): number {
    const level = this.#levels.findIndex((candidate) => distance <= candidate.distance);
    return level < 0 ? this.#levels.length : level;
  }

  /** A row to be released: a new one, or one of the two when it is the same. */
  #merge(layout: RowLayout, truth: number, held: number, mask: Mask): number {
    const { words } = this.#rows;
    const row = words.slice(held, held + layout.stride);
    copyFields(layout, mask.lo, mask.hi, words, truth, row);
    for (const same of [held, truth]) {
      if (!sameWords(row, 0, words, same, layout.stride)) continue;
      this.#rows.retain(same);
      return same;
    }
    return this.#rows.add(layout, row, 0);
  }
}

function assertField(layout: SnapshotLayout, level: DetailLevel, field: string): void {
  if (layout.kinds.some(({ kind }) => kind.fields.some(({ name }) => name === field))) return;
  throw new RangeError(
    `Detail level ${JSON.stringify(level.name)} names the field ${
      JSON.stringify(field)
    }, which no kind has`,
  );
}
