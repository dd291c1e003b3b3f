import { plainValue } from "../../core/plain_value.ts";
import type { EntityState } from "../../core/state/state.ts";
import type { FieldValue } from "../../core/state/schema.ts";
import type { EntityIds } from "../ids/entity_ids.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { ModelMisfitError } from "./model_misfit_error.ts";
import { isOwn, noSuchKind, ownFact } from "./kind_fields.ts";
import { type ModelPlan, planOf } from "../shape/model_plan.ts";
import type { Pose } from "../shape/pose.ts";
import { fillPose, type RowValues } from "./row_pose.ts";

/** Reads poses from states that are objects, whose fields show only as they come. */
export class ObjectFields implements RowValues {
  readonly #plan: ModelPlan;
  readonly #model: HitModel;
  readonly #ids: EntityIds;
  /** Fields that rows of each kind had, by name of the kind. */
  readonly #seen = new Map<string, Set<string>>();
  // The row that is read.
  #entity!: EntityState;
  #kind = 0;

  /** Reader for a hit model. */
  constructor(model: HitModel, ids: EntityIds) {
    this.#model = model;
    this.#ids = ids;
    this.#plan = planOf(model);
  }

  /**
   * Fills `out` with the pose of a state.
   *
   * @returns false for one of a kind of the model that has no place, though others had one
   * @throws {TypeError} when it lacks a number
   */
  readPose(entity: EntityState, out: Pose): boolean {
    const { kinds } = this.#model;
    const index = kinds.findIndex(({ kind }) => kind === entity.kind);
    this.#entity = entity;
    this.#kind = index;
    this.#see(entity);
    out.kind = index;
    const isPlaced = index < 0 || fillPose(this.#plan.kinds[index]!, this, out);
    if (!isPlaced) out.kind = -1;
    this.#plan.facts.forEach((name, i) => {
      out.facts[i] = plainValue(entity.fields[name]) ??
        ownFact(name, entity.id, entity.kind, this.#ids);
    });
    return isPlaced;
  }

  /** Value of a field of the row that is being read, by its place in the kind's plan. */
  value(place: number): FieldValue | undefined {
    const { fields, id, kind } = this.#entity;
    const { name } = this.#plan.kinds[this.#kind]!.fields[place]!;
    return plainValue(fields[name]) ?? ownFact(name, id, kind, this.#ids);
  }

  /** True for a field that a row of the kind had, by its place in the kind's plan. */
  hasField(place: number): boolean {
    const { kind } = this.#entity;
    return this.#seen.get(kind)!.has(this.#plan.kinds[this.#kind]!.fields[place]!.name);
  }

  /** Id of the row's entity for people to read. */
  get idText(): string {
    return this.#ids.textOf(this.#entity.id);
  }

  /** Refuses a model that names a kind or a field which no state had. @throws {TypeError} */
  assertModel(): void {
    for (const plan of this.#plan.kinds) {
      const { alive, eligible, fields, kind, rewinds, rewindsFor, rotation, turns, when, yaw } =
        plan;
      const seen = this.#seen.get(kind.kind);
      if (seen === undefined) throw noSuchKind(kind.kind, [...this.#seen.keys()]);
      const tested = [...alive, ...rewinds, ...when.flat()].map(({ field }) => fields[field]!.name);
      if (turns && rotation === undefined) tested.push(fields[yaw]!.name);
      for (const { left } of kind.shapes.length > 0 ? [...eligible, ...rewindsFor] : []) {
        if (left.of === "target") tested.push(left.field);
      }
      const unknown = tested.find((name) => !seen.has(name) && !isOwn(name));
      if (unknown !== undefined) {
        throw new ModelMisfitError(
          kind.kind,
          `no state of it has the field ${JSON.stringify(unknown)}; its fields are ${
            [...seen].join(", ")
          }`,
        );
      }
    }
    const all = new Set([...this.#seen.values()].flatMap((seen) => [...seen]));
    const unknown = this.#plan.facts.find((name) => !all.has(name) && !isOwn(name));
    if (unknown === undefined) return;
    throw new ModelMisfitError(
      undefined,
      `no state has the field ${JSON.stringify(unknown)}; fields are ${[...all].join(", ")}`,
    );
  }

  #see({ fields, kind }: EntityState): void {
    let seen = this.#seen.get(kind);
    if (seen === undefined) this.#seen.set(kind, seen = new Set());
    for (const name in fields) seen.add(name);
  }
}
