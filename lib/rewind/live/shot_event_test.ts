import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "../../core/names/entity_names.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { Ring } from "../../core/time/ring.ts";
import { parseRewindPolicy } from "../policy/policy_text.ts";
import { parseHitModel } from "../shape/hit_model.ts";
import { rayBetween } from "../shape/ray.ts";
import { type LiveShot, rewind, type RewindAnswer } from "./live_rewind.ts";
import { shotEvent } from "./shot_event.ts";

const miss: RewindAnswer = {
  frame: 30,
  timeMs: 1000,
  policy: "ping",
  numbers: new Map([["ping", 80], ["interval", 33.5]]),
  victim: null,
  shape: undefined,
  distanceUnits: Infinity,
  position: undefined,
  wantedFrame: 27.6,
  usedFrame: 27.6,
  wantedMs: 80,
  usedMs: 80,
  clamp: null,
};

function shot(numbers: readonly (readonly [string, number])[] = []): LiveShot {
  const ray = rayBetween([1, 2, 3], [1, 2, 13], { radiusUnits: 0.5, reachUnits: 2 });
  return { shooter: 4, ray, numbers: new Map(numbers) };
}

test("shotEvent() holds the ray, the decision and every number, as one flat event", () => {
  const event = shotEvent(shot([["ping", 80], ["weapon", 7], ["stamp.src", 26]]), miss);
  assert.deepEqual(event, {
    frame: 30,
    timeMs: 1000,
    name: "shot",
    data: {
      ev: "shot",
      f: 30,
      t: 1000,
      shooter: 4,
      from: [1, 2, 3],
      direction: [0, 0, 1],
      range: 12,
      radius: 0.5,
      hit: null,
      policy: "ping",
      wantedMs: 80,
      usedMs: 80,
      usedFrame: 27.6,
      clamp: null,
      ping: 80,
      interval: 33.5,
      weapon: 7,
      "stamp.src": 26,
    },
  });
});

test("shotEvent() of a hit says whom, what and how far", () => {
  const hit = {
    ...miss,
    victim: 9,
    shape: "head",
    distanceUnits: 6.25,
    position: [1, 2, 9],
  } as const;
  const { data } = shotEvent(shot(), hit);
  assert.deepEqual([data.hit, data.shape, data.distance], [9, "head", 6.25]);
});

test("shotEvent() leaves out numbers that are none, and refuses names that the event has", () => {
  const { data } = shotEvent(shot([["ping", NaN], ["far", Infinity]]), miss);
  assert.deepEqual(["ping" in data, "far" in data], [true, false]);
  assert.equal(data.ping, 80);
  for (const name of ["hit", "from", "f", "shape", "distance"]) {
    assert.throws(() => shotEvent(shot([[name, 1]]), miss), RangeError);
  }
});

test("rewind and shotEvent speak of entities by the ids of the game", () => {
  const names = new EntityNames();
  const [amy, bob, turret] = ["amy", "bob", "76561198000000001"].map((id) => names.entity(id)) as [
    number,
    number,
    number,
  ];
  const fields = [
    ...["x", "y"].map((name) => ({ name, type: "f32" as const })),
    { name: "owner", type: "text" as const },
  ];
  const layout = new SnapshotLayout({ kinds: [{ name: "player", fields }] });
  const ring = new Ring<Snapshot>(8);
  const at = (id: number, y: number, owner: string) => ({
    ...{ id, kind: "player" },
    fields: { x: 0, y, owner },
  });
  const entities = [at(amy, 0, ""), at(bob, 100, ""), at(turret, 50, "amy")];
  ring.push(3, Snapshot.of(layout, { frame: 3, timeMs: 60, entities }));
  const shot = { shooter: amy, ray: rayBetween([0, 0, 0], [0, 200, 0]), numbers: new Map() };
  const policy = parseRewindPolicy("none");
  // Who shoots does not hit what is his.
  const model = parseHitModel(["player=sphere:4"], "owner!=shooter.id");
  const answer = rewind(ring, policy, shot, { model, names });
  assert.equal(answer.victim, bob);
  const { data } = shotEvent(shot, answer, { names });
  assert.deepEqual([data.shooter, data.hit], ["amy", "bob"]);
  const miss = shotEvent(shot, { ...answer, victim: null }, { names });
  assert.deepEqual([miss.data.shooter, miss.data.hit], ["amy", null]);
  assert.throws(
    () => rewind(ring, policy, { ...shot, shooter: names.entity("cid") }, { model, names }),
    /shooter "cid" is in no frame of the ring/,
  );
  // Without names an entity's number is its id, which owns nothing.
  assert.equal(rewind(ring, policy, shot, { model }).victim, turret);
  assert.equal(rewind(ring, policy, shot, { model, names }).victim, bob);
});
