import { Mask } from "../core/mask.ts";
import { RowVersion } from "../core/row_version.ts";
import type { SnapshotLayout } from "../core/snapshot.ts";
import { copyFields } from "./copy_fields.ts";

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
  readonly #layout: SnapshotLayout;
  /** Fields that are sent, by level and kind; undefined for all. */
  readonly #masks: readonly (readonly Mask[] | undefined)[];

  /**
   * Levels in ascending order of distance; beyond the last, no field is kept up to date.
   *
   * @throws {RangeError} for distances that do not ascend and for a field that no kind has
   */
  constructor(layout: SnapshotLayout, levels: readonly DetailLevel[]) {
    this.#layout = layout;
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

  /**
   * Version that a consumer should hold: the true one, or, when it holds another already, that
   * one with only the fields of its level brought up to date.
   */
  version(truth: RowVersion, held: RowVersion | undefined, distance: number): RowVersion {
    const level = this.#levelAt(distance);
    const masks = this.#masks[level];
    if (masks === undefined || held === undefined || held.kind !== truth.kind) return truth;
    if (held === truth) return truth;
    const byHeld = truth.partial[level] ??= new WeakMap();
    const known = byHeld.get(held);
    if (known !== undefined) return known;
    const merged = this.#merge(truth, held, masks[truth.kind]!);
    byHeld.set(held, merged);
    return merged;
  }

  #levelAt(distance: number): number {
    const level = this.#levels.findIndex((candidate) => distance <= candidate.distance);
    return level < 0 ? this.#levels.length : level;
  }

  #merge(truth: RowVersion, held: RowVersion, mask: Mask): RowVersion {
    const layout = this.#layout.kinds[truth.kind]!;
    const words = held.words.slice();
    copyFields(layout, mask.lo, mask.hi, truth.words, 0, words);
    const merged = new RowVersion(truth.id, truth.kind, words);
    return merged.equals(held) ? held : merged.equals(truth) ? truth : merged;
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
