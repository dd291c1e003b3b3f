import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { FileSource, RecordingReader } from "../../lib/recording.ts";
import {
  hindcast,
  hindcastJson,
  inFolder,
  ndjson,
  recordRows,
  type Row,
  rowsOf,
  SHORT_EVENTS,
  SHORT_STATES,
  statesAt,
  testdata,
} from "../run_cli_test_helper.ts";

const SLOW = { timeout: 60_000 };

interface At {
  readonly frame: number;
  readonly timeMs: number;
  readonly entities: readonly Row[];
}

/** Sets of every kind of data, and whether a row is there only if it changed. */
const SETS: readonly [name: string, states: string, events: string | undefined, sparse: boolean][] =
  [
    ["a QuakeWorld duel", "duel/duel.state.ndjson.gz", "duel/duel.events.ndjson.gz", false],
    [
      "a Rocket League duel",
      "sets/rl-duel.state.ndjson.gz",
      "sets/rl-duel.events.ndjson.gz",
      false,
    ],
    ["soccer players", "sets/soccer.state.ndjson.gz", undefined, false],
    ["sparse cubes with fractions", "sets/cubes-float.state.ndjson.gz", undefined, true],
    ["sparse cubes of integers", "sets/cubes.state.ndjson.gz", undefined, true],
  ];

for (const [name, states, events, isSparse] of SETS) {
  test(`record keeps every value of ${name}`, SLOW, () =>
    inFolder(async (cwd) => {
      const { code, stdout, stderr } = await hindcast([
        "record",
        testdata(states),
        ...(events === undefined ? [] : ["--events", testdata(events)]),
        ...(isSparse ? ["--sparse", "--rate", "60"] : []),
        ...["-o", "out.mcap"],
      ], { cwd });
      assert.equal(code, 0, stderr);
      assert.equal(stdout, "");
      const rows = rowsOf(states);
      const worlds = worldsOf(rows, isSparse);
      const frames = [...worlds.keys()];
      assert.match(stderr, new RegExp(`^recorded ${frames.length} frames, .* to out\\.mcap`));

      const sample = [0, 1, frames.length >> 1, frames.length - 1].map((i) => frames[i]!);
      await Promise.all(sample.map(async (frame) => {
        const at = await hindcastJson<At>(
          ["at", "out.mcap", "--frame", String(frame), "--json"],
          { cwd },
        );
        assert.equal(at.frame, frame);
        const world = worlds.get(frame)!;
        assert.equal(at.timeMs, world.timeMs ?? frame * 1000 / 60);
        assertSameRows(at.entities, world.rows);
      }));
      assert.deepEqual(await eventsOf(join(cwd, "out.mcap")), events ? rowsOf(events) : []);
    }));
}

/** Worlds by frame, by a model of its own: `f`, `t` taken out, `kind` filled in. */
function worldsOf(
  rows: readonly Row[],
  isSparse: boolean,
): Map<number, { timeMs: Row[string] | undefined; rows: readonly Row[] }> {
  const worlds = new Map();
  let living = new Map<number, Row>();
  for (let i = 0; i < rows.length; i++) {
    const { f, t, ...row } = rows[i]!;
    if (!isSparse && rows[i - 1]?.["f"] !== f) living = new Map();
    const id = row["id"] as number;
    living.set(id, { kind: "entity", ...living.get(id), ...row });
    if (rows[i + 1]?.["f"] !== f) {
      worlds.set(f, { timeMs: t, rows: [...living.values()] });
    }
  }
  return worlds;
}

/** Compares field by field and tells -0 from 0; the order of entities and fields is free. */
function assertSameRows(actual: readonly Row[], expected: readonly Row[]): void {
  assert.equal(actual.length, expected.length);
  const byId = new Map(actual.map((row) => [row["id"], row]));
  for (const row of expected) {
    const other = byId.get(row["id"]!)!;
    assert.deepEqual(Object.keys(other).sort(), Object.keys(row).sort());
    for (const key in row) assert.ok(Object.is(other[key], row[key]), `${key} of ${row["id"]}`);
  }
}

async function eventsOf(path: string): Promise<object[]> {
  const source = new FileSource(path);
  const events = [];
  for await (const { data } of (await RecordingReader.open(source)).events()) events.push(data);
  source.close();
  return events;
}

test(
  "record and at keep values to the last bit, and names as they are nested",
  SLOW,
  () =>
    inFolder(async (folder) => {
      const numbers =
        "-0 0.1 1e-320 5e-324 1.7976931348623157e308 9007199254740991 -9007199254740991 1e21 0.30000000000000004 4294967295.5 -1e-7";
      const rows = numbers.split(" ").map((number, f) =>
        `{"f":${f},"id":4294967295,"kind":"Kind ☃","x":${number},"yes":${f % 2 === 0},` +
        `"text":"line\\n\\u0000 \\"${f}\\" é","pos":{"y":[${f},{"z":-0}]},"":1,"__proto__":2}`
      );
      const path = await recordRows(folder, rows);
      for (const [f, number] of numbers.split(" ").entries()) {
        const [entity] = await statesAt(path, f);
        assert.ok(Object.is(entity!.fields["x"], Number(number)), number);
      }
      const { stdout } = await hindcast(["at", path, "--frame", "0", "--json"]);
      const expected = '{"frame":0,"timeMs":0,"found":true,"entities":[{"id":4294967295,' +
        '"kind":"Kind ☃","x":-0,"yes":true,"text":"line\\n\\u0000 \\"0\\" é","pos.y.0":0,' +
        '"pos.y.1.z":-0,"":1,"__proto__":2}]}';
      assert.equal(stdout.replace(/\n */g, "").replaceAll('": ', '":'), expected);
    }),
);

test(
  "record takes standard input, writes standard output, and inflates both formats' .gz",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const input = readFileSync(testdata(SHORT_STATES));
      const piped = await hindcast(["record", "-", "-o", "-"], { cwd, input: gzipSync(input) });
      assert.equal(piped.code, 0);
      assert.equal(Buffer.from(piped.bytes.subarray(0, 5)).toString("latin1"), "\x89MCAP");
      writeFileSync(join(cwd, "piped.mcap"), piped.bytes);
      const noName = await hindcast(["record", "-o", "plain.mcap"], { cwd, input });
      assert.equal(noName.code, 0);
      const infos = await Promise.all(
        ["piped.mcap", "plain.mcap"].map((path) =>
          hindcastJson<Record<string, unknown>>(["info", path, "--json"], { cwd })
        ),
      );
      for (const info of infos) {
        assert.equal(info["frames"], 100);
        assert.deepEqual(info["kinds"], infos[0]!["kinds"]);
      }
    }),
);

test("record takes rows, frames and CSV for the same world", SLOW, () =>
  inFolder(async (cwd) => {
    const rows = rowsOf(SHORT_STATES).filter(({ kind }) => kind === "player");
    const frames = [...new Set(rows.map(({ f }) => f))].map((f) => ({
      f,
      t: rows.find((row) => row["f"] === f)!["t"],
      entities: rows.filter((row) => row["f"] === f).map(({ f: _f, t: _t, ...row }) => row),
    }));
    const keys = Object.keys(rows[0]!);
    const csv = [keys.join(","), ...rows.map((row) => keys.map((key) => row[key]).join(","))];
    const inputs = { rows: ndjson(rows), frames: ndjson(frames), csv: csv.join("\r\n") };
    const worlds = await Promise.all(
      Object.entries(inputs).map(async ([format, text]) => {
        const { code, stderr } = await hindcast(
          [
            "record",
            "-",
            "-o",
            `${format}.mcap`,
            ...(format === "csv" ? ["--format", format] : []),
          ],
          { cwd, input: format === "frames" ? gzipSync(text) : text },
        );
        assert.equal(code, 0, stderr);
        return await statesAt(join(cwd, `${format}.mcap`), 740);
      }),
    );
    const { f: _f, t: _t, id, kind, ...fields } = rows.find((row) => row["f"] === 740)!;
    assert.deepEqual(worlds[0]![0], { id, kind, fields });
    assert.deepEqual(worlds[1], worlds[0]);
    assert.deepEqual(worlds[2], worlds[0]);
  }));

test(
  "record takes other names for the keys, and a rate for input without times",
  SLOW,
  () =>
    inFolder(async (folder) => {
      const rows = [0, 1].map((step) => ({
        head: { tick: step },
        ms: 500 + step,
        who: 9,
        type: "bot",
        id: 3.5,
        kind: "mine",
      }));
      const keys = ["--frame-key", "head.tick", "--id-key", "who", "--kind-key", "type"];
      const path = await recordRows(folder, rows, ...keys, "--time-key", "ms");
      const at = ["at", path, "--frame", "1", "--json"];
      assert.deepEqual(await hindcastJson(at), {
        frame: 1,
        timeMs: 501,
        found: true,
        entities: [{ id: 9, kind: "bot", "field.id": 3.5, "field.kind": "mine" }],
      });
      await recordRows(folder, rows.map(({ ms: _, ...row }) => row), ...keys, "--rate", "50");
      assert.equal((await hindcastJson<At>(at)).timeMs, 20);
      const { rateHz } = await hindcastJson<{ rateHz: number }>(["info", path, "--json"]);
      assert.equal(rateHz, 50);
    }),
);

test(
  "record says which rate it assumes when input has no times",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const input = ndjson([{ f: 0, id: 1, x: 1 }, { f: 6, id: 1, x: 2 }]);
      const { code, stderr } = await hindcast(["record", "-", "-o", "o.mcap"], { cwd, input });
      assert.equal(code, 0);
      assert.match(stderr, /no times.*60 Hz is assumed; give --rate/);
      assert.deepEqual(
        await hindcastJson(["at", "o.mcap", "--time", "100", "--json"], { cwd }),
        { frame: 6, timeMs: 100, found: true, entities: [{ id: 1, kind: "entity", x: 2 }] },
      );
    }),
);

test(
  "record --sparse keeps what did not change, and removes by --despawn-key",
  SLOW,
  () =>
    inFolder(async (folder) => {
      const path = await recordRows(
        folder,
        [
          { f: 0, t: 0, id: 1, kind: "a", x: 1, y: 2 },
          { f: 0, t: 0, id: 2, kind: "b", z: 3 },
          { f: 1, t: 10, id: 1, y: 5 },
          { f: 3, t: 30, id: 2, gone: true },
          { f: 4, t: 40, id: 2, kind: "a", x: 7, y: 8 },
        ],
        "--sparse",
        "--despawn-key",
        "gone",
      );
      const one = { id: 1, kind: "a", fields: { x: 1, y: 5 } };
      assert.deepEqual(await statesAt(path, 1), [one, { id: 2, kind: "b", fields: { z: 3 } }]);
      assert.deepEqual(await statesAt(path, 3), [one]);
      assert.deepEqual(await statesAt(path, 4), [one, {
        id: 2,
        kind: "a",
        fields: { x: 7, y: 8 },
      }]);
    }),
);

test(
  "record --schema declares types, optional fields and open enums",
  SLOW,
  () =>
    inFolder(async (folder) => {
      const schema = join(folder, "schema.json");
      const fields = [
        { name: "x", type: "fixed", step: 0.125 },
        { name: "z", type: "f32", optional: true },
        { name: "weapon", type: "enum" },
      ];
      writeFileSync(schema, JSON.stringify({ kinds: [{ name: "p", fields }] }));
      const rows = [
        { f: 0, t: 0, id: 1, kind: "p", x: 1.125, weapon: "axe" },
        { f: 1, t: 9, id: 1, kind: "p", x: -3, z: 0.5, weapon: "rocket" },
      ];
      writeFileSync(join(folder, "in.ndjson"), ndjson(rows));
      const record = ["--schema", schema, "-o", join(folder, "o.mcap")];
      const { code, stderr } = await hindcast(["record", join(folder, "in.ndjson"), ...record]);
      assert.equal(code, 0, stderr);
      const path = join(folder, "o.mcap");
      assert.deepEqual((await statesAt(path, 0))[0]!.fields, { x: 1.125, weapon: "axe" });
      assert.deepEqual((await statesAt(path, 1))[0]!.fields, { x: -3, z: 0.5, weapon: "rocket" });
      const { stdout } = await hindcast(["info", path, "--schema"]);
      assert.deepEqual(JSON.parse(stdout).kinds[0].fields, [
        ...fields.slice(0, 2),
        { ...fields[2], values: ["axe", "rocket"] },
      ]);
      // An open enum is a matter of the whole input, which a pipe has only once.
      const piped = await hindcast(["record", "-", ...record, "--force"], { input: ndjson(rows) });
      assert.equal(piped.code, 2);
      assert.match(piped.stderr, /enum without values.*list the values\n$/);
    }),
);

test(
  "record --events keeps events in order, also where there are no frames",
  SLOW,
  () =>
    inFolder(async (folder) => {
      const events = join(folder, "events");
      const all = [
        { f: 0, ev: "first", deep: { ray: [0, -0, { hit: null }] } },
        { t: 40, ev: "by time" },
        { f: 7, t: 70, ev: "in a gap", "id": 1 },
        { f: 7, t: 70, ev: "in a gap", "id": 0 },
        { f: 900, t: 9000, ev: "after all" },
      ];
      writeFileSync(events, ndjson(all));
      const rows = [5, 6, 9].map((f) => ({ f, t: f * 10, id: 1, x: f }));
      const path = await recordRows(folder, rows, "--events", events);
      assert.deepEqual(await eventsOf(path), JSON.parse(JSON.stringify(all)));
      const info = await hindcastJson<{ events: object; frames: number }>(["info", path, "--json"]);
      assert.equal(info.frames, 3);
      assert.deepEqual(info.events, { first: 1, "by time": 1, "in a gap": 2, "after all": 1 });

      writeFileSync(join(folder, "rows"), ndjson(rows));
      const fromPipe = await hindcast(
        [
          "record",
          join(folder, "rows"),
          "--events",
          "-",
          "--event-key",
          "name",
          "-o",
          path,
          "--force",
        ],
        { input: '{"f":1,"name":"only"}\n' },
      );
      assert.equal(fromPipe.code, 0);
      assert.deepEqual(await eventsOf(path), [{ f: 1, name: "only" }]);
    }),
);

test(
  "record of the short duel keeps its 87 events as they are",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const args = ["record", testdata(SHORT_STATES), "--events", testdata(SHORT_EVENTS)];
      assert.equal((await hindcast([...args, "-o", "o.mcap"], { cwd })).code, 0);
      assert.deepEqual(await eventsOf(join(cwd, "o.mcap")), rowsOf(SHORT_EVENTS));
    }),
);

test(
  "record --preview adds JSON that says the state once a second",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const rows = Array.from({ length: 40 }, (_, f) => ({ f, t: f * 100, id: 1, x: f }));
      const input = ndjson(rows);
      for (const flags of [[], ["--preview"]]) {
        const out = await hindcast(["record", "-", ...flags, "-o", `o${flags.length}.mcap`], {
          cwd,
          input,
        });
        assert.equal(out.code, 0);
      }
      const has = (path: string) => readFileSync(join(cwd, path)).includes("hindcast.Preview");
      assert.deepEqual([has("o0.mcap"), has("o1.mcap")], [false, true]);
      assert.deepEqual(
        await statesAt(join(cwd, "o1.mcap"), 39),
        await statesAt(join(cwd, "o0.mcap"), 39),
      );
    }),
);
