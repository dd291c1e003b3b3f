import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  hindcast,
  hindcastJson,
  inFolder,
  recordRows,
  type Row,
  rowsOf,
  testdata,
} from "../run_cli_test_helper.ts";

const SLOW = { timeout: 120_000 };

/** A shot under a policy, as `--json --details` gives it. */
interface Detail {
  readonly policy: string;
  readonly usedMs: number;
  readonly usedFrame: number;
  readonly victim: number | null;
  readonly marginUnits: number;
  readonly intervals: readonly { target: number; fromMs: number; toMs: number }[];
}

type Args = readonly string[];

/** Path of a file of these cases. */
function caseFile(name: string): string {
  return testdata(`rewind/cases/${name}`);
}

/** Rows of a case. */
function caseRows(name: string): Row[] {
  return rowsOf(`rewind/cases/${name}.ndjson`);
}

/** Every shot under every policy: by policy, then by shot. */
async function judge(path: string, ...args: Args): Promise<readonly Detail[]> {
  const command = ["rewind", path, "--json", "--details", ...args];
  return (await hindcastJson<{ details: Detail[] }>(command)).details;
}

/** Who is hit, in the same order. */
async function victims(path: string, ...args: Args): Promise<(number | null)[]> {
  return (await judge(path, ...args)).map(({ victim }) => victim);
}

/** The page about the first shot, and what stands on standard error. */
async function explain(path: string, ...args: Args): Promise<{ page: string; stderr: string }> {
  const outcome = await hindcast(["rewind", path, "--explain", "0", ...args]);
  assert.equal(outcome.code, 0, outcome.stderr);
  return { page: outcome.stdout, stderr: outcome.stderr };
}

/** Shots of entity 1 with rays from one point to another. */
function shots(frame: number, ...rays: readonly (readonly [from: string, to: string])[]): string[] {
  return rays.flatMap(([from, to]) => [
    "--shot",
    `frame=${frame},shooter=1,from=${from},to=${to}`,
  ]);
}

/** Shots straight down the z axis at points x, y. */
function down(frame: number, ...points: readonly (readonly [x: number, y: number])[]): string[] {
  return shots(frame, ...points.map(([x, y]) => [`${x},${y},50`, `${x},${y},-50`] as const));
}

/** Shots along y at a height of z 0, past points on the x axis. */
function past(frame: number, ...places: readonly number[]): string[] {
  return shots(frame, ...places.map((x) => [`${x},-20,0`, `${x},20,0`] as const));
}

function policies(...names: Args): string[] {
  return names.flatMap((name) => ["--policy", name]);
}

/** Rows of a gunner 1 who stands, and a target 2 whose fields are given by frame. */
function target(kind: string, everyMs: number, fields: readonly Row[]): Row[] {
  return fields.flatMap((own, f) => [
    { f, t: f * everyMs, id: 1, kind: "gunner", x: -60, y: 0, z: 0 },
    { f, t: f * everyMs, id: 2, kind, x: 0, y: 0, z: 0, ...own },
  ]);
}

/** A tank by its yaw in each frame. */
function tank(everyMs: number, yaws: readonly number[]): Row[] {
  return target("tank", everyMs, yaws.map((yaw) => ({ yaw })));
}

/** Writes a file of shapes. @returns the option that names it */
function shapesFile(folder: string, name: string, json: unknown): string[] {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(json));
  return ["--shapes", path];
}

const TANK = ["--shape", "tank=yawbox:-4,-1,-1,4,1,1"];
/** Only in front, so that a half turn shows. */
const BARREL = ["--shape", "tank=yawbox:0,-1,-1,4,1,1"];
const FRONT = { shape: "box", min: [0, -1, -1], max: [4, 1, 1] };

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-6, `${actual}, expected ${expected}`);
}

test("rewind: yaw turns at an even pace between two frames", SLOW, async () => {
  await inFolder(async (folder) => {
    // At 45 degrees (2.5, 2.5) lies 3.54 along the box and 0 across.
    const quarter = await recordRows(folder, caseRows("yaw-not-interpolated.state"));
    assert.deepEqual(
      await victims(quarter, ...TANK, ...down(3, [2.5, 2.5], [2.5, -2.5]), ...policies("ms:150")),
      [2, null],
    );
    // 120 degrees in 50 ms: a quarter of the way is 30 degrees; half of the chord would be 19.
    const fast = await recordRows(folder, tank(50, [0, 0, 120, 120]));
    const thin = ["--shape", "tank=yawbox:-4,-0.2,-1,4,0.2,1"];
    const [at30, at60, at19] = [30, 60, 19].map((degrees) => {
      const radians = degrees * Math.PI / 180;
      return [3.9 * Math.cos(radians), 3.9 * Math.sin(radians)] as const;
    });
    const asked = policies("ms:87.5", "ms:75");
    const found = await judge(fast, ...thin, ...down(3, at30!, at60!, at19!), ...asked);
    assert.deepEqual(found.map(({ victim }) => victim), [2, null, null, null, 2, null]);
    // The ray stays inside while the box is within asin(0.2 / 3.9) of it, at 2.4 degrees a ms.
    const widthMs = Math.asin(0.2 / 3.9) * 180 / Math.PI / 2.4;
    const [{ intervals }] = found as [Detail];
    assert.equal(intervals.length, 1);
    near(intervals[0]!.fromMs, 87.5 - widthMs);
    near(intervals[0]!.toMs, 87.5 + widthMs);
  });
});

test("rewind: yaw goes the shorter way, and whole turns do not count", SLOW, async () => {
  await inFolder(async (folder) => {
    // Half-way from 350 to 10 is 0, where (3.9, +-0.9) is inside; at 350 and 10 one of them is not.
    const wrap = await recordRows(folder, caseRows("yaw-wrap.state"));
    const corners = down(3, [3.9, 0.9], [3.9, -0.9], [-3.9, 0.9]);
    assert.deepEqual(
      await victims(wrap, ...BARREL, ...corners, ...policies("ms:150", "ms:200", "none")),
      [2, 2, null, null, 2, null, 2, null, null],
    );
    // Half-way from 170 to -170 is 180, not 0: the barrel looks along -x. At 170 (-3.9, 0.9) lies
    // 0.21 across, (-3.9, -0.9) 1.56.
    const back = await recordRows(folder, tank(100, [170, 170, -170, -170]));
    const behind = down(3, [-3.9, 0.9], [-3.9, -0.9], [3.9, 0.9]);
    assert.deepEqual(
      await victims(back, ...BARREL, ...behind, ...policies("ms:150", "ms:200")),
      [2, 2, null, 2, null, null],
    );
    // A third of the way from -10 to 20 is 0; half-way is 5, where (3.9, -0.9) lies 1.24 across.
    const third = await recordRows(folder, tank(30, [-10, -10, 20, 20]));
    const both = down(3, [3.9, 0.9], [3.9, -0.9]);
    assert.deepEqual(
      await victims(third, ...BARREL, ...both, ...policies("ms:50", "ms:45")),
      [2, 2, 2, null],
    );
    // 810 and -630 are a quarter turn: the barrel looks along +y. From 730 to 350 are -20 degrees.
    const many = await recordRows(folder, caseRows("yaw-accumulates.state"));
    const aside = down(1, [10, 3.5], [10, -3.5], [13.5, 0]);
    assert.deepEqual(await victims(many, ...BARREL, ...aside, ...policies("none")), [
      2,
      null,
      null,
    ]);
    const negative = await recordRows(folder, tank(100, [-630, -630, 730, 350]));
    const sides = down(3, [0, 3.5], [3.9, 0.9], [3.9, -0.9]);
    assert.deepEqual(
      await victims(negative, ...BARREL, ...sides, ...policies("ms:200", "ms:50")),
      [2, null, null, null, 2, 2],
    );
  });
});

test("rewind: yaw in radians, in turns, clockwise and from another zero", SLOW, async () => {
  await inFolder(async (folder) => {
    const radians = await recordRows(folder, caseRows("yaw-in-radians.state"));
    const aside = [...down(1, [10, 3.5]), ...policies("none")];
    const declared = ["--shapes", caseFile("yaw-in-radians.shapes.json")];
    assert.deepEqual(await victims(radians, ...declared, ...aside), [2]);
    const undeclared = await explain(radians, ...TANK, ...aside);
    assert.match(undeclared.page, /^none: miss$/m);
    assert.match(undeclared.stderr, /^note: .*"yaw".*"tank".* look like radians.*"unit": "rad"/m);
    // Degrees that are no whole numbers and go beyond a turn in radians are not doubted.
    const degrees = await recordRows(folder, tank(50, [0.5, 90.5]));
    const { stderr } = await explain(degrees, ...TANK, ...down(1, [0, 3.5]), ...policies("none"));
    assert.equal(stderr, "");
    // One tank of each convention, 100 apart along x; each barrel looks where the comment says.
    const conventions: readonly [yaw: number, convention: object][] = [
      [-Math.PI / 2, { unit: "rad" }], // -90 degrees: -y
      [0.25, { unit: "turn" }], // 90 degrees: +y
      [90, { sign: -1 }], // clockwise from +x: -y
      [0, { zero: 90 }], // 0 is +y
      [90, { sign: -1, zero: 90 }], // a compass: 0 is +y, clockwise, so 90 is +x
      [0.5, { unit: "turn", sign: -1, zero: 0.25 }], // 90 - 180 degrees: -y
    ];
    const rows = conventions.flatMap(([yaw], i) =>
      [0, 1].map((f) => ({
        f,
        t: f * 50,
        id: i + 2,
        kind: `tank${i}`,
        x: i * 100,
        y: 0,
        z: 0,
        yaw,
      }))
    );
    const gunner = target("tank", 50, [{}, {}]).filter(({ id }) => id === 1);
    const path = await recordRows(folder, [...gunner, ...rows].sort((a, b) => +a.f! - +b.f!));
    const kinds = conventions.map(([, convention], i) => [
      `tank${i}`,
      { yaw: { field: "yaw", ...convention }, shapes: [FRONT] },
    ]);
    const shapes = shapesFile(folder, "conventions", { kinds: Object.fromEntries(kinds) });
    const looks = ["-y", "+y", "-y", "+y", "+x", "-y"];
    const [ahead, left, right] = [[3.5, 0], [0, 3.5], [0, -3.5]] as const;
    const aims = looks.flatMap((_, i) =>
      down(1, ...[ahead, left, right].map(([x, y]) => [i * 100 + x, y] as const))
    );
    const expected = looks.flatMap((side, i) =>
      ["+x", "+y", "-y"].map((other) => (side === other ? i + 2 : null))
    );
    assert.deepEqual(await victims(path, ...shapes, ...aims, ...policies("none")), expected);
  });
});

test("rewind --up y: yaw and quaternion turn from z to x, and angles aim so", SLOW, async () => {
  await inFolder(async (folder) => {
    // The barrel lies along +z; a quarter turn about y brings it to +x, an eighth to between.
    const half = Math.SQRT1_2;
    const rows = target(
      "tank",
      100,
      [0, 0, 90, 90].map((yaw) => ({
        ...{ yaw, qx: 0, qz: 0 },
        ...(yaw === 0 ? { qy: 0, qw: 1 } : { qy: half, qw: half }),
      })),
    );
    const path = await recordRows(folder, rows);
    const points = [[3.5, 0], [0, 3.5], [2.5, 2.5], [2.5, -2.5], [-3.5, 0]] as const;
    const rays = shots(3, ...points.map(([x, z]) => [`${x},50,${z}`, `${x},-50,${z}`] as const));
    const asked = [...rays, ...policies("none", "ms:150", "ms:200")];
    const expected = [
      ...[2, null, null, null, null],
      ...[null, null, 2, null, null],
      ...[null, 2, null, null, null],
    ];
    const yaw = await judge(path, "--up", "y", "--shape", "tank=yawbox:-1,-1,0,1,1,4", ...asked);
    assert.deepEqual(yaw.map(({ victim }) => victim), expected);
    const front = { shape: "box", min: [-1, -1, 0], max: [1, 1, 4] };
    const rotation = ["qx", "qy", "qz", "qw"];
    const file = { up: "y", kinds: { tank: { rotation, shapes: [front] } } };
    const turned = await judge(path, ...shapesFile(folder, "quaternion", file), ...asked);
    assert.deepEqual(turned.map(({ victim }) => victim), expected);
    for (const [i, { intervals }] of turned.entries()) {
      assert.equal(intervals.length, yaw[i]!.intervals.length);
      for (const [k, { fromMs, toMs }] of intervals.entries()) {
        near(fromMs, yaw[i]!.intervals[k]!.fromMs);
        near(toMs, yaw[i]!.intervals[k]!.toMs);
      }
    }
    // Yaw 0 looks along z, 90 along x, 180 along -z; a pitch of 90 looks straight down.
    const places = [[0, 0, 10], [10, 0, 0], [0, -10, 0], [0, 10, 0], [0, -7, 7], [0, 0, -10]];
    const spheres = places.flatMap(([x, y, z], i) =>
      [0, 1].map((f) => ({ f, t: f * 50, id: i + 2, kind: "p", x: x!, y: y!, z: z! }))
    );
    const eye = [0, 1].map((f) => ({ f, t: f * 50, id: 1, kind: "gunner", x: 0, y: 0, z: 0 }));
    const world = await recordRows(folder, [...eye, ...spheres].sort((a, b) => a.f - b.f));
    const angles = ["0,0", "0,90", "90,0", "-90,0", "45,0", "0,180"].flatMap((aim) => [
      "--shot",
      `frame=1,shooter=1,from=0,0,0,angles=${aim},range=50`,
    ]);
    const aimed = [...angles, "--shape", "p=sphere:1", ...policies("none")];
    assert.deepEqual(await victims(world, "--up", "y", ...aimed), [2, 3, 4, 5, 6, 7]);
    // Where z is up yaw 0 looks along x, a pitch of 90 along -z and -90 along z; 90 looks along y.
    assert.deepEqual(await victims(world, ...aimed), [3, 5, 7, 2, null, null]);
  });
});

test("rewind: positions in arrays, and a quaternion that turns", SLOW, async () => {
  await inFolder(async (folder) => {
    const path = await recordRows(folder, caseRows("position-arrays.state"));
    // 100 ms back is frame 1, where the target is at x 1; 75 ms back it is at 1.5.
    const shapes = ["--shapes", caseFile("position-arrays.shapes.json")];
    const asked = [...past(3, 1, 2.4, 3.9), ...policies("ms:100", "ms:75", "none")];
    assert.deepEqual(
      await victims(path, ...shapes, ...asked),
      [2, null, null, 2, 2, null, null, 2, 2],
    );
    const sphere = ["--shape", "player=sphere:1", ...past(3, 1), ...policies("none")];
    const refused = await hindcast(["rewind", path, ...sphere]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /no position field "x".*--shapes.*"position": \["pos\.0", /);
    // A quarter turn about z: the box of 8 by 2 lies along y, around x 3.
    const turned = ["--shapes", caseFile("rotation-quaternion.shapes.json")];
    const aims = [...down(3, [3, 3], [3, -3.9], [6, 0]), ...policies("none")];
    assert.deepEqual(await victims(path, ...turned, ...aims), [2, 2, null]);
    // q and -q are one rotation: from a quarter turn to -identity is a quarter turn back, and
    // half-way are 45 degrees.
    const half = Math.SQRT1_2;
    const signs = await recordRows(
      folder,
      target(
        "player",
        100,
        [
          { qz: half, qw: half },
          { qz: half, qw: half },
          { qz: 0, qw: -1 },
          { qz: 0, qw: -1 },
        ].map((own) => ({ qx: 0, qy: 0, ...own })),
      ),
    );
    const kinds = { player: { rotation: ["qx", "qy", "qz", "qw"], shapes: [FRONT] } };
    const halfway = [...down(3, [2.5, 2.5], [-2.5, 2.5], [2.5, -2.5]), ...policies("ms:150")];
    assert.deepEqual(
      await victims(signs, ...shapesFile(folder, "signs", { kinds }), ...halfway),
      [2, null, null],
    );
  });
});

test("rewind: shapes change with the stance, and half-way between two stances", SLOW, async () => {
  await inFolder(async (folder) => {
    const path = await recordRows(folder, caseRows("stance-changes-shape.state"));
    const shapes = ["--shapes", caseFile("stance-changes-shape.shapes.json")];
    const at = (...heights: readonly number[]) =>
      shots(3, ...heights.map((z) => [`-20,0,${z}`, `20,0,${z}`] as const));
    // Height 3 passes over who ducks (2 high) and hits who stands (4 high).
    assert.deepEqual(
      await victims(path, ...shapes, ...at(3), ...policies("none", "ms:100", "frames:2")),
      [null, 2, 2],
    );
    // Half-way between frame 1, standing, and frame 2, ducked, he is 3 high; a quarter on 3.5.
    assert.deepEqual(
      await victims(path, ...shapes, ...at(2.9, 3.1, 3.4, 3.6), ...policies("ms:75", "ms:87.5")),
      [2, null, null, null, 2, 2, 2, null],
    );
    // The same by fields: height, half width (its negative is the other side), and radius.
    const fields = target("player", 50, [
      { top: 4, half: 1, r: 1 },
      { top: 4, half: 1, r: 1 },
      { top: 2, half: 3, r: 3 },
      { top: 2, half: 3, r: 3 },
    ]);
    const measured = await recordRows(folder, fields);
    const shape = { shape: "box", min: ["-half", "-half", 0], max: ["half", "half", "top"] };
    const box = shapesFile(folder, "box", { kinds: { player: { shapes: [shape] } } });
    // Half-way: 3 high and 2 to each side.
    const rays = [
      ...at(2.9, 3.1),
      ...down(3, [1.9, 0], [2.1, 0], [-1.9, 0], [-2.1, 0]),
    ];
    assert.deepEqual(
      await victims(measured, ...box, ...rays, ...policies("ms:75", "ms:100", "none")),
      [
        ...[2, null, 2, null, 2, null],
        ...[2, 2, null, null, null, null],
        ...[null, null, 2, 2, 2, 2],
      ],
    );
    const sphere = { kinds: { player: { shapes: [{ shape: "sphere", radius: "r" }] } } };
    assert.deepEqual(
      await victims(
        measured,
        ...shapesFile(folder, "sphere", sphere),
        ...[...past(3, 0.9, 1.1, 1.9, 2.1, 2.9, 3.1), ...policies("ms:100", "ms:75", "none")],
      ),
      [
        ...[2, null, null, null, null, null],
        ...[2, 2, 2, null, null, null],
        ...[2, 2, 2, 2, 2, null],
      ],
    );
    // A measure that no row has.
    const unknown = { kinds: { player: { shapes: [{ shape: "sphere", radius: "girth" }] } } };
    const refused = await hindcast([
      ...["rewind", measured, ...past(3, 0), ...policies("none")],
      ...shapesFile(folder, "unknown", unknown),
    ]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /no shape field "girth"; its fields are .*half/);
  });
});

const SHOT_MAP = "shooter=by,from=s.0,s.1,s.2,to=e.0,e.1,e.2,verdict=hit";

/** A shot's frame and time, and where the target is under none, frames:3 and ms:60. */
type Place = readonly [shot: object, none: number, frames3: number, ms60: number];

/**
 * Asserts where shots find a target that moves 1 unit a tick of 20 ms, when every tick, every second
 * and every third is recorded.
 */
async function assertPlaces(folder: string, places: readonly Place[]): Promise<void> {
  const file = join(folder, "shots.ndjson");
  // The ray is at x 0, so that the gap tells where the target is.
  const ray = { ev: "shot", by: 1, s: [0, -20, 0], e: [0, 20, 0], hit: -1 };
  const events = places.map(([shot]) => JSON.stringify({ ...shot, ...ray }) + "\n");
  writeFileSync(file, events.join(""));
  const asked = ["--shots", file, "--shot-map", SHOT_MAP, "--shape", "p=sphere:0.5"];
  const expected = [1, 2, 3].flatMap((column) => places.map((row) => row[column]));
  for (const every of [1, 2, 3]) {
    const ticks = Array.from({ length: 67 }, (_, f) => f).filter((f) => f % every === 0);
    const rows = ticks.flatMap((f) => [
      { f, t: f * 20, id: 1, kind: "p", x: 0, y: -20, z: 0 },
      { f, t: f * 20, id: 2, kind: "p", x: f, y: 0, z: 0 },
    ]);
    const path = await recordRows(folder, rows);
    const found = await judge(path, ...asked, ...policies("none", "frames:3", "ms:60"));
    const xs = found.map(({ marginUnits }) => Math.round((marginUnits + 0.5) * 1e6) / 1e6);
    assert.deepEqual(xs, expected, `every ${every}`);
  }
}

test("rewind: ticks that were not recorded lie between those that were", SLOW, async () => {
  await inFolder(async (folder) => {
    const asked = ["--shots", "shot", "--shot-map", SHOT_MAP, "--shape", "p=sphere:0.5"];
    const events = caseFile("every-second-tick.events.ndjson");
    const rows = caseRows("every-second-tick.state");
    const path = await recordRows(folder, rows, "--events", events);
    // Three ticks before 40 and 41 are 37 and 38, 60 ms back, and x is the tick.
    const found = await judge(path, ...asked, ...policies("frames:3", "ms:60"));
    assert.deepEqual(
      found.map(({ usedFrame, usedMs, victim }) => [usedFrame, usedMs, victim]),
      [[37, 60, 2], [38, 60, 2], [37, 60, 2], [38, 60, 2]],
    );
    const { page } = await explain(path, ...asked, ...policies("frames:3"));
    assert.match(page, /wanted {3}60 ms back, frame 37\n {2}used {5}60 ms back, frame 37/);
  });
});

test("rewind: every second and every third tick judge as all ticks do", SLOW, async () => {
  await inFolder(async (folder) => {
    // Where the target is by policy: the newest tick, three before it, and 60 ms before the time.
    await assertPlaces(folder, [
      [{ f: 40, t: 800 }, 40, 37, 37],
      [{ f: 41, t: 820 }, 41, 38, 38],
      [{ t: 820 }, 41, 38, 38],
      [{ t: 840 }, 42, 39, 39],
      [{ t: 860 }, 43, 40, 40],
      [{ f: 43 }, 43, 40, 40],
      [{ f: 45 }, 45, 42, 42],
    ]);
  });
});

test("rewind: a time inside a tick sees that tick, recorded or not", SLOW, async () => {
  await inFolder(async (folder) => {
    // At 830 ms the newest tick is 41, of 820 ms; 60 ms before lies half-way from 38 to 39.
    await assertPlaces(folder, [
      [{ f: 40, t: 810 }, 40, 37, 37.5],
      [{ f: 41, t: 830 }, 41, 38, 38.5],
      [{ t: 830 }, 41, 38, 38.5],
      [{ t: 875 }, 43, 40, 40.75],
    ]);
  });
});

test("rewind: a pose in a hole of the recording is noted", SLOW, async () => {
  await inFolder(async (folder) => {
    const path = await recordRows(folder, caseRows("hole-of-seconds.state"));
    const asked = ["--shape", "p=sphere:1", ...past(201, 30)];
    const { page, stderr } = await explain(path, ...asked, ...policies("ms:2000", "ms:20"));
    // Nothing between 60 and 4000 ms: 3.94 s.
    const [hole, fine] = page.split("ms:20: ") as [string, string];
    assert.match(hole, /no frame was recorded for 3\.94 s, between 3 and 200/);
    assert.doesNotMatch(fine, /no frame was recorded/);
    assert.match(stderr, /^note: .*hole.*1 under ms:2000/m);
    const table = await hindcast(["rewind", path, ...asked, ...policies("ms:2000")]);
    assert.equal(table.code, 0);
    assert.match(table.stderr, /^note: .*hole/m);
    const outside = await hindcast(["rewind", path, ...asked, ...policies("ms:20", "ms:4000")]);
    assert.deepEqual([outside.code, outside.stderr], [0, ""]);
    // Half a second at 50 Hz is a hole, a frame that is 20 ms late is none.
    const times = [0, 20, 40, 60, 560, 580, 620, 640];
    const rows = target("p", 20, times.map((_, f) => ({ x: f })));
    const pause = await recordRows(
      folder,
      rows.map((row) => ({ ...row, t: times[Number(row.f)]! })),
    );
    const late = ["--shape", "p=sphere:1", ...past(7, 3), ...policies("ms:200", "ms:40")];
    const noted = await explain(pause, ...late);
    assert.match(noted.page, /no frame was recorded for 0\.5 s, between 3 and 4/);
    assert.match(noted.stderr, /1 under ms:200;/);
  });
});
