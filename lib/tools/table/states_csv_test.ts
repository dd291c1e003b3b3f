import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Field, Schema } from "../../core/state/schema.ts";
import type { EntityState, StateFrame } from "../../core/state/state.ts";
import { framesOf } from "../../recording/memory_recording_test_helper.ts";
import { READABLE_SCHEMA, readableWorld } from "../rows/random_events_test_helper.ts";
import { recordMerged, recordText, rowText } from "../rows/row_text_test_helper.ts";
import { openStatesCsv } from "./states_csv.ts";

/** What UTF-8 has of a state. */
function inUtf8(state: EntityState): EntityState {
  const fields = Object.entries(state.fields).map(([name, value]) =>
    [name, typeof value === "string" ? value.toWellFormed() : value] as const
  );
  return { ...state, fields: Object.fromEntries(fields) };
}

test("openStatesCsv() gives back every state that was recorded", async () => {
  await fc.assert(fc.asyncProperty(readableWorld, async (frames) => {
    const reader = await recordMerged(frames, () => [], READABLE_SCHEMA);
    const { text, notes } = await rowText(reader, openStatesCsv);
    const expected = frames.filter(({ entities }) => entities.length > 0)
      .map((frame) => ({ ...frame, entities: frame.entities.map(inUtf8) }));
    assert.equal(notes.includes("frames-without-states"), expected.length < frames.length);
    if (expected.length === 0) return assert.equal(text.split("\r\n").length, 2);
    const again = await recordText(text, { schema: READABLE_SCHEMA });
    assert.deepEqual(await framesOf(again), expected);
  }));
});

const special = fc.constantFrom(...'\n \r \t , ; " \u2028 \ufeff a 1 . ='.split(" "), " ", "\r\n");
const text = fc.array(special, { maxLength: 6 }).map((parts) => parts.join(""));

test("openStatesCsv() gives back texts and names of whatever readers take for structure", async () => {
  const names = fc.uniqueArray(text, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(names, text, fc.array(text), async (names, kind, texts) => {
      const fields: Field[] = names.map((name) => ({ name, type: "text" }));
      const frames: StateFrame[] = ["", ...texts].map((value, frame) => ({
        frame,
        timeMs: frame,
        entities: [{ id: 1, kind, fields: Object.fromEntries(names.map((name) => [name, value])) }],
      }));
      const schema: Schema = { kinds: [{ name: kind, fields }] };
      const reader = await recordMerged(frames, () => [], schema);
      const { text } = await rowText(reader, openStatesCsv);
      assert.deepEqual(await framesOf(await recordText(text, { schema })), frames);
    }),
    { examples: [[["a;b;c;d;e;f;g;h"], "car", ["x"]], [["a\tb\tc\td\te\tf\tg"], ";", [";"]]] },
  );
});

const SCHEMA: Schema = {
  kinds: [
    {
      name: "car",
      fields: [
        { name: "x", type: "f64" },
        { name: "plate", type: "text" },
        { name: "trim", type: "text", optional: true },
      ],
    },
    { name: "rock", fields: [{ name: "big", type: "bool" }, { name: "x", type: "f64" }] },
  ],
};

const car = (id: number, x: number, plate: string, trim?: string): EntityState => ({
  id,
  kind: "car",
  fields: { x, plate, ...(trim === undefined ? {} : { trim }) },
});

test("openStatesCsv() writes a column a field of any kind, an empty cell where one is absent", async () => {
  const rock = { id: 9, kind: "rock", fields: { big: true, x: -0 } };
  const frames = [
    { frame: 0, timeMs: 0, entities: [car(1, 1.5, "", "a,b"), rock] },
    { frame: 1, timeMs: 16.5, entities: [] },
    { frame: 2, timeMs: 33, entities: [car(1, 2 ** 69, 'say "hi"'), rock] },
  ];
  const event = { frame: 1, timeMs: undefined, name: "hit", data: {} };
  const reader = await recordMerged(frames, (frame) => frame === undefined ? [event] : [], SCHEMA);
  const { text, notes } = await rowText(reader, openStatesCsv);
  assert.deepEqual(text.split("\r\n"), [
    "f,t,id,kind,x,plate,trim,big",
    '0,0,1,car,1.5,"","a,b",',
    "0,0,9,rock,-0,,,true",
    '2,33,1,car,5.902958103587057e+20,"say ""hi""",,',
    "2,33,9,rock,-0,,,true",
    "",
  ]);
  assert.deepEqual(notes, ["events-left-out", "frames-without-states"]);
  const keys = { frame: "tick", time: "ms", id: "ent", kind: "type" };
  const { text: named } = await rowText(reader, openStatesCsv, { keys, fields: ["rock.x"] });
  assert.deepEqual(named.split("\r\n").slice(0, 3), [
    "tick,ms,ent,type,x",
    "0,0,1,car,",
    "0,0,9,rock,-0",
  ]);
});

test("openStatesCsv() tells what cells do not", async () => {
  const notesOf = async (...states: EntityState[]) => {
    const frames = states.map((state, frame) => ({ frame, timeMs: frame, entities: [state] }));
    return (await rowText(await recordMerged(frames, () => [], SCHEMA), openStatesCsv)).notes;
  };
  assert.deepEqual(await notesOf(car(1, 1, "x"), car(1, 1, "12"), car(1, 1, "TRUE")), []);
  // The first cell tells what a column is.
  for (const plate of ["12", "-1e3", ".5", "true", "FALSE"]) {
    assert.deepEqual(await notesOf(car(1, 1, plate), car(1, 1, "x")), ["texts-like-values"]);
  }
  for (const plate of ["007", " 12", "1,5", "", "0x1f"]) {
    assert.deepEqual(await notesOf(car(1, 1, plate)), []);
  }
  assert.deepEqual(await notesOf(car(1, Infinity, "x")), ["not-finite"]);
  assert.deepEqual(await notesOf(car(1, 1, "\ud83d")), ["texts-replaced"]);
});
