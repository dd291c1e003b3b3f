import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import {
  hindcast,
  inFolder,
  ndjson,
  rowsOf,
  SHORT_STATES,
  statesAt,
} from "../run_cli_test_helper.ts";
import { RecordOutputs } from "./outputs.ts";
import { RecordSession } from "./session.ts";
import { StopSignal } from "./stop_signal.ts";

const START = [0, 1, 2].map((f) => ({ f, t: f * 16, id: 1, kind: "p", x: f + 0.5 }));
const next = (fields: object) => ({ f: 3, t: 48, id: 1, kind: "p", x: 1, ...fields });
const many = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`a${i}`, i]));

const TWICE = /the key "kind" occurs twice in one object; send each key once/;

/** A fourth line that is refused, the part of it that is at fault, why, and the frames kept. */
const BAD_LINES: readonly [
  name: string,
  line: object | string,
  part: string,
  message: RegExp,
  frames: number,
][] = [
  ["65 fields in a kind", { f: 3, t: 48, id: 1, kind: "q", ...many }, '"a64"', /65.*; split/, 3],
  ["a backward frame", next({ f: 1 }), "1,", /backwards, from 2 to 1; sort/, 3],
  ["NaN with a space", next({ x: "NaN " }), '"NaN "', /"NaN ".*number.*leave it out/, 3],
  ["Infinity with a space", next({ x: "-Infinity " }), '"-Inf', /"-Inf.*number.*leave it out/, 3],
  [
    "a bare NaN",
    '{"f":3,"t":48,"id":1,"kind":"p","x":NaN}',
    "NaN",
    /NaN is not JSON, as the value of "x"; leave/,
    3,
  ],
  ["a number that becomes a text", next({ x: "left" }), '"left"', /"left".*number.*name/, 3],
  ["a number that becomes a truth value", next({ x: true }), "true", /true.*number.*name/, 3],
  ["a line that is not JSON", '{"f":3,"t":48,]', "]", /not JSON.*; /, 3],
  [
    "a negative frame",
    next({ f: -3 }),
    "-3",
    /-3, expected .* 0 to 4294967295; give --frame-offset 3/,
    2,
  ],
  [
    "a frame above u32",
    next({ f: 2 ** 32 }),
    "429",
    /4294967296, expected.*; number the frames, or name another key with --frame-key/,
    2,
  ],
  ["a frame with a fraction", next({ f: 3.5 }), "3.5", /3\.5, expected.*; number/, 2],
  ["an id that is none", next({ id: true }), "true", /true, expected a text.*; name/, 3],
  ["an entity that is there already", next({ f: 2, t: 32 }), "1,", /two rows.*one row/, 2],
  ["a key twice", '{"f":3,"t":48,"id":1,"\\u006bind":"q","kind":"p","x":1}', '"kind"', TWICE, 3],
];

// Sixteen processes may share one core with others.
const SLOW = { timeout: 180_000 };

test(
  "record refuses a bad line in one line and keeps what came before",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      await Promise.all(BAD_LINES.map(async ([name, line, part, message, frames], i) => {
        const [input, output] = [`in${i}.ndjson`, `out${i}.mcap`];
        writeFileSync(join(cwd, input), ndjson([...START, line]));
        const { code, stdout, stderr } = await hindcast(["record", input, "-o", output], { cwd });
        assert.deepEqual([name, code, stdout], [name, 1, ""]);
        assertOneLine(stderr, message);
        const column = ndjson([line]).indexOf(part) + 1;
        assert.ok(stderr.startsWith(`hindcast: Cannot read ${input}:4:${column}: `), stderr);
        assert.match(
          stderr,
          new RegExp(`${frames} frames before it are recorded in out${i}\\.mcap`),
        );
        const kept = await statesAt(join(cwd, output), frames - 1);
        assert.deepEqual(kept, [{ id: 1, kind: "p", fields: { x: frames - 0.5 } }], name);
      }));
    }),
);

test(
  "record refuses a value outside its declared type and keeps what came before",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const bad = [["u8", 256], ["i8", -129], ["f32", 0.123456789012], ["u16", 0.5]] as const;
      await Promise.all(bad.map(async ([type, value]) => {
        const schema = { kinds: [{ name: "p", fields: [{ name: "x", type }] }] };
        writeFileSync(join(cwd, `${type}.json`), JSON.stringify(schema));
        const rows = [{ f: 0, t: 0, id: 1, kind: "p", x: 7 }, next({ x: value })];
        const { code, stderr } = await hindcast(
          ["record", "-", "--schema", `${type}.json`, "-o", `${type}.mcap`],
          { cwd, input: ndjson(rows) },
        );
        assert.equal(code, 1);
        assertOneLine(
          stderr,
          /^hindcast: Cannot read standard input:2:\d+: .*"x" does not fit.*schema\W/,
        );
        const kept = await statesAt(join(cwd, `${type}.mcap`), 0);
        assert.deepEqual(kept, [{ id: 1, kind: "p", fields: { x: 7 } }]);
      }));
    }),
);

/** Inputs and outputs that cannot be opened or hold nothing. */
const BAD_FILES: readonly [name: string, args: readonly string[], code: number, message: RegExp][] =
  [
    ["an empty file", ["empty", "-o", "o.mcap"], 1, /Cannot read empty: .*no rows; send/],
    ["an input that is a directory", ["folder", "-o", "o.mcap"], 1, /read folder: .*directory; na/],
    ["a missing file", ["none", "-o", "o.mcap"], 1, /Cannot read none: .*no such file.*; check/],
    ["a missing events file", ["ok", "--events", "none", "-o", "o.mcap"], 1, /read none: .*; chec/],
    ["a missing schema", ["ok", "--schema", "none", "-o", "o.mcap"], 1, /read none: .*; check/],
    ["an output that is a directory", ["ok", "-o", "folder"], 1, /write folder: .*directory; na/],
    ["an output below a file", ["ok", "-o", "ev/o.mcap"], 1, /write ev\/o\.mcap: .*folder; check/],
    ["an output that names a folder", ["ok", "-o", "new/"], 1, /write new\/: .*folder; name a/],
    ["a name too long", ["ok", "-o", "x".repeat(300)], 1, /write x+: .*too long; shorten it/],
    ["its input as output", ["ok", "-o", "./ok"], 2, /\.\/ok is the input as well; name another/],
    ["its events as output", ["ok", "--events", "ev", "-o", "ev"], 2, /ev is the input as well/],
    ["its schema as output", ["ok", "--schema", "s", "-o", "s"], 2, /s is the input as well/],
    ["one key for two things", ["ok", "--id-key", "f", "-o", "o.mcap"], 2, /keys are .*; name/],
    ["a full disk", ["ok", "-o", "/dev/full"], 1, /Cannot write \/dev\/full: .*full; free some/],
    ["text that is no state", ["text", "-o", "o.mcap"], 1, /read text:1: .*; name it with --frame/],
    ["a damaged .gz", ["cut.gz", "-o", "o.mcap"], 1, /read cut\.gz: .*cut off.*; copy .*recorded/],
  ];

test(
  "record refuses files that cannot be opened or hold nothing in one line",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const rows = ndjson(rowsOf(SHORT_STATES));
      await Promise.all(BAD_FILES.map(async ([name, args, expected, message], i) => {
        if (name === "a full disk" && !existsSync("/dev/full")) return;
        const folder = join(cwd, String(i));
        mkdirSync(join(folder, "folder"), { recursive: true });
        writeFileSync(join(folder, "empty"), "");
        writeFileSync(join(folder, "ok"), ndjson(START));
        writeFileSync(join(folder, "ev"), "");
        writeFileSync(join(folder, "s"), "{}");
        writeFileSync(join(folder, "text"), "Call me Ishmael.\n");
        writeFileSync(join(folder, "cut.gz"), gzipSync(rows).subarray(0, 4000));
        const { code, stdout, stderr } = await hindcast(["record", ...args], { cwd: folder });
        assert.deepEqual([name, code, stdout], [name, expected, ""]);
        assertOneLine(stderr, message);
        assert.equal(readFileSync(join(folder, "ok"), "utf8"), ndjson(START));
        assert.equal(readFileSync(join(folder, "s"), "utf8"), "{}");
      }));
    }),
);

test("record of bad input leaves a file that is there alone", SLOW, () =>
  inFolder(async (cwd) => {
    writeFileSync(join(cwd, "old.mcap"), "precious");
    const args = ["record", "-", "-o", "old.mcap", "--force"];
    const { code, stderr } = await hindcast(args, { cwd, input: "x\n" });
    assert.equal(code, 1);
    assertOneLine(stderr, /Cannot read standard input:1/);
    assert.equal(readFileSync(join(cwd, "old.mcap"), "utf8"), "precious");
  }));

test(
  "record --skip-bad skips, names and counts bad lines, and exits 4",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const lines = [...START, "not json", next({ x: "none" }), next({}), {
        ...next({ f: 4, t: 64 }),
      }];
      const { code, stderr } = await hindcast(
        ["record", "-", "--skip-bad", "-o", "o.mcap"],
        { cwd, input: ndjson(lines) },
      );
      assert.equal(code, 4);
      assert.match(stderr, /standard input:4:.*\n.*standard input:5:.*\nhindcast: 2 .*\n$/);
      assert.match(stderr, /recorded 5 frames/);
    }),
);

test(
  "record --skip-bad says in its last line what is missing, or keeps an older state",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const rows = [
        ...[0, 1, 2].flatMap((
          f,
        ) => [{ f, t: f * 50, id: 7, hp: 9 }, { f, t: f * 50, id: 8, hp: f }]),
      ].map((row, i) => i === 3 ? { ...row, hp: true } : row);
      const last = async (output: string, ...options: string[]) => {
        const record = ["record", "-", "--skip-bad", "-o", output];
        const { code, stderr } = await hindcast([...record, ...options], {
          cwd,
          input: ndjson(rows),
        });
        assert.equal(code, 4);
        return stderr.trimEnd().split("\n").at(-1);
      };
      const skipped = "hindcast: 1 bad line skipped (line 4), all others are recorded";
      const [dense, sparse] = await Promise.all([last("o.mcap"), last("s.mcap", "--sparse")]);
      assert.equal(dense, `${skipped}; entity 8 is missing in frame 1`);
      assert.deepEqual((await statesAt(join(cwd, "o.mcap"), 1)).map(({ id }) => id), [7]);
      assert.equal(sparse, `${skipped}; entity 8 keeps its state of frame 0 in frame 1`);
      assert.deepEqual((await statesAt(join(cwd, "s.mcap"), 1))[1]!.fields, { hp: 0 });
    }),
);

/** Rows with a fault at the end, with an open enum `n`; why it is refused, and the frames kept. */
const BEHIND_TEXTS: readonly [rows: readonly object[], message: RegExp, frames: number][] = [
  [[{ f: 0, id: 1, n: "a" }, { f: 0, id: 2, n: "b", z: 1 }], /:2:\d+: .*no field "z"/, 0],
  [
    [{ f: 0, id: 1, n: "a" }, { f: 3, id: 1, n: "new" }, { f: 3, id: 2, n: 7 }],
    /:3:\d+: .*"n" is 7, but a text/,
    1,
  ],
  [
    [{ f: 0, id: 1, n: "a" }, { f: 3, id: 1, n: "b" }, { f: 3, id: 2, n: "c" }, { f: 2, id: 1 }],
    /:4:\d+: .*goes backwards, from 3 to 2/,
    2,
  ],
  [
    [{ f: 0, id: 1, n: "a" }, { f: 1, id: 1, n: "b" }, { f: 1, id: 5, n: "x".repeat(4097) }],
    /:3:\d+: .*"n" is a text of 4097 characters/,
    1,
  ],
];

test(
  "record --schema with an open enum blames the line that is at fault",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const fields = [{ name: "n", type: "enum" }];
      writeFileSync(
        join(cwd, "schema.json"),
        JSON.stringify({ kinds: [{ name: "entity", fields }] }),
      );
      await Promise.all(BEHIND_TEXTS.map(async ([rows, message, frames], i) => {
        writeFileSync(join(cwd, `${i}.ndjson`), ndjson(rows));
        const { code, stderr } = await hindcast(
          ["record", `${i}.ndjson`, "--schema", "schema.json", "--rate", "60", "-o", `${i}.mcap`],
          { cwd },
        );
        assert.equal(code, 1);
        assertOneLine(stderr, message);
        assert.equal(/\((\d+) frames? before it/.exec(stderr)?.[1] ?? "0", String(frames));
        if (frames === 0) return;
        const [state] = await statesAt(
          join(cwd, `${i}.mcap`),
          (rows[frames - 1] as { f: number }).f,
        );
        assert.deepEqual(state!.fields, { n: (rows[frames - 1] as { n: string }).n });
      }));
    }),
);

// Nothing is read again where all could be kept: not where lines are skipped, or take too much.
for (
  const [what, more, extra] of [
    ["skipped lines", { skipBad: true }, 0],
    ["much to keep", {}, 8.4e6],
  ] as const
) {
  test(`RecordSession says that an input with ${what} changed between its two readings`, () =>
    inFolder(async (cwd) => {
      const row = (f: number, hp: unknown) => ({ f, t: f * 16, id: 1, hp });
      const event = { f: 0, ev: "map", text: "a".repeat(extra) };
      const readings = [2, 999].map((hp) => ndjson([row(0, 1), event, row(1, hp)]));
      const states = {
        name: "log.ndjson",
        isRepeatable: true,
        open: () => new Blob([readings.shift()!]).stream() as AsyncIterable<Uint8Array>,
      };
      const stop = new StopSignal();
      const keys = { frameKey: "f", timeKey: "t", idKey: "id", kindKey: "kind", eventKey: "ev" };
      const options = { output: join(cwd, "o.mcap"), ...more, ...keys };
      const session = new RecordSession(states, undefined, options, {
        stop,
        output: new RecordOutputs(options, { inputs: [], isLive: false }),
      });
      await assert.rejects(
        session.run().finally(() => stop.forget()),
        /Cannot record frame 1: log\.ndjson changed between its two readings; record a copy.* \(1 frame before/,
      );
    }));
}

test(
  "control characters of names and paths are shown, not obeyed",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const name = "a\u001b[31m\u0007\nb";
      const rows = [{ f: 0, t: 0, id: 1, kind: name, [name]: 1, weapon: name }];
      await hindcast(["record", "-", "-o", `${name}.mcap`], { cwd, input: ndjson(rows) });
      const outcomes = await Promise.all([
        hindcast(["info", `${name}.mcap`], { cwd }),
        hindcast(["at", `${name}.mcap`, "--frame", "0"], { cwd }),
        hindcast(["report", `${name}.mcap`], { cwd }),
        hindcast(["info", `${name}.none`], { cwd }),
        hindcast([name], { cwd }),
        hindcast(["at", `${name}.mcap`, "--frame", name], { cwd }),
        hindcast(["record", "-", "-o", `${name}2.mcap`], {
          cwd,
          input: ndjson([...rows, { f: 1, t: 1, id: 1, kind: name, [name]: name }]),
        }),
      ]);
      assert.deepEqual(outcomes.map(({ code }) => code), [0, 0, 0, 1, 2, 2, 1]);
      for (const { stdout, stderr } of outcomes) {
        // deno-lint-ignore no-control-regex
        assert.doesNotMatch(stdout + stderr, /[\u0000-\u0009\u000b-\u001f\u007f]/);
      }
      for (const { stderr } of outcomes.slice(3)) assertOneLine(stderr, /./);
    }),
);

function assertOneLine(stderr: string, message: RegExp): void {
  assert.match(stderr, message);
  assert.equal(stderr.indexOf("\n"), stderr.length - 1, stderr);
  assert.ok(stderr.startsWith("hindcast: "), stderr);
}
