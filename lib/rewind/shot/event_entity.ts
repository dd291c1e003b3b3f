import type { EntityId } from "../../core/names/entity_names.ts";
import type { EntityIds } from "../ids/entity_ids.ts";
import { indexAtFrame } from "../past/frame_time.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { emptyPose, type PoseSource } from "../shape/pose.ts";
import type { GameVerdict } from "./shot.ts";

/** Frames and entities that shots must fit; a {@linkcode PoseHistory} is one. */
export interface ShotWorld extends PoseSource {
  /** What can be hit. */
  readonly model: HitModel;
  /** Ids of the game. */
  readonly ids: EntityIds;
  /** Name of the kind that an entity had at first; undefined for one that was never there. */
  kindOf(id: number): string | undefined;
  /** Last index, up to one, between the first and last frames that have an entity; -1 before. */
  lastIndexOf(id: number, index: number): number;
}

/** Where in its recording an event stands. */
export interface EventMoment {
  /** Index of the newest frame that holds nothing of the event; may be -1. */
  readonly beforeIndex: number;
  /** Index of the frame that carries it. */
  readonly atIndex: number;
}

/** Where an event stands that a place was found for. */
export function eventMoment(
  world: PoseSource,
  { frame, isBetweenFrames }: { readonly frame: number; readonly isBetweenFrames: boolean },
): EventMoment {
  const last = world.length - 1;
  const atIndex = indexAtFrame(world, frame, 0, last);
  const isBefore = isBetweenFrames && world.frameAt(atIndex) === frame;
  return {
    atIndex,
    beforeIndex: isBefore ? atIndex : indexAtFrame(world, (frame - 1) >>> 0, 0, last),
  };
}

/**
 * The entity that an event names: of the lives of an id the one before the event, of several kinds
 * the one that can be hit, else one that the model names.
 *
 * @param isVictim true for one that was hit, which only what has shapes can be
 * @returns undefined when the recording has none
 * @throws {RangeError} when several kinds have the id, and nothing tells which is meant
 */
export function eventEntity(
  id: EntityId,
  world: ShotWorld,
  moment: EventMoment,
  isVictim: boolean = false,
): number | undefined {
  const { ids } = world;
  const known = knownEntities(id, world);
  if (known.length < 2) return known[0];
  const lives = new Map<string | undefined, number>();
  for (const entity of known) {
    const kind = ids.kindOf(entity);
    const other = lives.get(kind);
    const isNearer = other === undefined ||
      nearness(world, entity, moment) > nearness(world, other, moment);
    if (isNearer) lives.set(kind, entity);
  }
  const all = [...lives.values()];
  const meant = atTop(all, (entity) => kindRank(world, entity, isVictim));
  const there = atTop(meant, (entity) => presence(world, entity, moment));
  if (there.length === 1) return there[0];
  throw new RangeError(
    `${there.map((entity) => ids.textOf(entity)).join(" and ")} have that id; say KIND:ID`,
  );
}

/**
 * What the game decided, as an event says it.
 *
 * @throws {RangeError} when that is no entity and no word for a hit or a miss
 */
export function eventVerdict(value: unknown, world: ShotWorld, moment: EventMoment): GameVerdict {
  if (value === undefined) return undefined;
  if (value === true || value === "hit") return "hit";
  if (value === null || value === false || value === "" || value === "miss") return null;
  const refuse = () =>
    new RangeError(`verdict is ${JSON.stringify(value)}, expected an entity, -1, true or false`);
  if (typeof value === "number" ? !Number.isFinite(value) : typeof value !== "string") {
    throw refuse();
  }
  const id = value as EntityId;
  const entity = eventEntity(id, world, moment, true);
  // Games number what is no entity from -1 down; some number entities so as well.
  const isNegative = /^-\d+$/.test(String(id));
  if (entity !== undefined && (!isNegative || isTarget(world, entity, moment))) return entity;
  if (isNegative) return null;
  const { ids } = world;
  const [unrecorded] = ids.entitiesOf(id);
  if (unrecorded !== undefined) return unrecorded;
  if (!ids.isPlain) return ids.strangerOf(id);
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw refuse();
}

/** Entities of the recording that have or had an id, or the id and the kind of `KIND:ID`. */
function knownEntities(id: EntityId, world: ShotWorld): readonly number[] {
  const { ids } = world;
  const known = ids.entitiesOf(id).filter((entity) => world.kindOf(entity) !== undefined);
  if (known.length > 0 || typeof id === "number") return known;
  const colon = id.indexOf(":");
  if (colon < 0) return known;
  return ids.entitiesOf(id.slice(colon + 1))
    .filter((entity) => world.kindOf(entity) === id.slice(0, colon));
}

/** Larger for a life that is nearer to an event: begun before it, in its frame, or over by then. */
function nearness(world: ShotWorld, id: number, { atIndex, beforeIndex }: EventMoment): number {
  const before = world.lastIndexOf(id, beforeIndex);
  if (before >= 0 && before === beforeIndex) return atIndex + 2;
  const at = world.lastIndexOf(id, atIndex);
  return at === atIndex ? atIndex + 1 : at;
}

/** Larger for an entity that is rather there: in a frame of the event, or between frames that have it. */
function presence(world: ShotWorld, id: number, { atIndex, beforeIndex }: EventMoment): number {
  const isAt = (index: number) => index >= 0 && world.find(index, id) >= 0;
  if (isAt(beforeIndex) || isAt(atIndex)) return 2;
  return world.lastIndexOf(id, atIndex) === atIndex ? 1 : 0;
}

/** Larger for a kind that is rather meant. */
function kindRank(world: ShotWorld, entity: number, isVictim: boolean): number {
  const kind = world.model.kinds.find((entry) => entry.kind === world.kindOf(entity));
  if (kind === undefined) return 0;
  return isVictim && kind.shapes.length === 0 ? 1 : 2;
}

function isTarget(world: ShotWorld, id: number, { atIndex, beforeIndex }: EventMoment): boolean {
  const pose = emptyPose();
  for (const index of [beforeIndex, atIndex]) {
    const position = index < 0 ? -1 : world.find(index, id);
    if (position < 0) continue;
    world.readPose(index, position, pose);
    if (pose.kind >= 0) return world.model.kinds[pose.kind]!.shapes.length > 0;
  }
  return false;
}

function atTop(entities: readonly number[], valueOf: (entity: number) => number): number[] {
  const top = Math.max(...entities.map(valueOf));
  return entities.filter((entity) => valueOf(entity) === top);
}
