import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, hindcastJson, inFolder, ndjson } from "../../run_cli_test_helper.ts";

interface CheckOutput {
  readonly faults: readonly {
    readonly code: string;
    readonly kind: string | null;
    readonly field: string | null;
    readonly count: number;
    readonly first: { readonly file: string; readonly line: number | null };
    readonly remedy: string;
  }[];
  readonly command: string | null;
  readonly schema?: unknown;
  readonly schemaCommand?: string;
  readonly skippedLines: number;
  readonly notes: readonly { readonly code: string }[];
  readonly records: {
    readonly frames: number;
    readonly sessions: number;
    readonly events: number;
    readonly kinds: readonly { readonly name: string }[];
  } | null;
}

type Rows = readonly (object | string)[];

/** Runs `record --check --json` on lines that it writes to a file. */
async function checkOf(
  cwd: string,
  name: string,
  rows: Rows,
  ...options: readonly string[]
): Promise<CheckOutput & { readonly code: number }> {
  writeFileSync(join(cwd, name), textOf(rows));
  const { code, stdout } = await hindcast(["record", name, "--check", "--json", ...options], {
    cwd,
  });
  return { ...JSON.parse(stdout) as CheckOutput, code: code ?? -1 };
}

function textOf(rows: Rows): string {
  return rows.map((row) => typeof row === "string" ? row : JSON.stringify(row)).join("\n") + "\n";
}

/** Groups of a check: code, kind, field, count and first line. */
function groupsOf({ faults }: CheckOutput) {
  return faults.map(({ code, kind, field, count, first }) => [
    code,
    kind,
    field,
    count,
    first.line,
  ]);
}

/** Runs a command line that a check gave. */
async function runCommand(cwd: string, command: string) {
  const [, ...words] = command.split(" ");
  return await hindcast(words, { cwd });
}

test("record --check of an input that records says so, with the command, and writes nothing", () =>
  inFolder(async (cwd) => {
    const rows = [{ f: 0, t: 0, id: 1, x: 1 }, { f: 1, t: 50, id: 1, x: 2 }];
    const check = await checkOf(cwd, "ok.ndjson", rows);
    assert.deepEqual([check.code, check.faults, check.skippedLines], [0, [], 0]);
    assert.equal(check.command, "hindcast record ok.ndjson -o ok.mcap");
    assert.deepEqual(check.records, {
      frames: 2,
      sessions: 1,
      events: 0,
      kinds: [{ name: "entity", entities: 1, rows: 2, fields: 1 }],
    });
    const text = await hindcast(["record", "ok.ndjson", "--check"], { cwd });
    assert.equal(text.code, 0);
    assert.match(text.stdout, /^ok\.ndjson: nothing is in the way of recording it\n/);
    assert.equal((await hindcast(["info", "ok.mcap"], { cwd })).code, 1);
  }));

test("record --check finds frame, time, id and kind under other keys, and a cut line behind them", () =>
  inFolder(async (cwd) => {
    const rows: (object | string)[] = [];
    for (let i = 0; i < 200; i++) {
      for (const name of ["aa-1", "bb-2"]) {
        const type = name === "aa-1" ? "tank" : "jeep";
        rows.push({ serverTick: 50 + i, uptimeSec: i / 20, unitId: name, type, hp: 100 - i % 7 });
      }
    }
    rows.splice(301, 0, '{"serverTick":200,"uptimeSec":7.5,"unit');
    const check = await checkOf(cwd, "keys.ndjson", rows);
    assert.equal(check.code, 1);
    assert.deepEqual(groupsOf(check), [
      ["no-frame", null, "f", 400, 1],
      ["not-json", null, null, 1, 302],
      ["no-id", null, "id", 400, 1],
    ]);
    assert.equal(
      check.command,
      "hindcast record keys.ndjson --frame-key serverTick --time-key uptimeSec --time-unit s " +
        "--id-key unitId --kind-key type --skip-bad -o keys.mcap",
    );
    assert.equal(check.skippedLines, 1);
    assert.deepEqual(check.records?.kinds.map(({ name }) => name), ["tank", "jeep"]);
    const recorded = await runCommand(cwd, check.command!);
    assert.equal(recorded.code, 4);
    assert.match(recorded.stderr, /^recorded 200 frames, 400 states to keys\.mcap/m);
    const at = await hindcastJson<{ timeMs: number; entities: unknown[] }>(
      ["at", "keys.mcap", "--frame", "53", "--json"],
      { cwd },
    );
    assert.equal(at.timeMs, 150);
    assert.deepEqual(at.entities, [
      { id: "aa-1", kind: "tank", hp: 97 },
      { id: "bb-2", kind: "jeep", hp: 97 },
    ]);
  }));

test("record --check tells every fault of a row, with its place in the line", () =>
  inFolder(async (cwd) => {
    const rows = [
      { f: 0, id: 1, t: 0, a: 1, b: true, c: "x" },
      { f: 1, id: 1, t: 9, a: "much", b: 3, c: { d: [false] } },
    ];
    const check = await checkOf(cwd, "row.ndjson", rows);
    const line = JSON.stringify(rows[1]);
    const places = check.faults.map(({ field, first }) => [field, first]);
    const at = (text: string) => ({
      file: "row.ndjson",
      line: 2,
      column: line.indexOf(text) + 1,
    });
    assert.deepEqual(places.slice(0, 2), [["a", at('"much"')], ["b", at("3,")]]);
    assert.ok(check.faults.every(({ remedy }) => remedy.length > 0));
    assert.equal(check.skippedLines, 1);
    assert.match(check.command!, / --skip-bad /);
  }));

test("record --check tells what is wrong with a row whose frame and time are wrong as well", () =>
  inFolder(async (cwd) => {
    const rows = [
      { f: 5, t: 100, id: 1, a: 1, b: 2 },
      { f: "x", t: 110, id: 2, a: "one", b: 2 },
      { f: 6, t: "soon", id: 1, a: 1, b: "two" },
      { f: 7, id: 1, a: true, b: 2 },
      { t: 150, id: 3, a: 1, b: false },
    ];
    const check = await checkOf(cwd, "heads.ndjson", rows);
    assert.deepEqual(groupsOf(check), [
      ["bad-frame", null, "f", 1, 2],
      ["field-type", "entity", "a", 2, 2],
      ["bad-time", null, "t", 1, 3],
      ["field-type", "entity", "b", 2, 3],
      ["no-time", null, "t", 1, 4],
      ["no-frame", null, "f", 1, 5],
    ]);
    assert.equal(check.skippedLines, 4);
  }));

test("record --check gives a schema for numbers that came as texts and as numbers", () =>
  inFolder(async (cwd) => {
    const rows = [
      { f: 0, t: 0, id: 1, score: "1000", x: 0.5 },
      { f: 1, t: 50, id: 1, score: 1001, x: 1 },
      { f: 2, t: 100, id: 1, score: "70000", x: 1.5 },
    ];
    const check = await checkOf(cwd, "mixed.ndjson", rows);
    assert.deepEqual(groupsOf(check), [["field-type", "entity", "score", 1, 2]]);
    assert.deepEqual(check.schema, {
      kinds: [{
        name: "entity",
        fields: [{ name: "score", type: "u32" }, { name: "x", type: "fixed", step: 0.5 }],
      }],
    });
    assert.equal(
      check.command,
      "hindcast record mixed.ndjson --schema schema.json -o mixed.mcap",
    );
    assert.equal(
      check.schemaCommand,
      "hindcast info --propose-schema mixed.ndjson > schema.json",
    );
    const proposed = await hindcast(["info", "--propose-schema", "mixed.ndjson"], { cwd });
    assert.deepEqual([proposed.code, proposed.stderr], [0, ""]);
    assert.deepEqual(JSON.parse(proposed.stdout), check.schema);
    writeFileSync(join(cwd, "schema.json"), proposed.stdout);
    assert.equal((await runCommand(cwd, check.command!)).code, 0);
    const cat = await hindcast(["cat", "mixed.mcap"], { cwd });
    assert.deepEqual(
      cat.stdout.trim().split("\n").map((line) => JSON.parse(line).score),
      [1000, 1001, 70000],
    );
  }));

test("record --check widens a declared schema by what does not fit it", () =>
  inFolder(async (cwd) => {
    const schema = {
      kinds: [{
        name: "entity",
        fields: [{ name: "hp", type: "u8" }, { name: "x", type: "f32" }],
      }],
    };
    writeFileSync(join(cwd, "given.json"), JSON.stringify(schema));
    const rows = [
      { f: 0, t: 0, id: 1, hp: 100, x: 0.5 },
      { f: 1, t: 50, id: 1, hp: 300, x: 1, team: "red" },
      { f: 2, t: 100, id: 1, hp: 90 },
      { f: 3, t: 150, id: 2, kind: "rocket", z: -1 },
    ];
    const check = await checkOf(cwd, "given.ndjson", rows, "--schema", "given.json");
    assert.deepEqual(
      new Set(check.faults.map(({ code }) => code)),
      new Set([
        "field-misfit",
        "field-undeclared",
        "field-missing",
        "no-kind-declared",
      ]),
    );
    assert.deepEqual(check.schema, {
      kinds: [
        {
          name: "entity",
          fields: [
            { name: "hp", type: "u16" },
            { name: "x", type: "f32", optional: true },
            { name: "team", type: "enum", values: ["red"], optional: true },
          ],
        },
        { name: "rocket", fields: [{ name: "z", type: "i8" }] },
      ],
    });
    assert.equal(
      check.schemaCommand,
      "hindcast info --propose-schema given.ndjson --declared given.json > schema.json",
    );
    const proposed = await runCommand(cwd, check.schemaCommand!.split(" > ")[0]!);
    assert.deepEqual(JSON.parse(proposed.stdout), check.schema);
    writeFileSync(join(cwd, "schema.json"), proposed.stdout);
    const { code, stderr } = await runCommand(cwd, check.command!);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^recorded 4 frames, 4 states/m);
  }));

test("record --check takes lines among many for mistakes, not for restarts or ids of their own", () =>
  inFolder(async (cwd) => {
    const rows = Array.from({ length: 100 }, (_, f) => [
      { f, t: 50 * f, id: 1, kind: "a", x: f },
      { f, t: 50 * f, id: 2, kind: "b", x: 1 },
    ]).flat();
    rows.splice(80, 0, { f: 7, t: 350, id: 1, kind: "a", x: 0 });
    rows.splice(40, 0, { f: -5, t: 0, id: 1, kind: "a", x: 0 });
    const check = await checkOf(cwd, "stray.ndjson", rows);
    assert.deepEqual(check.faults.map(({ code, count }) => [code, count]), [
      ["bad-frame", 1],
      ["frame-back", 1],
    ]);
    assert.equal(check.command, "hindcast record stray.ndjson --skip-bad -o stray.mcap");
    assert.deepEqual([check.skippedLines, check.records?.frames], [2, 100]);
  }));

test("record --check reads past a CSV header, whatever is wrong with the records behind it", () =>
  inFolder(async (cwd) => {
    const frames = Array.from(
      { length: 40 },
      (_, f) => [`${f},${f * 50},7,1`, `${f},${f * 50},8,2`],
    );
    const lines = ["tick,t,uid,x", ...frames.flat(), "40,2000,,3", "40,2000,7,4", "40,2000,7,5"];
    const check = await checkOf(cwd, "table.csv", lines);
    assert.deepEqual(groupsOf(check), [
      ["no-frame", null, "f", 1, 1],
      ["no-id", null, "id", 1, 1],
      ["no-id", null, "uid", 1, 82],
      ["id-twice", "entity", "uid", 1, 84],
    ]);
    const command =
      "hindcast record table.csv --frame-key tick --id-key uid --skip-bad -o table.mcap";
    assert.equal(check.command, command);
    assert.deepEqual([check.skippedLines, check.records?.frames], [2, 41]);
  }));

test("record skips a line of CSV that is cut behind an empty frame", () =>
  inFolder(async (cwd) => {
    const text = textOf(["f,t,id,x", "0,0,1,2", ",50,1", "2,100,1,4"]);
    writeFileSync(join(cwd, "cut.csv"), text);
    const args = ["record", "cut.csv", "--skip-bad", "-o", "cut.mcap"];
    const { code, stderr } = await hindcast(args, { cwd });
    assert.equal(code, 4, stderr);
    assert.match(stderr, /^recorded 2 frames/);
  }));

test("record --check goes on through rows of which few can be read", () =>
  inFolder(async (cwd) => {
    const check = await checkOf(cwd, "messy.ndjson", [
      { tick: 1, ms: 0, uid: "a", x: 1 },
      '{"tick":1,"ms":0,"uid":"b","x":"oops","y":NaN}',
      { tick: 2, ms: 50, uid: "a", x: true },
      '{"tick":2,"ms":50,"uid":"b","x":1,"x":2}',
      '{"tick":3,"ms":100,"uid":"a","x":1e400}',
      "garbage",
      { tick: 2, ms: 50, uid: "b", x: 1 },
      { tick: 4, ms: 150, uid: { a: 1 }, x: 1 },
    ]);
    const { code, command, skippedLines } = check;
    assert.equal(
      command,
      "hindcast record messy.ndjson --frame-key tick --time-key ms --id-key uid --skip-bad " +
        "-o messy.mcap",
    );
    // Line 7 is good once line 5 is left out.
    assert.deepEqual([code, skippedLines], [1, 6]);
    assert.deepEqual(groupsOf(check), [
      ["no-frame", null, "f", 6, 1],
      ["not-json", null, null, 2, 2],
      ["key-twice", null, "x", 1, 4],
      ["no-id", null, "id", 6, 1],
      ["field-type", "entity", "x", 2, 2],
      ["inexact-number", "entity", "x", 1, 5],
      ["frame-back", null, "tick", 1, 7],
      ["no-id", null, "uid", 1, 8],
    ]);
  }));

/** Inputs that options mend, and the options. */
const MENDED: readonly [name: string, rows: Rows, codes: readonly string[], options: string][] = [
  [
    "two sessions",
    [
      { f: 900, t: 0, id: 1, x: 1 },
      { f: 901, t: 50, id: 1, x: 2 },
      { f: 3, t: 0, id: 1, x: 3 },
      { f: 4, t: 50, id: 1, x: 4 },
    ],
    ["frame-back"],
    " --on-restart split",
  ],
  [
    "a counter of 8 bits",
    [250, 253, 0, 3, 6].map((f, i) => ({ f, t: 50 * i, id: 1, x: i })),
    ["frame-back"],
    " --frame-bits 8",
  ],
  [
    "a countdown before frame 0",
    [-30, -20, -10, 0].map((f, i) => ({ f, t: 50 * i, id: 1, x: i })),
    ["bad-frame"],
    " --frame-offset 30",
  ],
  [
    "ids of each kind",
    [0, 1].flatMap((f) => [
      { f, t: 50 * f, id: 7, kind: "a", x: 1 },
      { f, t: 50 * f, id: 7, kind: "b", x: 2 },
    ]),
    ["id-twice"],
    " --ids-by-kind",
  ],
  [
    "changes, and a mark that stands alone in the rows that remove their entity",
    [
      { f: 0, t: 0, id: "a", hp: 3 },
      { f: 4, t: 40, id: "a", dead: true },
      { f: 4, t: 40, id: "a", hp: 9 },
      { f: 6, t: 60, id: "a", hp: 8 },
    ],
    ["id-twice"],
    " --sparse --despawn-key dead",
  ],
  [
    "a number with a decimal comma behind plain ones",
    ["f;t;id;x", "0;0;1;2", "1;50;1;2,5", "2;100;1;3"],
    ["field-type"],
    " --decimal comma",
  ],
];

test("record --check tries what mends an input, and the command records all of it", () =>
  inFolder(async (cwd) => {
    for (const [i, [name, rows, codes, options]] of MENDED.entries()) {
      const check = await checkOf(cwd, `m${i}.txt`, rows);
      assert.deepEqual([name, check.faults.map(({ code }) => code)], [name, codes]);
      assert.equal(check.command, `hindcast record m${i}.txt${options} -o m${i}.mcap`, name);
      assert.deepEqual([check.code, check.skippedLines], [1, 0], name);
      const { code, stderr } = await runCommand(cwd, check.command!);
      assert.equal(code, 0, `${name}: ${stderr}`);
    }
  }));

test("record --check says of what nothing mends that nothing would be recorded", () =>
  inFolder(async (cwd) => {
    const fields = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`b,${i}`, i]));
    const check = await checkOf(cwd, "wide.ndjson", [{ f: 0, t: 0, id: 1, ...fields }]);
    assert.deepEqual([check.code, check.command, check.records], [1, null, null]);
    assert.deepEqual(check.faults.map(({ code }) => code), ["fields-max"]);
    const text = await hindcast(["record", "wide.ndjson", "--check"], { cwd });
    assert.match(text.stdout, /No option was found that mends it: nothing would be recorded/);
    assert.match(text.stderr, /^hindcast: Cannot record wide\.ndjson as it is\n$/);
  }));

test("record --check reads the events beside the states, and the states of standard input", () =>
  inFolder(async (cwd) => {
    const events = [{ f: 0, ev: "shot" }, { f: "soon", ev: "shot" }, { f: 1, ev: 5 }];
    writeFileSync(join(cwd, "events.ndjson"), ndjson(events));
    const { code, stdout } = await hindcast(
      ["record", "--check", "--json", "--events", "events.ndjson"],
      { cwd, input: ndjson([{ f: 0, t: 0, id: 1, x: 1 }, { f: 1, t: 50, id: 1, x: 2 }]) },
    );
    const check = JSON.parse(stdout) as CheckOutput;
    assert.equal(code, 1);
    assert.deepEqual(check.faults.map(({ first }) => [first.file, first.line]), [
      ["events.ndjson", 2],
      ["events.ndjson", 3],
    ]);
    assert.equal(
      check.command,
      "hindcast record - --events events.ndjson --skip-bad -o out.mcap",
    );
    assert.deepEqual([check.skippedLines, check.records?.events], [2, 1]);
  }));

test("record --check keeps no more than some hundred groups of faults apart", () =>
  inFolder(async (cwd) => {
    const rows: object[] = [];
    for (let i = 0; i < 600; i++) {
      rows.push({ f: 2 * i, t: i, id: 1, kind: `k${i}`, x: 1 });
      rows.push({ f: 2 * i + 1, t: i, id: 1, kind: `k${i}`, x: "?" });
    }
    const check = await checkOf(cwd, "many.ndjson", rows);
    assert.ok(check.faults.length > 200 && check.faults.length < 300, `${check.faults.length}`);
    assert.equal(check.faults.reduce((sum, { count }) => sum + count, 0), 600);
    assert.equal(check.skippedLines, 600);
  }));

test("record ends a fault of a file with a hint to --check, and takes --json only with it", () =>
  inFolder(async (cwd) => {
    writeFileSync(join(cwd, "bad.ndjson"), ndjson([{ t: 0, id: 1 }]));
    const { code, stderr } = await hindcast(["record", "bad.ndjson", "-o", "o.mcap"], { cwd });
    assert.equal(code, 1);
    assert.match(stderr, /--frame-key; --check tells all that is in the way at once\n$/);
    const json = await hindcast(["record", "bad.ndjson", "--json", "-o", "o.mcap"], { cwd });
    assert.deepEqual([json.code, json.stderr.split("\n").length], [2, 2]);
  }));

test("info --propose-schema gives a recording's schema and an input's, optional fields marked", () =>
  inFolder(async (cwd) => {
    const rows = [
      { tick: 0, t: 0, id: 1, x: 0.25, aim: 3 },
      { tick: 1, t: 50, id: 1, x: 0.5, aim: null },
    ];
    writeFileSync(join(cwd, "in.ndjson"), ndjson(rows));
    const expected = {
      kinds: [{
        name: "entity",
        fields: [
          { name: "x", type: "fixed", step: 0.25 },
          { name: "aim", type: "u8", optional: true },
        ],
      }],
    };
    const raw = await hindcast(
      ["info", "--propose-schema", "in.ndjson", "--frame-key", "tick"],
      { cwd },
    );
    assert.deepEqual([raw.code, raw.stderr, JSON.parse(raw.stdout)], [0, "", expected]);
    const record = ["record", "in.ndjson", "--frame-key", "tick", "-o", "o.mcap"];
    assert.equal((await hindcast(record, { cwd })).code, 0);
    const recording = await hindcast(["info", "--propose-schema", "o.mcap"], { cwd });
    assert.deepEqual([recording.code, JSON.parse(recording.stdout)], [0, expected]);
    const guessed = await hindcast(["info", "--propose-schema", "in.ndjson"], { cwd });
    assert.deepEqual([guessed.code, JSON.parse(guessed.stdout)], [0, expected]);
    assert.match(guessed.stderr, /^note: the schema is for hindcast record .*--frame-key tick/);
    const misused = await hindcast(["info", "o.mcap", "--frame-key", "tick"], { cwd });
    assert.deepEqual([misused.code, misused.stdout], [2, ""]);
    assert.equal(readFileSync(join(cwd, "in.ndjson"), "utf8"), ndjson(rows));
  }));
