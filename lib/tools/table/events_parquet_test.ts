import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parquetMetadata } from "hyparquet";
import type { StateEvent } from "../../core/state/state.ts";
import { parquetRows, Pieces } from "../../parquet/parquet_test_helper.ts";
import { openBytes, record } from "../../recording/memory_recording_test_helper.ts";
import { RecordingPart } from "../select/recording_part.ts";
import { openEventsParquet } from "./events_parquet.ts";

type Data = Record<string, unknown>;

/** Events as a log has them: name, frame and time among their data. */
function logged(lines: readonly string[]): StateEvent[] {
  return lines.map((line) => {
    const data = JSON.parse(line) as Data;
    const { f, t, ev } = data as { f?: number; t?: number; ev: string };
    return { frame: f, timeMs: t, name: ev, data };
  });
}

async function tableOf(events: readonly StateEvent[]) {
  const reader = await openBytes(await record([], {}, events));
  const pieces = new Pieces();
  const part = RecordingPart.of(reader, { events: "only" });
  const rows = await openEventsParquet(part, pieces.write);
  for await (const placed of part.events()) rows.addEvent(placed);
  rows.finish();
  const file = await pieces.file();
  const columns = parquetMetadata(file).schema.slice(1)
    .map(({ name, type, converted_type }) => `${name} ${converted_type ?? type}`);
  return { notes: rows.notes(), columns, rows: await parquetRows(file) };
}

test("openEventsParquet() takes members apart to columns of their types", async () => {
  const lines = [
    `{"t":60.5,"ev":"chat","text":"hi","id":3}`,
    `{"f":3,"t":50,"ev":"shot","id":2,"at":{"x":1,"y":0.5},"ray":[0,-1.5],"hit":true}`,
    `{"f":4,"ev":"shot","at":{"x":-0},"hit":null,"none":{},"no":[]}`,
  ];
  const { notes, columns, rows } = await tableOf(logged(lines));
  assert.deepEqual(columns, [
    ...["f INT64", "t DOUBLE", "ev UTF8", "text UTF8", "id INT64", "at.x DOUBLE", "at.y DOUBLE"],
    ...["ray.0 INT64", "ray.1 DOUBLE", "hit BOOLEAN", "data UTF8"],
  ]);
  const no = undefined;
  assert.deepEqual(rows, [
    [no, 60.5, "chat", "hi", 3n, no, no, no, no, no, lines[0]],
    [3n, 50, "shot", no, 2n, 1, 0.5, 0n, -1.5, true, lines[1]],
    [4n, no, "shot", no, no, -0, no, no, no, no, lines[2]],
  ]);
  assert.deepEqual(notes, []);
});

test("openEventsParquet() writes JSON where events differ, and lists that are long", async () => {
  const long = JSON.stringify(Array.from({ length: 17 }, (_, i) => i));
  const { columns, rows } = await tableOf(logged([
    `{"ev":"a","f":0,"hit":2,"path":${long}}`,
    `{"ev":"a","f":1,"hit":"no one"}`,
    `{"ev":"a","f":2,"hit":false}`,
  ]));
  assert.deepEqual(columns.slice(3), ["hit UTF8", "path UTF8", "data UTF8"]);
  assert.deepEqual(rows.map((row) => row.slice(3, 5)), [
    ["2", long],
    [`"no one"`, undefined],
    ["false", undefined],
  ]);
});

test("openEventsParquet() keeps members that say another frame, time or name", async () => {
  const data = { f: 7, tick: 3, Ev: "x", t: 9, data: 1 };
  const event = { frame: 3, timeMs: undefined, name: "shot", data };
  const { notes, columns, rows } = await tableOf([event]);
  assert.deepEqual(columns, [
    ...["f INT64", "t DOUBLE", "ev UTF8", "f_2 INT64", "tick INT64", "Ev_2 UTF8", "t_2 INT64"],
    ...["data_2 INT64", "data UTF8"],
  ]);
  assert.deepEqual(rows, [[3n, undefined, "shot", 7n, 3n, "x", 9n, 1n, JSON.stringify(data)]]);
  assert.deepEqual(notes.map(({ problem }) => problem), [
    "members of one name but different types, and names that are taken or differ in upper and " +
    "lower case alone, have columns of other names: f_2 (f), Ev_2 (Ev), t_2 (t), data_2 (data)",
  ]);
});

test("openEventsParquet() bounds its columns, and has what is beyond them in data", async () => {
  const count = 2000;
  const many = Object.fromEntries(Array.from({ length: count }, (_, i) => [`m${i}`, i]));
  const data = { f: 0, ev: "a", ...many };
  const twice = { f: 1, ev: "a", "m0.x": 1, m0: { x: 2 }, ["n".repeat(257)]: 3 };
  const events = [data, twice].map((one) => ({
    frame: one.f,
    timeMs: undefined,
    name: "a",
    data: one,
  }));
  const { notes, columns, rows } = await tableOf(events);
  assert.equal(columns.length, 4 + 1024);
  assert.match(notes[0]!.problem, /^979 members of events have none of the 1024 columns/);
  assert.deepEqual(rows[0]!.slice(3), [
    ...Array.from({ length: 1024 }, (_, i) => BigInt(i)),
    JSON.stringify(data),
  ]);
  assert.equal(rows[1]!.at(-1), JSON.stringify(twice));
});

test("openEventsParquet() takes nesting of any depth", async () => {
  const depth = 400;
  const line = `{"ev":"a","f":0,"n":${`{"n":`.repeat(depth)}1${"}".repeat(depth)}}`;
  const { columns, rows } = await tableOf(logged([line]));
  assert.equal(columns.length, 5);
  assert.equal(rows[0]!.at(-1), line);
});

test("openEventsParquet() has every event whole in data, whatever it holds", async () => {
  const event = fc.record({
    frame: fc.option(fc.nat(9), { nil: undefined }),
    name: fc.constantFrom("shot", "kill"),
    data: fc.dictionary(fc.constantFrom("a", "A", "a.b", "f", "__proto__"), fc.jsonValue(), {
      noNullPrototype: true,
    }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 8 }), async (given) => {
      const events = given.map((one, i) => ({ ...one, timeMs: i }));
      const { rows } = await tableOf(events);
      assert.deepEqual(
        rows.map((row) => [row[0], row[1], row[2], JSON.parse(row.at(-1) as string)])
          .sort((a, b) => (a[1] as number) - (b[1] as number)),
        events.map(({ frame, timeMs, name, data }) => [
          frame === undefined ? undefined : BigInt(frame),
          timeMs,
          name,
          data,
        ]),
      );
    }),
    { numRuns: 100 },
  );
});

test("openEventsParquet() writes a table of a recording without events", async () => {
  const { notes, columns, rows } = await tableOf([]);
  assert.deepEqual(columns, ["f INT64", "t DOUBLE", "ev UTF8", "data UTF8"]);
  assert.deepEqual([notes, rows], [[], []]);
});
