import { plainValue } from "../../core/plain_value.ts";
import type { FieldValue, Schema } from "../../core/state/schema.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { EntityIds } from "../ids/entity_ids.ts";
import { conditionText } from "../shape/condition.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { type KindPlan, type ModelPlan, planOf } from "../shape/model_plan.ts";
import type { Pose } from "../shape/pose.ts";
import { remedy } from "../../core/remedy.ts";
import { ModelMisfitError } from "./model_misfit_error.ts";
import { positionProposal } from "./position_proposal.ts";
import { fillPose, type RowValues } from "./row_pose.ts";

/** Where a schema's rows keep what a hit model asks for: field indexes instead of names. */
export class KindFields implements RowValues {
  readonly #layout: SnapshotLayout;
  readonly #plan: ModelPlan;
  readonly #ids: EntityIds;
  readonly #kinds: readonly BoundKind[];
  // The row that is read.
  #snapshot!: Snapshot;
  #row = 0;
  #kind = 0;
  #id = 0;

  /**
   * Looks up every field that the model names.
   *
   * @throws {ModelMisfitError} when the schema lacks a kind of the model, a kind lacks a field that the
   *   model names for it, or no kind has a field that a condition reads of the shooter
   */
  constructor(layout: SnapshotLayout, model: HitModel, ids: EntityIds) {
    this.#layout = layout;
    this.#ids = ids;
    this.#plan = planOf(model);
    assertKinds(layout.schema, model);
    this.#kinds = layout.schema.kinds.map((kind) => {
      const names = kind.fields.map(({ name }) => name);
      const texts = kind.fields.filter(({ type }) => type === "enum" || type === "text").map((
        { name },
      ) => name);
      const index = model.kinds.findIndex((entry) => entry.kind === kind.name);
      const plan = this.#plan.kinds[index];
      return {
        index,
        plan,
        fields: plan === undefined ? [] : bind(plan, names, texts),
        facts: this.#plan.facts.map((name) => names.indexOf(name)),
      };
    });
    assertFacts(layout.schema, this.#plan);
  }

  /**
   * Fills `out` with the pose at a position of the snapshot; of a kind that the model does not name
   * only what conditions read of a shooter, and so of a row without a place.
   *
   * @returns false for a row of a kind of the model that has no place
   */
  readPose(snapshot: Snapshot, position: number, out: Pose): boolean {
    this.#snapshot = snapshot;
    this.#kind = snapshot.kinds[position]!;
    this.#row = snapshot.rows[position]!;
    const { facts, index, plan } = this.#kinds[this.#kind]!;
    out.kind = index;
    const id = this.#id = snapshot.ids[position]!;
    const isPlaced = plan === undefined || fillPose(plan, this, out);
    if (!isPlaced) out.kind = -1;
    for (let i = 0; i < facts.length; i++) {
      const name = this.#plan.facts[i]!;
      out.facts[i] = this.#get(facts[i]!) ??
        (facts[i]! >= 0
          ? undefined
          : ownFact(name, id, this.#layout.schema.kinds[this.#kind]!.name, this.#ids));
    }
    return isPlaced;
  }

  /** Value of a field of the row that is being read, by its place in the kind's plan. */
  value(place: number): FieldValue | undefined {
    const { fields, plan } = this.#kinds[this.#kind]!;
    const field = fields[place]!;
    if (field >= 0) return this.#get(field);
    return ownFact(plan!.fields[place]!.name, this.#id, plan!.kind.kind, this.#ids);
  }

  /** True for a field that the kind has, by its place in the kind's plan. */
  hasField(place: number): boolean {
    return this.#kinds[this.#kind]!.fields[place]! >= 0;
  }

  /** Id of the row's entity for people to read. */
  get idText(): string {
    return this.#ids.textOf(this.#id);
  }

  #get(field: number): FieldValue | undefined {
    if (field < 0) return undefined;
    return plainValue(this.#layout.kinds[this.#kind]!.get(this.#snapshot.words, this.#row, field));
  }
}

interface BoundKind {
  readonly index: number;
  readonly plan: KindPlan | undefined;
  readonly fields: readonly number[];
  readonly facts: readonly number[];
}

/** `id`, as the game spells it, and `kind`, which every entity has beside its fields. */
export function ownFact(
  name: string,
  entity: number,
  kind: string,
  ids: EntityIds,
): FieldValue | undefined {
  if (name === "id") return ids.idOf(entity);
  return name === "kind" ? kind : undefined;
}

function assertKinds({ kinds }: Schema, model: HitModel): void {
  const stranger = model.kinds.find((entry) => !kinds.some(({ name }) => name === entry.kind));
  if (stranger !== undefined) throw noSuchKind(stranger.kind, kinds.map(({ name }) => name));
}

/** Refusal of a model that names a kind which there is not. */
export function noSuchKind(kind: string, known: readonly string[]): ModelMisfitError {
  const kinds = known.join(", ") || "none";
  return new ModelMisfitError(kind, `there is no such kind; kinds are ${kinds}`);
}

function bind(
  plan: KindPlan,
  names: readonly string[],
  texts: readonly string[],
): number[] {
  const { kind, position, shapes, yaw, rotation, turns } = plan;
  const indexes = plan.fields.map(({ name }) => names.indexOf(name));
  const isFree = (place: number) =>
    // A flat world may have no third coordinate, and who does not turn no yaw.
    (place === position[2] && kind.position[2] === "z") ||
    (place === yaw && !(turns && rotation === undefined));
  indexes.forEach((index, place) => {
    if (index >= 0 || isFree(place) || isOwn(plan.fields[place]!.name)) return;
    throw missingField(plan, place, names);
  });
  assertNoFieldOnTheRight(plan, names, texts);
  const related = [...plan.eligible, ...plan.rewindsFor].flatMap(({ left }) =>
    left.of === "target" ? [left.field] : []
  );
  const unknown = related.find((name) => !names.includes(name) && !isOwn(name));
  if (unknown !== undefined && shapes.length > 0) {
    throw new ModelMisfitError(
      kind.kind,
      `it has no field ${
        JSON.stringify(unknown)
      }, which a condition compares with the shooter's; ` +
        `its fields are ${names.join(", ")}`,
    );
  }
  return indexes;
}

/** True for the name of what every entity has beside its fields. */
export function isOwn(name: string): boolean {
  return name === "id" || name === "kind";
}

/** Refuses to take for a text what is the name of a field. */
function assertNoFieldOnTheRight(
  { kind }: KindPlan,
  names: readonly string[],
  texts: readonly string[],
): void {
  const when = kind.shapes.flatMap((shape) => shape.when ?? []);
  for (const condition of [...kind.alive, ...kind.rewinds ?? [], ...when]) {
    const { left, right } = condition;
    if (typeof right !== "string" || !names.includes(right)) continue;
    // A field of texts is well compared with one.
    if (left.of === "target" && texts.includes(left.field)) continue;
    const todo = left.of === "shooter"
      ? remedy`write ${right}${MIRRORED[condition.operator]}shooter.${left.field}`
      : remedy`a field is compared with a constant, or with shooter.NAME`;
    throw new ModelMisfitError(
      kind.kind,
      `${conditionText(condition)} compares with the text ${JSON.stringify(right)}, which is the ` +
        `name of a field`,
      todo,
    );
  }
}

const MIRRORED = { "=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

function missingField({ fields, kind }: KindPlan, place: number, names: readonly string[]): Error {
  const { name, what } = fields[place]!;
  const problem = `it has no ${what} field ${JSON.stringify(name)}; its fields are ${
    names.join(", ")
  }`;
  const todo = what === "position" ? positionProposal(names) : undefined;
  return new ModelMisfitError(kind.kind, problem, todo);
}

function assertFacts({ kinds }: Schema, plan: ModelPlan): void {
  const fields = new Set(kinds.flatMap((kind) => kind.fields.map(({ name }) => name)));
  const has = (name: string) => fields.has(name) || isOwn(name);
  const unknown = plan.shooterFacts.find((name) => !has(name));
  if (unknown !== undefined) {
    throw new ModelMisfitError(
      undefined,
      `no kind has the field ${JSON.stringify(unknown)}, which a condition reads of the shooter; ` +
        `fields are ${[...fields].join(", ")}`,
    );
  }
  const teleport = plan.facts[plan.teleportFact];
  if (teleport === undefined) return;
  const hit = plan.kinds.filter((kind) => kind.shapes.length > 0).map(({ kind }) => kind.kind);
  const own = kinds.filter(({ name }) => hit.includes(name)).flatMap((kind) => kind.fields);
  if (own.some(({ name }) => name === teleport)) return;
  throw new ModelMisfitError(
    undefined,
    `no kind that can be hit has the teleport field ${JSON.stringify(teleport)}; ` +
      `fields are ${[...new Set(own.map(({ name }) => name))].join(", ")}`,
  );
}
