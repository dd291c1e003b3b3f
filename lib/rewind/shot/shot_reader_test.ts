import assert from "node:assert/strict";
import { test } from "node:test";
import type { StateEvent } from "../../core/state/state.ts";
import { agreesWith } from "./shot.ts";
import { QUAKEWORLD } from "./quakeworld.ts";
import { ShotError } from "./shot_error.ts";
import { readShotMap } from "./shot_map_json.ts";
import { parseShotMap } from "./shot_map_text.ts";
import { readShots } from "./shot_reader.ts";
import { parseShot } from "./shot_text.ts";
import { makeHistory, range } from "../worlds_test_helper.ts";

const world = makeHistory(range(10, 20), 10, { 1: () => [0, 0, 0], 2: () => [300, 0, 0] });
const good = { shooter: 1, ping: 25, sx: 0, sy: 0, sz: 0, ex: 3, ey: 4, ez: 0, hit: 2, damage: 30 };

function event(data: Record<string, unknown>, frame: number | undefined = 15): StateEvent {
  return { frame, timeMs: undefined, name: "lg_shot", data };
}

test("readShots reads QuakeWorld events", () => {
  const [shot] = readShots([event(good)], QUAKEWORLD.shots, world).shots;
  assert.equal(shot!.timeMs, 50);
  assert.equal(shot!.verdict, 2);
  assert.equal(shot!.ray.lengthUnits, 9);
  assert.deepEqual(shot!.ray.direction, [0.6, 0.8, 0]);
  assert.deepEqual([shot!.numbers.get("ping"), shot!.numbers.get("damage")], [25, 30]);
  const [longer] = readShots([event(good)], QUAKEWORLD.shots, world, { reachUnits: 0 }).shots;
  assert.equal(longer!.ray.lengthUnits, 5);
});

test("parseShotMap reads the grammar of the command line", () => {
  const text = "shooter=shooter,from=sx,sy,sz,to=ex,ey,ez,verdict=hit,ping=ping,eye=0,0,16,reach=4";
  assert.deepEqual(parseShotMap(text), QUAKEWORLD.shots);
  assert.equal(parseShotMap("quakeworld"), QUAKEWORLD.shots);
  assert.throws(() => parseShotMap("shooter=a,from=x,y"), /from has 2 values, it takes 3/);
  assert.throws(
    () => parseShotMap("shooter=a,from=5"),
    /from has 1 values, it takes 3, or the name/,
  );
  assert.throws(() => parseShotMap("shooter=a,angles=x"), /angles has 1 values, it takes 2/);
  assert.throws(() => parseShotMap("shooter=a,form=x,y,z"), /there is no form/);
  assert.throws(
    () => parseShotMap("shooter=a,from=x,y,z"),
    /lacks to, or angles or direction with range/,
  );
  assert.throws(() => parseShotMap("shooter=a,from=x,y,z,angles=p,q"), /lacks range/);
  assert.throws(
    () => parseShotMap("sx,sy"),
    /it is no map with a name; maps with a name are live, quakeworld;/,
  );
});

test("readShots takes the event's own frame for no tick of the command, unless the map does", () => {
  const data = { shooter: 1, x: 0, y: 0, z: 0, to: 9 };
  const map = (more: string) => parseShotMap(`shooter=shooter,from=x,y,z,to=to,y,z${more}`);
  const counter = { bits: undefined, offset: 5 };
  const tick = (own: number, more = "", options = {}) =>
    readShots([event({ ...data, tick: own })], map(more), world, options)
      .shots[0]!.numbers.get("tick");
  assert.equal(tick(15), undefined);
  assert.equal(tick(15, ",tick=tick"), 15);
  assert.equal(tick(12), 12);
  // The counter said 10 in frame 15.
  assert.equal(tick(10, "", { counter }), undefined);
  assert.equal(tick(8, "", { counter }), 13);
});

test("readShots takes texts of numbers as engines print them, by index and by name", () => {
  const texts = { who: 1, from: "(6.0, 1.0, -3.0)", to: "X=6.000 Y=5.000 Z=0.000" };
  for (
    const map of [
      "shooter=who,from=from.0,from.1,from.2,to=to.X,to.Y,to.Z",
      "shooter=who,from=from,to=to",
    ]
  ) {
    const [shot] = readShots([event(texts)], parseShotMap(map), world).shots;
    assert.deepEqual(shot!.ray.origin, [6, 1, -3], map);
    assert.deepEqual(shot!.ray.direction, [0, 0.8, 0.6]);
    assert.equal(shot!.ray.lengthUnits, 5);
  }
  const bare = { who: 1, from: "6, 1, -3", to: "<6, 5, 0>" };
  const [same] = readShots([event(bare)], parseShotMap("shooter=who,from=from,to=to"), world).shots;
  assert.deepEqual([same!.ray.origin, same!.ray.lengthUnits], [[6, 1, -3], 5]);
  const nested = { who: 1, ray: { from: "(X=1,Y=2,Z=3)", along: "(0,2,0)" } };
  const map = "shooter=who,from=ray.from,direction=ray.along,range=7,eye=ray.from";
  const [shot] = readShots([event(nested)], parseShotMap(map), world).shots;
  assert.deepEqual([shot!.ray.origin, shot!.ray.direction], [[1, 2, 3], [0, 1, 0]]);
  assert.deepEqual(shot!.eye, [1, 2, 3]);
});

test("readShots takes a point by the name of a text, a list, or an object with x, y and z", () => {
  const points = ["(1, 2, 3)", [1, 2, 3], { x: 1, y: 2, z: 3 }, { X: 1, Y: 2, Z: 3 }];
  const aim = { shooter: "who", from: "at", angles: ["pitch", "yaw"], range: 9 };
  for (const at of points) {
    const data = event({ who: 1, at, pitch: 0, yaw: 90 });
    const [shot] = readShots([data], readShotMap(aim), world).shots;
    assert.deepEqual(shot!.ray.origin, [1, 2, 3]);
  }
  for (
    const [at, line] of [
      ["(nan, 2, 3)", /from \(field at\.0\) is NaN, expected a finite number/],
      ["(1, 2)", /from \(field at\.2\) is missing/],
      ["home", /from \(field at\.0\) is missing/],
      [{ x: 1, z: 3 }, /from \(field at\.1\) is missing/],
      [[1, 2], /from \(field at\.2\) is missing/],
    ] as const
  ) {
    const data = event({ who: 1, at, pitch: 0, yaw: 90 });
    assert.throws(() => readShots([data], readShotMap(aim), world), line);
  }
});

test("readShotMap names the path of an error", () => {
  const map = { shooter: "who", from: ["a.0", "a.1", "a.2"], angles: ["p", "q"], range: 1000 };
  const data = { who: 1, a: [1, 2, 3], p: 0, q: 90 };
  const [shot] = readShots([event(data)], readShotMap(map), world).shots;
  assert.deepEqual(shot!.ray.origin, [1, 2, 3]);
  assert.equal(shot!.ray.direction[1], 1);
  assert.equal(shot!.verdict, undefined);
  assert.throws(() => readShotMap({ ...map, from: ["a", "b"] }), /at from/);
  assert.throws(() => readShotMap({ ...map, pings: "x" }), /pings/);
});

test("readShots takes a direction, and a shot between two frames whatever its clock says", () => {
  const direction = ["d.0", "d.1", "d.2"];
  const map = { shooter: "who", from: ["a.0", "a.1", "a.2"], direction, range: 50, between: 1 };
  const data = { who: 1, a: [0, 0, 0], d: [0, 3, 4] };
  const read = (given: object, timeMs?: number) =>
    readShots([{ ...event(data), timeMs }], readShotMap({ ...map, ...given }), world);
  const { astray, shots: [shot] } = read({}, 87);
  assert.deepEqual(shot!.ray.direction, [0, 0.6, 0.8]);
  // Frame 15 is at 50 ms, and 18 at 80.
  assert.deepEqual([shot!.frame, shot!.timeMs, shot!.isBetweenFrames, astray], [15, 87, true, []]);
  const late = read({ between: 0 }, 87);
  assert.deepEqual([late.shots[0]!.isBetweenFrames, late.astray], [undefined, [0]]);
  assert.throws(
    () => readShotMap({ ...map, range: undefined }),
    /it has direction and lacks range/,
  );
  assert.deepEqual(parseShotMap("live").direction, ["direction.0", "direction.1", "direction.2"]);
});

test("readShots gives one clear line for a shot that cannot be judged", () => {
  for (
    const [change, frame, line] of [
      [{ shooter: 99 }, 15, "Cannot judge shot 0 (frame 15): shooter 99 is not in the recording"],
      [{}, 21, "Cannot judge shot 0 (frame 21): frame 21 is not in the recording (10 to 20)"],
      [
        { ex: 0, ey: 0 },
        15,
        "Cannot judge shot 0 (frame 15): the ray has length zero: its start is its end",
      ],
      [
        { sx: NaN },
        15,
        "Cannot judge shot 0 (frame 15): from (field sx) is NaN, expected a finite number",
      ],
      [
        { ez: "up" },
        15,
        'Cannot judge shot 0 (frame 15): to (field ez) is "up", expected a finite number',
      ],
      [
        { ping: undefined },
        15,
        "Cannot judge shot 0 (frame 15): ping (field ping) is missing, expected a finite number",
      ],
      [
        { hit: "perhaps" },
        15,
        'Cannot judge shot 0 (frame 15): verdict is "perhaps", expected an entity, -1, true or false',
      ],
    ] as const
  ) {
    const bad = event({ ...good, ...change }, frame);
    assert.throws(() => readShots([bad], QUAKEWORLD.shots, world), (error) => {
      assert.ok(error instanceof ShotError);
      assert.equal(error.message, line);
      return true;
    });
    const read = readShots([bad, event(good)], QUAKEWORLD.shots, world, { skipBad: true });
    assert.deepEqual(read.shots.map((shot) => shot.index), [1]);
    assert.deepEqual(read.bad.map((error) => [error.shot, error.message]), [[0, line]]);
  }
});

test("parseShot reads a shot of the command line", () => {
  const shot = parseShot(
    "frame=15,shooter=1,from=0,0,0,to=0,10,0,verdict=2,ping=30,interp=20,jitter=3",
    world,
    { reachUnits: 4 },
  );
  assert.deepEqual([shot.frame, shot.timeMs, shot.verdict], [15, 50, 2]);
  assert.deepEqual([shot.numbers.get("ping"), shot.numbers.get("jitter")], [30, 3]);
  assert.equal(shot.ray.lengthUnits, 14);
  assert.equal(parseShot("time=54,shooter=1,from=0,0,0,to=0,1,0", world).frame, 15);
  assert.throws(() => parseShot("frame=15,shooter=1,from=0,0,0", world), /lacks to/);
  assert.throws(() => parseShot("frame=15,from=0,0,0,to=1,1,1", world), /lacks shooter/);
  assert.throws(() => parseShot("frame=15,shooter=7,from=0,0,0,to=1,1,1", world), ShotError);
  assert.throws(() => parseShot("frame=15,shooter=1,from=0,0,0,to=NaN,1,1", world), /is NaN/);
  assert.throws(() => parseShot("time=500,shooter=1,from=0,0,0,to=1,1,1", world), /time 500 ms/);
});

test("agreesWith compares victims, misses and unnamed hits", () => {
  assert.equal(agreesWith(2, 2), true);
  assert.equal(agreesWith(2, 3), false);
  assert.equal(agreesWith(null, null), true);
  assert.equal(agreesWith("hit", 3), true);
  assert.equal(agreesWith("hit", null), false);
  assert.equal(agreesWith(undefined, null), undefined);
});
