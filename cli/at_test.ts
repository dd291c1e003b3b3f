import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, hindcastJson, inFolder, recordRows } from "./run_cli_test_helper.ts";

const SLOW = { timeout: 60_000 };

/** Frames of the recording below; 8, 9 and 12, 13 are missing. */
const FRAMES = [5, 6, 7, 10, 11, 14];
const ROWS = FRAMES.flatMap((f) => [
  { f, t: f * 10, id: 3, kind: "player", x: f / 8, alive: true },
  ...(f === 7 ? [] : [{ f, t: f * 10, id: 1, kind: "rocket", power: -f }]),
]);
const recorded = (folder: string) => recordRows(folder, ROWS);

test(
  "at --json has the documented keys for every answer, always with exit code 0",
  SLOW,
  () =>
    inFolder(async (folder) => {
      const path = await recorded(folder);
      const at = (...args: string[]) => hindcastJson(["at", path, "--json", ...args]);
      const found = { frame: 6, timeMs: 60, found: true };
      const [rocket, player] = [
        { id: 1, kind: "rocket", power: -6 },
        { id: 3, kind: "player", x: 0.75, alive: true },
      ];
      const answers: readonly [args: string[], answer: object][] = [
        [["--frame", "6"], { ...found, entities: [rocket, player] }],
        [["--frame", "6", "--entity", "1"], { ...found, entities: [rocket] }],
        [["--frame", "6", "--entity", "9"], { ...found, entities: [] }],
        [["--frame", "8"], { frame: 8, found: false, reason: "never" }],
        [["--frame", "0"], { frame: 0, found: false, reason: "never" }],
        [["--frame", "15"], { frame: 15, found: false, reason: "future" }],
        [["--frame", "5", "--ring", "4"], { frame: 5, found: false, reason: "evicted" }],
      ];
      await Promise.all(answers.map(async ([args, answer]) => {
        assert.deepEqual(await at(...args), answer);
      }));
    }),
);

test(
  "at --time takes the newest frame at or before a time",
  SLOW,
  () =>
    inFolder(async (folder) => {
      const path = await recorded(folder);
      const times = ["50", "59.999", "60", "99", "1e6", "140"];
      const frames = await Promise.all(
        times.map(async (time) =>
          (await hindcastJson<{ frame: number }>(["at", path, "--time", time, "--json"])).frame
        ),
      );
      assert.deepEqual(frames, [5, 5, 6, 7, 14, 14]);
      assert.deepEqual(
        await hindcastJson(["at", path, "--time", "49", "--json"]),
        { frame: null, found: false, reason: "never" },
      );
    }),
);

test(
  "at --ring --now answers as a ring that every frame was pushed to",
  SLOW,
  () =>
    inFolder(async (folder) => {
      const path = await recorded(folder);
      const cases = [
        ...[4, 5, 7, 8, 11, 12].map((frame) => ({ frame, size: 4, now: 11 })),
        ...[9, 10, 15].map((frame) => ({ frame, size: 5, now: undefined })),
        { frame: 5, size: 1, now: 6 },
        { frame: 5, size: 16_777_216, now: 14 },
      ];
      await Promise.all(cases.map(async ({ frame, size, now }) => {
        const ring = ["--ring", String(size), ...(now === undefined ? [] : ["--now", String(now)])];
        const answer = await hindcastJson<{ found: boolean; reason?: string; timeMs?: number }>(
          ["at", path, "--frame", String(frame), ...ring, "--json"],
        );
        const expected = ringModel(frame, size, now ?? 14);
        assert.equal(
          answer.found ? "found" : answer.reason,
          expected,
          JSON.stringify({ frame, size, now }),
        );
        if (answer.found) assert.equal(answer.timeMs, frame * 10);
      }));
    }),
);

/** What a ring of so many frames says after the recorded frames up to `now`. */
function ringModel(frame: number, size: number, now: number): string {
  if (frame > now) return "future";
  if (frame > now - size) return FRAMES.includes(frame) ? "found" : "never";
  return frame < FRAMES[0]! ? "never" : "evicted";
}

/** Fields of an entity, and what they are called beside `id` and `kind`. */
const CLASHES: readonly [fields: object, flat: object][] = [
  [{ id: 9, kind: "big" }, { "field.id": 9, "field.kind": "big" }],
  [{ "field.id": 1, "field.kind": 2 }, { "field.id": 1, "field.kind": 2 }],
  [{ id: 9, "field.id": 1 }, { "field.field.id": 9, "field.id": 1 }],
  [
    { "field.field.id": 3, id: 9, kind: 4, "field.id": 1, "field.field.field.kind": 8 },
    {
      "field.field.id": 3,
      "field.field.field.id": 9,
      "field.kind": 4,
      "field.id": 1,
      "field.field.field.kind": 8,
    },
  ],
  [{ field: { id: 5 }, id: 6 }, { "field.id": 5, "field.field.id": 6 }],
];

test(
  "at --json gives a field whose key is taken another, and keeps every value",
  SLOW,
  () =>
    inFolder(async (folder) => {
      const rows = CLASHES.map(([fields], i) => ({
        f: 0,
        t: 0,
        eid: i,
        type: `ship${i}`,
        ...fields,
      }));
      const path = await recordRows(folder, rows, "--id-key", "eid", "--kind-key", "type");
      const { entities } = await hindcastJson<{ entities: object[] }>(
        ["at", path, "--frame", "0", "--json"],
      );
      assert.deepEqual(
        entities,
        CLASHES.map(([, flat], i) => ({ id: i, kind: `ship${i}`, ...flat })),
      );
    }),
);

test(
  "at --json calls a field the same in every frame, also where an entity lacks others",
  SLOW,
  () =>
    inFolder(async (folder) => {
      const optional = { type: "u8", optional: true };
      const fields = [{ name: "id", type: "u8" }, { name: "field.id", ...optional }];
      const schema = join(folder, "schema.json");
      writeFileSync(schema, JSON.stringify({ kinds: [{ name: "entity", fields }] }));
      const rows = [{ f: 0, t: 0, eid: 7, id: 9, "field.id": 1 }, { f: 1, t: 5, eid: 7, id: 8 }];
      const path = await recordRows(folder, rows, "--id-key", "eid", "--schema", schema);
      const { entities } = await hindcastJson<{ entities: object[] }>(
        ["at", path, "--frame", "1", "--json"],
      );
      assert.deepEqual(entities, [{ id: 7, kind: "entity", "field.field.id": 8 }]);
    }),
);

test(
  "at prints a table of each kind, and says why a frame is not there",
  SLOW,
  () =>
    inFolder(async (folder) => {
      const path = await recorded(folder);
      const { code, stdout } = await hindcast(["at", path, "--frame", "6"]);
      assert.equal(code, 0);
      const words = stdout.split("\n").map((line) => line.trim().split(/\s+/).join(" "));
      assert.deepEqual(words, [
        "frame 6 at 60 ms: 2 entities",
        "",
        "rocket 1",
        "power -6",
        "",
        "player 3",
        "x 0.75",
        "alive true",
        "",
      ]);
      const misses = [
        [["--frame", "8"], /never recorded/],
        [["--frame", "99"], /after the newest/],
        [["--frame", "5", "--ring", "2"], /given its place/],
        [["--time", "-1"], /starts later/],
      ] as const;
      await Promise.all(misses.map(async ([args, reason]) => {
        const miss = await hindcast(["at", path, ...args]);
        assert.equal(miss.code, 0);
        assert.match(miss.stdout, reason);
      }));
    }),
);

/** Command lines that make no sense, with the exit code and what is said. */
const NONSENSE: readonly [args: readonly string[], code: number, message: RegExp][] = [
  [[], 2, /--frame N or by --time MS/],
  [["--frame", "1", "--time", "1"], 2, /one of them/],
  [["--frame", "1.5"], 2, /'1\.5' is invalid.*0 to 4294967295/],
  [["--frame", "4294967296"], 2, /0 to 4294967295/],
  [["--frame=-1"], 2, /0 to 4294967295/],
  [["--time", "soon"], 2, /milliseconds/],
  [["--frame", "6", "--now", "6"], 2, /--now F needs --ring SIZE/],
  [["--frame", "6", "--ring", "0"], 2, /1 to 16777216/],
  [["--frame", "6", "--ring", "4", "--now", "8"], 1, /frame 8.*not recorded.*5 to 14/],
];

test(
  "at refuses what makes no sense in one line",
  SLOW,
  () =>
    inFolder(async (folder) => {
      await recorded(folder);
      await Promise.all(NONSENSE.map(async ([args, expected, message]) => {
        const { code, stdout, stderr } = await hindcast(["at", join(folder, "rows.mcap"), ...args]);
        assert.equal(code, expected, stderr);
        assert.equal(stdout, "");
        assert.match(stderr, message);
        assert.match(stderr, /^hindcast: [^\n]*\n$/);
      }));
    }),
);
