import { assertInteger } from "../../core/bytes/assert_integer.ts";
import type { RowLayout } from "../../core/state/row_layout.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { View } from "../../core/state/view.ts";

/** Which entities a consumer is sent: those within a radius of the entity that it owns. */
export interface InterestSpec {
  /** Radius in the recording's units of length; Infinity for everything. */
  readonly radius: number;
  /** Fields that hold the position, one to three. */
  readonly position: readonly string[];
  /** Kind of the entities that consumers own, round robin. */
  readonly ownKind: string;
}

/** Checks radius and position. @throws {RangeError} naming what is outside its range */
export function assertInterest({ radius, position = [] }: InterestSpec): void {
  if (!(radius >= 0)) throw new RangeError(`interest.radius is ${radius}, expected 0 or more`);
  if (position.length >= 1 && position.length <= 3) return;
  throw new RangeError(`interest.position names ${position.length} fields, expected 1 to 3`);
}

/**
 * Where a consumer sees from.
 *
 * @internal
 */
export interface Eye {
  /** Entity that it owns. */
  readonly id: number;
  /** Where that was last seen, one coordinate an axis. */
  readonly position: Float64Array;
}

/**
 * Positions of entities, and which entity each consumer owns.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Interest, SnapshotLayout } from "@hindcast/hindcast/world";
 *
 * const layout = new SnapshotLayout({
 *   kinds: [{ name: "ship", fields: [{ name: "x", type: "f32" }] }],
 * });
 * assert.equal(new Interest(layout, { radius: 50, position: ["x"], ownKind: "ship" }).radius, 50);
 * assert.throws(
 *   () => new Interest(layout, { radius: -1, position: ["x"], ownKind: "ship" }),
 *   /interest.radius is -1, expected 0 or more/,
 * );
 * ```
 */
export class Interest {
  /** Radius in units of length. */
  readonly radius: number;
  readonly #ownKind: number;
  readonly #axes: number;
  /** Field of each coordinate by kind; undefined for kinds without a position. */
  readonly #fields: readonly (readonly number[] | undefined)[];
  readonly #owned: Map<number, number> = new Map();
  readonly #eyes: Map<number, Eye> = new Map();
  /** Entities of the owned kind, ids ascending. */
  readonly #living: number[] = [];
  #world!: View;
  /** Coordinates of each entity of the world; NaN for one without a position. */
  #positions: Float64Array = new Float64Array(0);

  /**
   * Nobody owns anything yet.
   *
   * @throws {RangeError} when no kind has the position's fields, or the owned kind lacks them
   */
  constructor(layout: SnapshotLayout, spec: InterestSpec) {
    assertInterest(spec);
    this.radius = spec.radius;
    this.#axes = spec.position.length;
    this.#fields = layout.kinds.map((kind) => positionFields(kind, spec.position));
    this.#ownKind = layout.kindIndex(spec.ownKind);
    if (this.#ownKind < 0) {
      throw new RangeError(`Consumers cannot own ${JSON.stringify(spec.ownKind)}: no such kind`);
    }
    if (this.#fields[this.#ownKind] === undefined) {
      throw new RangeError(
        `Consumers cannot see from ${JSON.stringify(spec.ownKind)}: it lacks a numeric field of ${
          spec.position.join(", ")
        }`,
      );
    }
  }

  /** Takes in the world of a frame. */
  begin(world: View): void {
    this.#world = world;
    this.#living.length = 0;
    const axes = this.#axes;
    const size = world.count * axes;
    if (this.#positions.length < size) this.#positions = new Float64Array(size * 2);
    for (let i = 0; i < world.count; i++) {
      const fields = this.#fields[world.kinds[i]!];
      for (let axis = 0; axis < axes; axis++) {
        const value = fields &&
          world.layoutOf(i).get(world.words, world.rows[i]!, fields[axis]!);
        this.#positions[i * axes + axis] = Number(value ?? NaN);
      }
      if (world.kinds[i] === this.#ownKind) this.#see(world.ids[i]!, i);
    }
  }

  /**
   * Makes a consumer see from an entity, whatever its turn would give it. Until the entity is there
   * for the first time, the consumer sees nothing that has a position.
   *
   * @throws {RangeError} unless both are unsigned 32-bit integers
   */
  own(consumer: number, id: number): void {
    assertInteger("Consumer", consumer, 0, 0xffffffff);
    assertInteger("Entity", id, 0, 0xffffffff);
    this.#owned.set(consumer, id);
  }

  /** Takes from a consumer what it owns, so that its turn gives it a living entity again. */
  disown(consumer: number): void {
    this.#owned.delete(consumer);
  }

  /**
   * Where a consumer sees from; undefined until the entity that it owns was there. The consumer with
   * number n gets the n-th living entity of the owned kind, counted round.
   */
  eye(consumer: number): Eye | undefined {
    let id = this.#owned.get(consumer);
    if (id === undefined) {
      if (this.#living.length === 0) return undefined;
      id = this.#living[consumer % this.#living.length]!;
      this.#owned.set(consumer, id);
    }
    return this.#eyes.get(id);
  }

  /** True when a consumer is to see from an entity that was never there. */
  isBlind(consumer: number): boolean {
    const id = this.#owned.get(consumer);
    return id !== undefined && !this.#eyes.has(id);
  }

  /** True when the world's entity at a place has a position. */
  isPlaced(place: number): boolean {
    for (let axis = 0; axis < this.#axes; axis++) {
      if (Number.isNaN(this.#positions[place * this.#axes + axis]!)) return false;
    }
    return true;
  }

  /**
   * Distance of the world's entity at a place from an eye; 0 for itself, without an eye, and where
   * one of the two has no position: a kind without its fields, an optional field that is absent, or
   * a coordinate that is NaN.
   */
  distance(eye: Eye | undefined, place: number): number {
    if (eye === undefined || eye.id === this.#world.ids[place]) return 0;
    const axes = this.#axes;
    let sum = 0;
    for (let axis = 0; axis < axes; axis++) {
      const step = this.#positions[place * axes + axis]! - eye.position[axis]!;
      sum += step * step;
    }
    return sum >= 0 ? Math.sqrt(sum) : 0;
  }

  #see(id: number, place: number): void {
    this.#living.push(id);
    let eye = this.#eyes.get(id);
    if (eye === undefined) this.#eyes.set(id, eye = { id, position: new Float64Array(this.#axes) });
    for (let axis = 0; axis < this.#axes; axis++) {
      eye.position[axis] = this.#positions[place * this.#axes + axis]!;
    }
  }
}

function positionFields(
  layout: RowLayout,
  names: readonly string[],
): readonly number[] | undefined {
  const { fields } = layout.kind;
  const places = names.map((name) =>
    fields.findIndex((field) =>
      field.name === name && !["bool", "enum", "text"].includes(field.type)
    )
  );
  return places.includes(-1) ? undefined : places;
}
