import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parquetMetadata } from "hyparquet";
import type { EntityState, StateEvent, StateFrame } from "../../core/state/state.ts";
import { parquetRows, Pieces } from "../../parquet/parquet_test_helper.ts";
import { openBytes, record } from "../../recording/memory_recording_test_helper.ts";
import { randomWorld, WORLD_SCHEMA } from "../../recording/random_world_test_helper.ts";
import type { RecordingOptions } from "../../recording/recording_options.ts";
import { RecordingPart } from "../select/recording_part.ts";
import type { Selection } from "../select/selection.ts";
import { openStatesParquet } from "./states_parquet.ts";

async function tableOf(
  frames: readonly StateFrame[],
  { selection, events, ...options }: RecordingOptions & {
    readonly selection?: Selection;
    readonly events?: readonly StateEvent[];
  } = {},
) {
  const bytes = await record(frames, options, events);
  const part = RecordingPart.of(await openBytes(bytes), selection);
  const pieces = new Pieces();
  const rows = await openStatesParquet(part, pieces.write);
  for await (const item of part.timeline()) {
    if ("frame" in item) rows.addFrame(item);
    else rows.addEvent(item);
  }
  rows.finish();
  const file = await pieces.file();
  const names = parquetMetadata(file).schema.slice(1).map(({ name }) => name);
  const notes = rows.notes().map(({ problem }) => problem);
  return { notes, names, rows: await parquetRows(file) };
}

const frame = (frame: number, ...entities: EntityState[]): StateFrame => ({
  frame,
  timeMs: frame * 10,
  entities,
});

/** Columns of the random worlds; both kinds with a `text` have texts. */
const WORLD_COLUMNS = [
  ...["f", "t", "id", "kind"],
  ...["bool", "u8", "i8", "u16", "i16", "u32", "i32", "fixed"],
  ...["tile", "lean", "turn", "f32", "f64", "u64", "enum"],
  ...["x", "n", "text", "name", "account", "__proto__"],
  ...Array.from({ length: 40 }, (_, i) => `w${i}`),
];
/** Those whose numbers are read as 64-bit integers. */
const INT64 = ["u32", "n"];

test("openStatesParquet() writes each value of each state once, whatever the world", async () => {
  await fc.assert(
    fc.asyncProperty(randomWorld, async (frames) => {
      const { names, rows, notes } = await tableOf(frames, { schema: WORLD_SCHEMA, level: 1 });
      assert.deepEqual(names, WORLD_COLUMNS);
      const expected = frames.flatMap(({ frame, timeMs, entities }) =>
        entities.map(({ id, kind, fields }) => [
          BigInt(frame),
          timeMs,
          BigInt(id),
          kind,
          ...WORLD_COLUMNS.slice(4).map((name) => {
            const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
            if (typeof value === "string") return value.toWellFormed();
            return INT64.includes(name) && value !== undefined ? BigInt(value) : value;
          }),
        ])
      );
      assert.deepEqual(rows, expected);
      const empty = frames.filter(({ entities }) => entities.length === 0).length;
      assert.deepEqual(
        notes.filter((note) => note.includes("frames")),
        empty > 0 ? [`${empty} frames have no state, and so no row`] : [],
      );
    }),
    { numRuns: 60 },
  );
});

test("openStatesParquet() writes the part that is selected", async () => {
  const state = (id: number) => ({ id, kind: "ship", fields: { x: id, y: -id } });
  const rock: EntityState = { id: 3, kind: "rock", fields: { x: 1.5 } };
  const frames = [frame(4, state(1)), frame(5, state(1), state(2), rock), frame(6, rock)];
  const selection = { from: 5, kinds: ["ship"], fields: ["y"] };
  const { notes, names, rows } = await tableOf(frames, { selection });
  assert.deepEqual(names, ["f", "t", "id", "kind", "y"]);
  assert.deepEqual(rows, [[5n, 50, 1n, "ship", -1], [5n, 50, 2n, "ship", -2]]);
  assert.deepEqual(notes, ["1 frames have no state, and so no row"]);
});

test("openStatesParquet() tells which columns are not called like their fields", async () => {
  const { notes, names, rows } = await tableOf([
    frame(
      0,
      { id: 0, kind: "door", fields: { t: 5, open: true } },
      { id: 1, kind: "shop", fields: { open: "at nine", T: 6 } },
    ),
  ]);
  assert.deepEqual(names, ["f", "t", "id", "kind", "t_2", "door.open", "shop.open", "T_3"]);
  assert.deepEqual(rows[0], [0n, 0, 0n, "door", 5, true, undefined, undefined]);
  assert.deepEqual(rows[1], [0n, 0, 1n, "shop", undefined, undefined, "at nine", 6]);
  assert.deepEqual(notes, [
    "fields of one name but different types, and names that are taken or differ in upper and " +
    "lower case alone, have columns of other names: t_2 (door.t), door.open, shop.open, " +
    "T_3 (shop.T)",
  ]);
});

test("openStatesParquet() says how many events it leaves out, and texts it changes", async () => {
  const state: EntityState = { id: 0, kind: "chat", fields: { text: "\ud83d" } };
  const shot = { frame: 0, timeMs: 0, name: "shot", data: {} };
  const { notes, rows } = await tableOf([frame(0, state)], { events: [shot, shot] });
  assert.deepEqual(rows, [[0n, 0, 0n, "chat", "\ufffd"]]);
  assert.deepEqual(notes, [
    "2 events stand in no table of states",
    "1 texts have half a surrogate pair, for which the table has U+FFFD",
  ]);
});

test("openStatesParquet() writes a table of a recording without frames", async () => {
  const { notes, names, rows } = await tableOf([]);
  assert.deepEqual([notes, names, rows], [[], ["f", "t", "id", "kind"], []]);
});
