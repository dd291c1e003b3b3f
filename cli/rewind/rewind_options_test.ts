import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  hindcast,
  hindcastJson,
  inFolder,
  ndjson,
  recordRows,
  type Row,
  rowsOf,
  unwrapped,
} from "../run_cli_test_helper.ts";

const SLOW = { timeout: 120_000 };

/** A shot under a policy, as `--json --details` gives it. */
interface Detail {
  readonly frame: number;
  readonly wantedMs: number;
  readonly usedMs: number;
  readonly usedFrame: number;
  readonly clamped: string | null;
  readonly victim: number | null;
  readonly marginUnits: number;
  readonly intervals: readonly { target: number; fromMs: number; toMs: number }[];
}

/** Totals of a policy, as `--json` gives them. */
interface Summary {
  readonly policy: string;
  readonly accuracy: number;
  readonly tp: number;
  readonly fn: number;
}

/** Best rule over the ping, as `--json` gives it. */
interface Search {
  readonly best: { readonly a: number; readonly b: number; readonly accuracy: number };
  readonly pings: number;
  readonly explains: boolean;
  readonly isNoneAsGood: boolean;
}

type Args = readonly string[];

/** Every shot under every policy: by policy, then by shot. */
async function judge(path: string, ...args: Args): Promise<readonly Detail[]> {
  const command = ["rewind", path, "--json", "--details", ...args];
  return (await hindcastJson<{ details: Detail[] }>(command)).details;
}

/** Who is hit, in the same order. */
async function victims(path: string, ...args: Args): Promise<(number | null)[]> {
  return (await judge(path, ...args)).map(({ victim }) => victim);
}

/** What the command prints. */
async function printed(path: string, ...args: Args): Promise<string> {
  const { code, stderr, stdout } = await hindcast(["rewind", path, ...args]);
  assert.equal(code, 0, stderr);
  return stdout;
}

/** Shots of entity 1 along y, past points on the x axis, with more of `--shot`. */
function past(frame: number, places: readonly number[], more: string = ""): string[] {
  const rays = places.map((x) => `from=${x},-20,0,to=${x},20,0${more}`);
  return rays.flatMap((ray) => ["--shot", `frame=${frame},shooter=1,${ray}`]);
}

function policies(...names: Args): string[] {
  return names.flatMap((name) => ["--policy", name]);
}

/** Rows of gunners 1 and 3, who stand, and of a target 2 by its x in each frame. */
function moving(everyMs: number, places: readonly number[]): Row[] {
  return places.flatMap((x, f) => [
    { f, t: f * everyMs, id: 1, kind: "gunner", x: 0, y: -20, z: 0 },
    { f, t: f * everyMs, id: 2, kind: "p", x, y: 0, z: 0 },
    { f, t: f * everyMs, id: 3, kind: "gunner", x: 9, y: -20, z: 0 },
  ]);
}

/** Numbers from 0 up to a count, in steps. */
function upTo(count: number, step: number = 1): number[] {
  return Array.from({ length: count }, (_, i) => i * step);
}

/** Writes a file of shapes. @returns the option that names it */
function shapesFile(folder: string, name: string, json: unknown): string[] {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(json));
  return ["--shapes", path];
}

test("rewind: a jump is not interpolated, however it is told", SLOW, async () => {
  await inFolder(async (folder) => {
    const events = join(folder, "events.ndjson");
    const told = [
      { f: 2, ev: "early", id: 9 },
      { t: 130, ev: "late", id: 9 },
      { f: 3, ev: "spawn", id: 9 },
      { f: 3, ev: "moved", who: 9 },
      { f: 3, ev: "other", id: 7 },
    ];
    writeFileSync(events, ndjson(told));
    const rows = rowsOf("rewind/cases/respawn-in-one-tick.state.ndjson").map((row) => {
      const isNew = row.id === 9 && Number(row.f) >= 3;
      return { ...row, warped: isNew && row.f === 3, spawns: isNew ? 4 : 3, calm: false };
    });
    const path = await recordRows(folder, rows, "--events", events);
    const player = ["--shape", "player=sphere:1", "--alive", "hp>0"];
    const ray = [...player, "--shot", "frame=5,shooter=7,from=32.5,-30,0,to=32.5,30,0"];
    const asked = [...ray, ...policies("ms:125")];
    // 61 units in 50 ms are 1220 units a second; nobody was ever at x 32.5, half-way.
    const page = await printed(path, "--explain", "0", ...asked);
    assert.match(page, /^ms:125: miss$/m);
    assert.match(page, /player 9 at 2 0 0: missed by 29\.5, teleport/);
    const rules: readonly [rule: string, victim: number | null][] = [
      ["60", null],
      ["62", 9],
      ["speed:1200", null],
      ["speed:1240", 9],
      ["field:warped", null],
      ["field:spawns", null],
      // It says that nobody ever teleports.
      ["field:calm", 9],
      ["event:spawn", null],
      ["event:moved:who", null],
      // Between frame 2 and frame 3, which the step leads to.
      ["event:late", null],
      // The step into frame 2, and another entity's.
      ["event:early", 9],
      ["event:other", 9],
      ["none", 9],
    ];
    await Promise.all(rules.map(async ([rule, victim]) => {
      assert.deepEqual(await victims(path, ...asked, "--teleport", rule), [victim], rule);
    }));
    const phantom = await printed(path, "--explain", "0", ...asked, "--teleport", "none");
    assert.match(
      unwrapped(phantom),
      /player 9 at 32\.5 0 0: hit, 1 deep.*unusually far apart: 61 units/,
    );
    const refusals: readonly [rule: string, code: number, why: RegExp][] = [
      [
        "field:warp",
        1,
        /no kind that can be hit has the teleport field "warp".*fields are .*warped/,
      ],
      ["event:nosuch", 1, /events "nosuch".*it has early, .*spawn/],
      ["event:moved", 1, /no entity in "id".*who.*event:moved:KEY/],
      ["speed:fast", 2, /Expected UNITS, speed:/],
    ];
    await Promise.all(refusals.map(async ([rule, code, why]) => {
      const refused = await hindcast(["rewind", path, ...asked, "--teleport", rule]);
      assert.equal(refused.code, code, rule);
      assert.match(refused.stderr, why);
    }));
  });
});

test("rewind: who runs fast is interpolated, and his respawn is not", SLOW, async () => {
  await inFolder(async (folder) => {
    // 6 units a frame, and 90 from frame 7 to 8.
    const places = Array.from({ length: 12 }, (_, f) => f * 6 + (f >= 8 ? 84 : 0));
    const path = await recordRows(folder, moving(50, places));
    const asked = ["--shape", "p=sphere:1", ...past(11, [33, 87]), ...policies("ms:275")];
    // 275 ms back from frame 11 is half-way from frame 5 to 6: x 33.
    assert.deepEqual(await victims(path, ...asked), [2, null]);
    // 175 ms back is half-way through the jump: at 42, where the earlier row is; not at 87.
    const jump = ["--shape", "p=sphere:1", ...past(11, [42, 87]), ...policies("ms:175")];
    assert.deepEqual(await victims(path, ...jump), [2, null]);
  });
});

test("rewind: who is a target, and who is rewound, may depend on the shooter", SLOW, async () => {
  await inFolder(async (folder) => {
    const path = await recordRows(folder, rowsOf("rewind/cases/team-mate-in-front.state.ndjson"));
    const sphere = ["--shape", "player=sphere:1"];
    const own = "frame=3,shooter=1,from=0,-20,0,to=0,30,0,verdict=3";
    // Entity 3 is of the other team: to it 2 is an enemy, who is rewound into the line at y 0.
    const theirs = "frame=3,shooter=3,from=0,30,0,to=0,-10,0";
    const asked = ["--shot", own, "--shot", theirs, ...policies("ms:50", "none")];
    const foe = "team!=shooter.team";
    const kinds = { player: { shapes: [{ shape: "sphere", radius: 1 }] } };
    const inFile = (more: object) =>
      shapesFile(folder, Object.keys(more).join("-") || "plain", {
        kinds: { player: { ...kinds.player, ...more } },
      });
    const variants: readonly [args: Args, victims: readonly (number | null)[]][] = [
      // All are rewound alike: the mate stands in the line again. Now he is out of it.
      [sphere, [2, 2, 3, null]],
      [[...sphere, "--alive", foe], [3, 2, 3, null]],
      [[...sphere, "--rewinds", foe], [3, 2, 3, null]],
      // Only team 1 may hit anyone.
      [[...sphere, "--alive", "shooter.team=1&team!=shooter.team"], [3, null, 3, null]],
      // Only mates are targets, or are rewound.
      [[...sphere, "--alive", "team=shooter.team"], [2, null, null, null]],
      [[...sphere, "--rewinds", "team=shooter.team"], [2, null, 3, null]],
      [inFile({}), [2, 2, 3, null]],
      [inFile({ alive: foe }), [3, 2, 3, null]],
      [inFile({ rewinds: foe }), [3, 2, 3, null]],
      [[...inFile({}), "--rewinds", foe], [3, 2, 3, null]],
    ];
    await Promise.all(variants.map(async ([args, expected]) => {
      assert.deepEqual(await victims(path, ...args, ...asked), expected, args.join(" "));
    }));
    const page = await printed(path, "--explain", "0", ...sphere, "--rewinds", foe, ...asked);
    assert.match(page, /^ms:50: hits 3 .*\[agrees\]/m);
    assert.match(page, /player 2 at 6 0 0: missed by 5, not rewound/);
    const named = await recordRows(
      folder,
      rowsOf("rewind/cases/team-mate-in-front.state.ndjson").map((row) => ({
        ...row,
        team: row.team === 1 ? "red" : "blue",
      })),
    );
    assert.deepEqual(await victims(named, ...sphere, "--alive", foe, ...asked), [3, 2, 3, null]);
  });
});

test(
  "rewind refuses conditions on fields and shapes of kinds that there are not",
  SLOW,
  async () => {
    await inFolder(async (folder) => {
      const path = await recordRows(folder, rowsOf("rewind/cases/team-mate-in-front.state.ndjson"));
      const sphere = ["--shape", "player=sphere:1"];
      const shapes = [{ shape: "sphere", radius: 1 }];
      const stranger = shapesFile(folder, "stranger", { kinds: { plyer: { shapes } } });
      const squad = shapesFile(folder, "squad", {
        kinds: { player: { shapes, rewinds: "squad!=shooter.team" } },
      });
      const cases: readonly [args: Args, why: RegExp][] = [
        [[...sphere, "--alive", "squad!=shooter.team"], /"squad".*fields are x, y, z, team/],
        [[...sphere, "--alive", "team!=shooter.squad"], /"squad".*fields are x, y, z, team/],
        [[...sphere, "--rewinds", "squad!=shooter.team"], /"squad".*fields are x, y, z, team/],
        [[...sphere, "--rewinds", "team!=shooter.squad"], /"squad".*fields are x, y, z, team/],
        [[...sphere, "--rewinds", "squad=1"], /"squad".*fields are x, y, z, team/],
        [squad, /"squad".*fields are x, y, z, team/],
        [["--shape", "plyer=sphere:1"], /no kind "plyer"; its kinds are player/],
        [stranger, /no kind "plyer"; its kinds are player/],
      ];
      await Promise.all(cases.map(async ([args, why]) => {
        const asked = [...past(3, [0]), ...policies("none")];
        const { code, stderr, stdout } = await hindcast(["rewind", path, ...args, ...asked]);
        assert.equal(code, 1, args.join(" "));
        assert.match(stderr, why);
        assert.equal(stdout, "");
      }));
    });
  },
);

test("rewind: conditions read id and kind of a target", SLOW, async () => {
  await inFolder(async (folder) => {
    const path = await recordRows(folder, rowsOf("rewind/cases/team-mate-in-front.state.ndjson"));
    const asked = ["--shape", "player=sphere:1", "--policy", "ms:50"];
    const shot = ["--shot", "frame=3,shooter=1,from=0,-20,0,to=0,30,0"];
    // Back then 2 stands in front of 3.
    assert.deepEqual(await victims(path, ...asked, ...shot, "--alive", "id!=2"), [3]);
    assert.deepEqual(await victims(path, ...asked, ...shot, "--alive", "kind=player"), [2]);
    assert.deepEqual(await victims(path, ...asked, ...shot, "--alive", "id>shooter.id"), [2]);
  });
});

/** Targets of a killing shot at frame 10 of 20 ms, all of them at x = id * 100 + frame. */
function killed(): Row[] {
  const rows = upTo(12).flatMap((f) => {
    const at = (id: number, more: Row) => ({
      ...{ f, t: f * 20, id, kind: "p", x: id * 100 + f, y: 0, z: 0, dead: 0 },
      ...more,
    });
    const isAfter = f >= 10;
    return [
      { ...at(1, {}), kind: "gunner", y: -20 },
      at(2, isAfter ? { dead: 1 } : {}),
      // 3 is gone, 4 is a corpse, 5 lies in another room.
      ...(isAfter ? [] : [at(3, {})]),
      at(4, isAfter ? { kind: "corpse" } : {}),
      at(5, isAfter ? { dead: 1, x: 9000 } : {}),
      // 6 died a frame before.
      at(6, f >= 9 ? { dead: 1 } : {}),
    ];
  });
  return rows;
}

test("rewind: the frame of a killing shot does not shield its victim", SLOW, async () => {
  await inFolder(async (folder) => {
    const path = await recordRows(folder, killed());
    const asked = ["--shape", "p=sphere:1.2", "--alive", "dead=0"];
    // 2 is where frame 10 has it; 3, 4 and 5, which it has no more, where frame 9 had them.
    const shots = past(10, [210, 309, 409, 509, 609, 610]);
    const expected = [2, 3, 4, 5, null, null];
    const found = await judge(path, ...asked, ...shots, ...policies("none", "ms:10", "frames:0"));
    assert.deepEqual(found.map(({ victim }) => victim), [...expected, ...expected, ...expected]);
    for (const { intervals, victim } of found) {
      const atNow = intervals.filter(({ fromMs, toMs }) => fromMs <= 0 && toMs >= 0);
      assert.deepEqual(atNow.map(({ target }) => target), victim === null ? [] : [victim]);
    }
    // Two frames back 6 lived, at x 608, and so it did up to its death at frame 9, 20 ms back.
    const [before] = await judge(path, ...asked, ...past(10, [608]), ...policies("frames:2"));
    assert.equal(before!.victim, 6);
    assert.ok(before!.intervals.every(({ fromMs }) => fromMs >= 20));
    // A frame later all of them are dead or gone.
    const later = past(11, [211, 310, 410, 510]);
    assert.deepEqual(
      await victims(path, ...asked, ...later, ...policies("none")),
      [null, null, null, null],
    );
    // Source walks back from the living target: he lived until the shot.
    const source = past(10, [208, 608], ",ping=40");
    assert.deepEqual(await victims(path, ...asked, ...source, ...policies("source")), [2, null]);
  });
});

test("rewind --events-first: the newest frame is the one before the shot's", SLOW, async () => {
  await inFolder(async (folder) => {
    const path = await recordRows(folder, moving(20, upTo(12, 4)));
    const asked = ["--shape", "p=sphere:1", ...past(10, [40, 36]), ...policies("none")];
    assert.deepEqual(await victims(path, ...asked), [2, null]);
    const first = await judge(path, ...asked, "--events-first");
    assert.deepEqual(first.map(({ frame, victim }) => [frame, victim]), [[10, null], [10, 2]]);
    // Then who dies in the shot's frame lived, and who died in the frame before is dead.
    const killing = await recordRows(folder, killed());
    const dead = ["--shape", "p=sphere:0.4", "--alive", "dead=0", ...policies("none")];
    const shots = past(10, [209, 309, 409, 509, 609]);
    assert.deepEqual(
      await victims(killing, ...dead, ...shots, "--events-first"),
      [2, 3, 4, 5, null],
    );
  });
});

test("rewind: a stamp may be a pair of frames and a fraction", SLOW, async () => {
  await inFolder(async (folder) => {
    const places = [0, 10, 20, 30, 40, 50, 90, 90, 70, 80, 90, 100];
    const events = join(folder, "events.ndjson");
    const told = [
      { src: 5, dst: 8, part: 0.5 },
      { src: 5, dst: 6, part: 0.25 },
      { src: 5, dst: 8, part: 0 },
      { src: 5, dst: 8, part: 1 },
    ].map(({ dst, part, src }) => ({
      ...{ f: 10, ev: "shot", by: 1, src, dst, part },
      view: { src, dst, fraction: part },
    }));
    writeFileSync(events, ndjson(told));
    const path = await recordRows(folder, moving(20, places), "--events", events);
    // From 50 at frame 5 half-way to 70 at frame 8 is 60, though the path between goes over 90;
    // from 50 to 90 at frame 6 a quarter of the way is 60 too; then frames 5 and 8 themselves.
    const xs = [60, 60, 50, 70];
    const usedMs = [70, 95, 100, 40];
    const shape = ["--shape", "p=sphere:1", "--teleport", "none"];
    const map = (stamp: string) => [
      ...["--shots", "shot"],
      ...["--shot-map", `shooter=by,from=0,-20,0,to=0,20,0,stamp=${stamp}`],
    ];
    const pairs = told.map(({ dst, part, src }) => `${src},${dst},${part}`);
    const ways = [
      map("src,dst,part"),
      map("view"),
      pairs.flatMap((pair) => past(10, [0], `,stamp=${pair}`)),
    ];
    for (const way of ways) {
      const found = await judge(path, ...shape, ...way, ...policies("stamped"));
      assert.deepEqual(found.map(({ marginUnits }) => Math.round(marginUnits + 1)), xs);
      assert.deepEqual(found.map((detail) => Math.round(detail.usedMs)), usedMs);
      assert.deepEqual(found.map(({ clamped }) => clamped), [null, null, null, null]);
    }
    // At most 50 ms back is 150 ms, half-way from 90 at frame 7 to 70 at frame 8.
    const [cut] = await judge(path, ...shape, ...map("view"), ...policies("stamped:50"));
    assert.deepEqual([cut!.clamped, cut!.usedMs, cut!.marginUnits], ["limit", 50, 79]);
  });
});

test("rewind: source reads the command's tick, stamped what the client saw", SLOW, async () => {
  await inFolder(async (folder) => {
    // x is the frame, a frame are 20 ms.
    const path = await recordRows(folder, moving(20, upTo(42)));
    const framesOf = async (more: string, ...names: Args) =>
      (await judge(path, "--shape", "p=sphere:1", ...past(40, [0], more), ...policies(...names)))
        .map(({ usedFrame }) => usedFrame);
    // 100 ms and 2 frames of interpolation are 7 frames; the tick less 2 frames is 34.
    assert.deepEqual(await framesOf(",ping=100,interp=40", "source"), [33]);
    assert.deepEqual(await framesOf(",ping=100,interp=40,stamp=30", "source", "stamped"), [33, 30]);
    assert.deepEqual(
      await framesOf(",ping=100,interp=40,stamp=31,tick=36", "source", "stamped"),
      [34, 31],
    );
    const untold = past(40, [0], ",ping=100,tick=36");
    const asked = ["--shape", "p=sphere:1", ...untold, ...policies("stamped")];
    const { code, stderr } = await hindcast(["rewind", path, ...asked]);
    assert.equal(code, 1);
    assert.match(stderr, /policy stamped needs stampMs or stamp/);
    // An event's tick by another name.
    const events = join(folder, "events.ndjson");
    writeFileSync(events, ndjson([{ f: 40, ev: "shot", by: 1, ping: 100, lerp: 40, cmd: 36 }]));
    const map = "shooter=by,from=0,-20,0,to=0,20,0,ping=ping,interp=lerp,tick=cmd";
    const mapped = ["--shots", events, "--shot-map", map, "--shape", "p=sphere:1"];
    const [detail] = await judge(path, ...mapped, ...policies("source"));
    assert.equal(detail!.usedFrame, 34);
  });
});

test("rewind: an eye in front of the shooter dates the shot by his path", SLOW, async () => {
  await inFolder(async (folder) => {
    // The shooter runs 1 unit a ms: at frame 40 (800 ms) he is at x 800.
    const rows = moving(20, upTo(42)).map((row) =>
      row.id === 1 ? { ...row, x: +row.f! * 20 } : row
    );
    const path = await recordRows(folder, rows);
    const shapes = [{ shape: "sphere", radius: 1 }];
    const model = shapesFile(folder, "model", { kinds: { p: { shapes }, gunner: { shapes: [] } } });
    // He shot at 787 ms, from 16 above and 8 in front of him: along x, along y, and between.
    const rays = [
      "from=795,-20,16,to=895,-20,16",
      "from=787,-12,16,to=787,88,16",
      "from=791.8,-13.6,16,to=797.8,-5.6,16",
    ];
    const ages = async (eye: string) => {
      const shots = rays.flatMap((ray) => ["--shot", `frame=40,shooter=1,${ray},eye=${eye}`]);
      const found = await judge(path, ...model, ...shots, ...policies("age"));
      return found.map(({ wantedMs }) => Math.round(wantedMs * 1e6) / 1e6);
    };
    assert.deepEqual(await ages("0,0,16,8"), [13, 13, 13]);
    // Without the 8 units the first one seems to start 8 ms later.
    assert.equal((await ages("0,0,16"))[0], 5);
  });
});

/** A shot past the place where the target of {@linkcode moving} was some time before it. */
function shotBack(frame: number, backMs: number, more: object): Row {
  // 4 units a frame of 20 ms.
  return { f: frame, ev: "shot", by: 1, x: (frame * 20 - backMs) / 5, hit: 2, ...more };
}

const MAP = "shooter=by,from=x,-20,0,to=x,20,0,verdict=hit,ping=ping";
/** A radius of 2 units is 10 ms of the target's path to each side. */
const SHOTS = ["--shots", "shot", "--shot-map", MAP, "--shape", "p=sphere:2"];

/** Records a target that moves 4 units a frame of 20 ms, and shots at it. */
async function recordShots(folder: string, name: string, shots: readonly Row[]): Promise<string> {
  const events = join(folder, `${name}.ndjson`);
  writeFileSync(events, ndjson(shots));
  const path = join(folder, `${name}.mcap`);
  const { code, stderr } = await hindcast(["record", "-", "--events", events, "-o", path], {
    input: ndjson(moving(20, upTo(60, 4))),
  });
  assert.equal(code, 0, stderr);
  return path;
}

test(
  "rewind --by shooter and --list: who misses under which policy, and the worst",
  SLOW,
  async () => {
    await inFolder(async (folder) => {
      // The game rewinds by the ping: always 40 ms for 1, 80 to 115 ms for 3.
      const path = await recordShots(
        folder,
        "two",
        upTo(8).flatMap((i) => {
          const ping = 80 + 5 * i;
          return [
            shotBack(30 + i, 40, { ping: 40 }),
            shotBack(30 + i, ping, { ping, by: 3 }),
          ];
        }),
      );
      const asked = [...SHOTS, ...policies("ping", "ms:40"), "--by", "shooter"];
      const { byShooter } = await hindcastJson<
        { byShooter: { shooter: number; shots: number; search: Search }[] }
      >(["rewind", path, "--json", ...asked]);
      assert.deepEqual(byShooter.map(({ search: _, ...rest }) => rest), [
        {
          ...{ shooter: 1, shots: 8, ping: { min: 40, median: 40, max: 40 } },
          policies: [{ policy: "ping", accuracy: 1 }, { policy: "ms:40", accuracy: 1 }],
        },
        {
          ...{ shooter: 3, shots: 8, ping: { min: 80, median: 100, max: 115 } },
          policies: [{ policy: "ping", accuracy: 1 }, { policy: "ms:40", accuracy: 0 }],
        },
      ]);
      // One ping tells no factor; of 8 no fixed time within 10 ms of 80 and of 115 fits all.
      assert.deepEqual(byShooter.map(({ search: { best } }) => [best.a, best.b]), [[0, 40], [
        1,
        0,
      ]]);
      const table = await printed(path, ...asked);
      assert.match(table, /shooter +shots +ping, ms +ping +ms:40 +best rule\n/);
      assert.match(table, /^ +1 +8 +40 +100\.0 % +100\.0 % +ms:40 100\.0 %$/m);
      assert.match(table, /^ +3 +8 +100 \(80 to 115\) +100\.0 % +0\.0 % +ping 100\.0 %$/m);
      assert.doesNotMatch(await printed(path, ...SHOTS, ...policies("ping")), /shooter +shots/);
      // 40 ms instead of 80 to 115: the gap grows by 1 unit every 5 ms, so the last are the worst.
      const listed = [...SHOTS, ...policies("ms:40"), "--list", "3"];
      const { worst } = await hindcastJson<
        { worst: { shot: number; shooter: number; marginUnits: number }[] }
      >(["rewind", path, "--json", ...listed]);
      assert.deepEqual(worst.map(({ shooter, shot }) => [shooter, shot]), [[3, 15], [3, 13], [
        3,
        11,
      ]]);
      assert.deepEqual(worst.map(({ marginUnits }) => Math.round(marginUnits)), [13, 12, 11]);
      assert.match(
        await printed(path, ...listed),
        /misjudged by ms:40 \(50\.0 %\): the worst 3 of 8\n/,
      );
      const none = await printed(path, ...listed.slice(0, -1), "0");
      assert.doesNotMatch(none, /misjudged/);
    });
  },
);

test("rewind: several recordings are pooled, and only together tell the factor", SLOW, async () => {
  await inFolder(async (folder) => {
    const paths = await Promise.all(
      [40, 80].map((ping) =>
        recordShots(folder, `ping${ping}`, upTo(8).map((i) => shotBack(30 + i, ping, { ping })))
      ),
    );
    const asked = [...SHOTS, ...policies("ms:40", "ping"), "--sweep", "0..150"];
    const { pooled, recordings } = await hindcastJson<{
      pooled: { shots: number; recordings: number; policies: Summary[]; search: Search };
      recordings: { policies: Summary[]; search: Search }[];
    }>(["rewind", ...paths, "--json", ...asked]);
    assert.deepEqual([pooled.shots, pooled.recordings], [16, 2]);
    const totals = (list: readonly Summary[]) =>
      list.map(({ accuracy, fn, tp }) => [accuracy, tp, fn]);
    assert.deepEqual(recordings.map(({ policies }) => totals(policies)), [
      [[1, 8, 0], [1, 8, 0]],
      [[0, 0, 8], [1, 8, 0]],
    ]);
    assert.deepEqual(totals(pooled.policies), [[0.5, 8, 8], [1, 16, 0]]);
    // A single ping says nothing of its factor; the two say a=1.
    assert.deepEqual(recordings.map(({ search }) => [search.pings, search.best.a, search.best.b]), [
      [1, 0, 40],
      [1, 0, 80],
    ]);
    assert.deepEqual([pooled.search.pings, pooled.search.best.a, pooled.search.best.b], [2, 1, 0]);
    const text = await printed(paths[0]!, paths[1]!, ...asked);
    const [first, second, both] = text.split(/^(?=\S+: 8 shots|pooled: )/m) as [
      string,
      string,
      string,
    ];
    assert.match(first, /best rule, from the event +ms:40 +100\.0 % /);
    assert.match(second, /best rule, from the event +ms:80 +100\.0 % /);
    for (const single of [first, second]) {
      assert.match(single, /all shots have one ping, \d+ ms/);
      assert.doesNotMatch(single, /\*ping|best rule.* ping/);
    }
    assert.match(both, /^pooled: 16 shots of 2 recordings\n/);
    assert.match(both, /^ +ms:40 +50\.0 % +8 +0 +0 +8/m);
    assert.match(both, /best rule, from the event +ping +100\.0 % /);
  });
});

test("rewind: says when no rule over the ping explains the shots", SLOW, async () => {
  await inFolder(async (folder) => {
    // 130 ms after 20 while the ping goes from 40 to 50: no factor up to 2 does that.
    const rewinds = [20, 130, 45, 120, 70, 10, 105, 30, 140, 60];
    const shots = rewinds.map((ms, i) => shotBack(30 + i, ms, { ping: 40 + 10 * i }));
    const path = await recordShots(folder, "wild", shots);
    const asked = [...SHOTS, "--sweep", "0..150"];
    const { search } = await hindcastJson<{ search: Search }>(
      ["rewind", path, "--json", ...asked, ...policies("ping")],
    );
    assert.equal(search.explains, false);
    const told = await printed(path, ...asked, ...policies("ping"));
    assert.match(
      unwrapped(told),
      /no a\*ping \+ b explains these shots \(the best, .* agrees on [1-8]0\.0 %, /,
    );
    assert.doesNotMatch(told, /best rule|simplest/);
    // The best rule, asked for as a policy, agrees as often as the search says.
    const { a, accuracy, b } = search.best;
    const rule = await hindcastJson<{ policies: Summary[] }>(
      ["rewind", path, "--json", ...asked, ...policies(`${a}*ping+(${b})`)],
    );
    assert.equal(rule.policies[0]!.accuracy, accuracy);
  });
});

test("rewind: shots that contradict each other are explained by no rule", SLOW, async () => {
  await inFolder(async (folder) => {
    // Each ray twice, once a hit and once a miss: every rule is right about one of the two.
    const riddle = upTo(10).flatMap((i) => {
      const ping = 40 + 10 * i;
      return [shotBack(30 + i, ping, { ping }), shotBack(30 + i, ping, { ping, hit: -1 })];
    });
    const path = await recordShots(folder, "riddle", riddle);
    const asked = [...SHOTS, ...policies("ping", "none", "ms:60"), "--sweep", "0..150"];
    const { policies: summaries, search } = await hindcastJson<
      { policies: Summary[]; search: Search }
    >(["rewind", path, "--json", ...asked]);
    assert.deepEqual(summaries.map(({ accuracy }) => accuracy), [0.5, 0.5, 0.5]);
    assert.deepEqual([search.best.accuracy, search.explains], [0.5, false]);
  });
});

test("rewind: no rewinding comes first where it is as good", SLOW, async () => {
  await inFolder(async (folder) => {
    const sweep = ["--sweep", "0..150"];
    const asked = [...SHOTS, ...policies("ping"), ...sweep];
    // The game does not rewind: whatever the ping, the ray is where the target is now.
    const live = upTo(10).map((i) => shotBack(30 + i, 0, { ping: 40 + 10 * i }));
    const path = await recordShots(folder, "live", live);
    const found = await hindcastJson<{ search: Search }>(["rewind", path, "--json", ...asked]);
    assert.equal(found.search.isNoneAsGood, true);
    const lines = (await printed(path, ...SHOTS, ...policies("ping", "none"), ...sweep)).split(
      "\n",
    );
    const none = lines.findIndex((line) => /as good, from the event +none +100\.0 %/.test(line));
    const best = lines.findIndex((line) => /best rule, from the event/.test(line));
    assert.ok(none >= 0 && none < best, lines.join("\n"));
    // A game that rewinds: none is not as good, and not named.
    const back = upTo(10).map((i) => shotBack(30 + i, 40 + 10 * i, { ping: 40 + 10 * i }));
    const rewound = await printed(await recordShots(folder, "back", back), ...asked);
    assert.match(rewound, /best rule, from the event +ping +100\.0 % /);
    assert.doesNotMatch(rewound, /as good, from the event +none/);
  });
});

test("rewind: what no row and no shot has gets a note with its remedy", SLOW, async () => {
  await inFolder(async (folder) => {
    const path = await recordRows(folder, moving(50, upTo(100)));
    const events = join(folder, "shots.ndjson");
    const shot = { f: 60, ev: "s", by: 1, y: 50, v: 2, rtt: 20 };
    writeFileSync(events, ndjson([shot]));
    const map = "shooter=by,from=y,-20,0,to=y,20,0,verdict=v,ping=rtt";
    const shape = ["--shots", events, "--shape", "p=box:-.4,-.4,-.4,.4,.4,.4"];
    const notes = async (mapText: string, ...args: Args) =>
      (await hindcast(["rewind", path, ...shape, "--shot-map", mapText, ...args])).stderr;
    const none = policies("none");
    assert.equal(await notes(map, ...none), "");
    assert.match(await notes(map, ...none, "--alive", "kind=tank"), /passes "alive" at any shot/);
    assert.match(await notes(map, ...none, "--rewinds", "id=77"), /passes "rewinds" at any shot/);
    assert.match(await notes(map.replace("=v", "=vv"), ...none), /1 of 1 shots have no "vv"/);
    assert.match(await notes(map, ...policies("rtt+interp")), /rtt\+interp takes 0 for it/);
    assert.match(await notes(map, ...none, "--alive", "kind='p'"), /written without quotes/);
    // The game went 500 ms back; the flip map ends at 150 ms, and a ring of 3 frames at 100.
    for (const ring of [[], ["--ring", "3"]]) {
      const told = await printed(
        path,
        ...shape,
        "--shot-map",
        map,
        ...none,
        "--explain",
        "0",
        ...ring,
      );
      assert.match(unwrapped(told), /they would agree if it went back 480 ms instead of 0 ms/);
      assert.equal(
        /beyond 100 ms the ring's oldest frame stands/.test(unwrapped(told)),
        ring.length > 0,
        told,
      );
    }
    // Nowhere in the recording within a second.
    writeFileSync(events, ndjson([{ ...shot, y: 20 }]));
    const told = await printed(path, ...shape, "--shot-map", map, ...none, "--explain", "0");
    assert.match(
      unwrapped(told),
      /they agree at no rewind up to 1000 ms; .*, or it is farther back/,
    );
  });
});

test(
  "rewind: who turns in a shape that does not, and times in seconds, get a note",
  SLOW,
  async () => {
    await inFolder(async (folder) => {
      const turning = moving(50, upTo(100)).map((row) => ({ ...row, hdg: 3 * Number(row.f) }));
      const path = await recordRows(folder, turning);
      const events = join(folder, "shots.ndjson");
      writeFileSync(events, ndjson([{ t: 3000, ev: "s", by: 1, y: 60, v: 2 }]));
      const map = ["--shots", events, "--shot-map", "shooter=by,from=y,-20,0,to=y,20,0,verdict=v"];
      const notes = async (shape: Record<string, unknown>) => {
        const p = { yaw: "hdg", shapes: [shape] };
        const args = shapesFile(folder, "shapes", { kinds: { p } });
        return (await hindcast(["rewind", path, ...map, ...args, ...policies("none")])).stderr;
      };
      const long = { shape: "box", min: [-4, -0.4, -1], max: [4, 0.4, 1] };
      assert.match(await notes(long), /"hdg" of kind "p" changes, and a shape .* does not turn/);
      assert.equal(await notes({ ...long, turns: true }), "");
      assert.equal(await notes({ ...long, turns: false }), "");
      assert.equal(await notes({ ...long, min: [-4, -4, -1], max: [4, 4, 1] }), "");
      assert.equal(await notes({ shape: "sphere", radius: 1 }), "");
      assert.match(await notes({ shape: "sphere", center: [1, 0, 0], radius: 1 }), /does not turn/);
      writeFileSync(events, ndjson([{ t: 3, ev: "s", by: 1, y: 60, v: 2 }]));
      assert.match(
        await notes({ ...long, turns: true }),
        /in the first 3 ms of 4950 ms: they look like seconds/,
      );
    });
  },
);

test("rewind --explain: a graze is not called 0", SLOW, async () => {
  await inFolder(async (folder) => {
    const path = await recordRows(folder, moving(50, upTo(10, 0.1)));
    const shot = past(5, [0.9, 0.8997]);
    const shape = ["--shape", "p=box:-.3999,-.4,-.4,.3999,.4,.4"];
    const graze = ["rewind", path, ...shot, ...shape, ...policies("none"), "--explain"];
    assert.match((await hindcast([...graze, "0"])).stdout, /missed by 0\.0001\n/);
    assert.match((await hindcast([...graze, "1"])).stdout, /hit, 0\.0002 deep\n/);
  });
});
