import type { RowLayout } from "../core/row_layout.ts";
import type { RowVersion } from "../core/row_version.ts";
import type { SnapshotLayout } from "../core/snapshot.ts";

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
export function assertInterest({ radius, position }: InterestSpec): void {
  if (!(radius >= 0)) throw new RangeError(`interest.radius is ${radius}, expected 0 or more`);
  if (position.length >= 1 && position.length <= 3) return;
  throw new RangeError(`interest.position names ${position.length} fields, expected 1 to 3`);
}

/** Positions of entities, and which entity each consumer owns. */
export class Interest {
  /** Radius in units of length. */
  readonly radius: number;
  readonly #ownKind: number;
  readonly #layout: SnapshotLayout;
  /** Field of each coordinate by kind; undefined for kinds without a position. */
  readonly #fields: readonly (readonly number[] | undefined)[];
  readonly #owned: Map<number, number> = new Map();
  readonly #lastSeen: Map<number, RowVersion> = new Map();

  /**
   * Nobody owns anything yet.
   *
   * @throws {RangeError} when no kind has the position's fields, or the owned kind lacks them
   */
  constructor(layout: SnapshotLayout, spec: InterestSpec) {
    this.radius = spec.radius;
    this.#layout = layout;
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

  /**
   * Entity that a consumer sees from, as it was last seen; undefined until one exists. The
   * consumer with number n gets the n-th living entity of the owned kind, counted round.
   */
  eye(consumer: number, world: readonly RowVersion[]): RowVersion | undefined {
    let id = this.#owned.get(consumer);
    if (id === undefined) {
      const mine = world.filter((version) => version.kind === this.#ownKind);
      if (mine.length === 0) return undefined;
      id = mine[consumer % mine.length]!.id;
      this.#owned.set(consumer, id);
    }
    return this.#lastSeen.get(id);
  }

  /** Takes in the world of a frame. */
  begin(world: readonly RowVersion[]): void {
    for (const version of world) {
      if (version.kind === this.#ownKind) this.#lastSeen.set(version.id, version);
    }
  }

  /**
   * Distance from an eye; 0 for itself, without an eye, and where one of the two has no position: a
   * kind without its fields, an optional field that is absent, or a coordinate that is NaN.
   */
  distance(eye: RowVersion | undefined, version: RowVersion): number {
    const fields = this.#fields[version.kind];
    if (eye === undefined || eye.id === version.id || fields === undefined) return 0;
    const eyeFields = this.#fields[eye.kind]!;
    let sum = 0;
    for (let axis = 0; axis < fields.length; axis++) {
      const step = this.#coordinate(version, fields[axis]!) -
        this.#coordinate(eye, eyeFields[axis]!);
      sum += step * step;
    }
    return sum >= 0 ? Math.sqrt(sum) : 0;
  }

  #coordinate(version: RowVersion, field: number): number {
    return Number(this.#layout.kinds[version.kind]!.get(version.words, 0, field) ?? NaN);
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
