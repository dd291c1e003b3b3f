import assert from "node:assert/strict";
import { test } from "node:test";
import { type EntityId, EntityNames } from "../../core/names/entity_names.ts";
import type { EntityState } from "../../core/state/state.ts";
import { PoseHistory } from "../past/pose_history.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { parseHitModel } from "../shape/hit_model.ts";
import { eventEntity, eventMoment, eventVerdict } from "./event_entity.ts";

const PLAYERS = parseHitModel(["player=sphere:16"]);

/** Frames from 0, a second apart, of entities by kind. */
function historyOf(
  names: EntityNames,
  frames: readonly (readonly (readonly [entity: number, kind: string])[])[],
  model: HitModel = PLAYERS,
): PoseHistory {
  const history = new PoseHistory(model, { names });
  frames.forEach((there, frame) => {
    const entities = there.map(([id, kind]): EntityState => ({
      ...{ id, kind },
      fields: { x: 0, y: 0, z: 0 },
    }));
    history.addFrame({ frame, timeMs: frame * 1000, entities });
  });
  return history;
}

/** An event in a frame, whose effect that frame may hold. */
function at(world: PoseHistory, frame: number): ReturnType<typeof eventMoment> {
  return eventMoment(world, { frame, isBetweenFrames: false });
}

test("eventMoment: the frame of a shot between frames holds nothing of it", () => {
  const world = historyOf(new EntityNames(), [[], [], []]);
  assert.deepEqual(at(world, 2), { atIndex: 2, beforeIndex: 1 });
  assert.deepEqual(at(world, 0), { atIndex: 0, beforeIndex: -1 });
  assert.deepEqual(eventMoment(world, { frame: 2, isBetweenFrames: true }), {
    ...{ atIndex: 2, beforeIndex: 2 },
  });
});

test("eventEntity: an id is its text, whatever number its entity has", () => {
  const names = new EntityNames();
  const ids: EntityId[] = ["q8Zk2LmA1", "76561198000000001", -3, "007", 2.5];
  const [session, steam, negative, padded, half] = ids.map((id) => names.entity(id)) as number[];
  const world = historyOf(
    names,
    [[session, steam, negative, padded, half, 40].map((entity) => [entity!, "player"])],
  );
  const found = (id: EntityId) => eventEntity(id, world, at(world, 0));
  assert.equal(found("q8Zk2LmA1"), session);
  assert.equal(found("76561198000000001"), steam);
  assert.deepEqual([found(-3), found("-3")], [negative, negative]);
  assert.deepEqual([found("007"), found(7), found("7")], [padded, undefined, undefined]);
  assert.deepEqual([found(2.5), found("2.5")], [half, half]);
  assert.deepEqual([found(40), found("40")], [40, 40]);
  // An entity's own number is nobody's id when it has a name.
  assert.equal(found(session!), undefined);
});

test("eventEntity: of the lives of an id the one that was there before the event", () => {
  const names = new EntityNames();
  const first = names.entity("amy");
  const second = names.renew("amy");
  const third = names.renew("amy");
  const of = (...entities: number[]) =>
    entities.map((entity): [number, string] => [entity, "player"]);
  // The second life begins in the frame that ends the first.
  const world = historyOf(names, [of(first), of(first), of(second), of(), of(), of(third)]);
  const found = [0, 1, 2, 3, 4, 5].map((frame) => eventEntity("amy", world, at(world, frame)));
  assert.deepEqual(found, [first, first, first, second, second, third]);
  const between = eventMoment(world, { frame: 2, isBetweenFrames: true });
  assert.equal(eventEntity("amy", world, between), second);
});

test("eventEntity: of several kinds the one that can be hit, or that the model names", () => {
  const names = new EntityNames({ isByKind: true });
  const [player, rocket, turret] = ["player", "rocket", "turret"].map((kind) =>
    names.entity(3, kind)
  ) as [number, number, number];
  const all: [number, string][] = [[player, "player"], [rocket, "rocket"], [turret, "turret"]];
  const { kinds: [kind] } = PLAYERS;
  const turrets = { kinds: [kind!, { ...kind!, kind: "turret", shapes: [] }] };
  const world = historyOf(names, [all], turrets);
  const found = (id: EntityId, isVictim: boolean) => eventEntity(id, world, at(world, 0), isVictim);
  assert.equal(found(3, true), player);
  assert.equal(found("3", true), player);
  assert.throws(
    () => found(3, false),
    /^RangeError: player:3 and turret:3 have that id; say KIND:ID$/,
  );
  assert.deepEqual(["turret:3", "rocket:3"].map((id) => found(id, false)), [turret, rocket]);
  assert.equal(found("bot:3", false), undefined);
  const alone = historyOf(names, [all.slice(1), all], turrets);
  assert.equal(eventEntity(3, alone, at(alone, 0)), turret);
});

test("eventVerdict: words, entities, and what is none", () => {
  const names = new EntityNames();
  const amy = names.entity("amy");
  const wall = names.entity(-2);
  const foe = names.entity(-9);
  const world = historyOf(names, [[[amy, "player"], [wall, "wall"], [foe, "player"]]]);
  const verdict = (value: unknown) => eventVerdict(value, world, at(world, 0));
  assert.deepEqual([undefined, true, "hit"].map(verdict), [undefined, "hit", "hit"]);
  for (const miss of [null, false, "", "miss", -1, "-1", -2]) assert.equal(verdict(miss), null);
  assert.deepEqual(["amy", -9, "-9"].map(verdict), [amy, foe, foe]);
  assert.throws(() => verdict({}), /verdict is \{\}, expected an entity, -1, true or false/);
  assert.throws(() => verdict(NaN), /expected an entity/);
  const [nobody, another] = [verdict("bob"), verdict("cid")];
  assert.ok(typeof nobody === "number" && !world.knows(nobody));
  assert.deepEqual([verdict("bob") === nobody, another === nobody], [true, false]);
  assert.deepEqual([world.ids.idOf(nobody), world.ids.textOf(nobody)], ["bob", "bob"]);
});

test("eventVerdict: where ids are numbers, one that nobody has stays, and a word is refused", () => {
  const world = historyOf(new EntityNames(), [[[1, "player"]]]);
  const verdict = (value: unknown) => eventVerdict(value, world, at(world, 0));
  assert.deepEqual([1, "1", 99, "99"].map(verdict), [1, 1, 99, 99]);
  assert.throws(() => verdict("bob"), /verdict is "bob", expected an entity, -1, true or false/);
});
