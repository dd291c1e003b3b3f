import assert from "node:assert/strict";
import { test } from "node:test";
import { type InputNote, readStates, ShapeFacts } from "../ingest.ts";

/** Fields of entity 1 in each frame of sparse rows, in the last of as many readings as it takes. */
async function fieldsOf(rows: readonly object[], readings = 3) {
  const lines = rows.map((row, i) => `${JSON.stringify({ f: i, t: i * 50, id: 1, ...row })}\n`);
  const shapes = new ShapeFacts();
  for (let reading = 1;; reading++) {
    const notes: InputNote[] = [];
    const frames = await Array.fromAsync(readStates(new Blob(lines).stream(), {
      sparse: true,
      shapes,
      onNote: (note) => void notes.push(note),
    }));
    if (shapes.isLate && reading < readings) continue;
    const codes = notes.map(({ code }) => code).filter((code) => code !== "optional-fields");
    return { fields: frames.map(({ entities }) => entities[0]!.fields), codes };
  }
}

test("readStates() ends an object by the value in its place, and a value by the object", async () => {
  const { fields } = await fieldsOf([
    ...[{ s: "Idle", n: 1 }, { s: { a: { x: 1 }, b: 2 } }, { s: "Idle" }, { s: { b: 3 } }],
    ...[{ s: null }, { s: [1, 2] }, { s: "Gone" }, { s: {} }, { n: 2 }],
  ]);
  assert.deepEqual(fields, [
    { s: "Idle", n: 1 },
    { n: 1, "s.a.x": 1, "s.b": 2 },
    { s: "Idle", n: 1 },
    { n: 1, "s.b": 3 },
    { n: 1 },
    { n: 1, "s.0": 1, "s.1": 2, "s.length": 2 },
    { s: "Gone", n: 1 },
    { n: 1, "s.length": 0 },
    { n: 2, "s.length": 0 },
  ]);
});

test("readStates() ends a variant of a tagged union by the next, again and again", async () => {
  const cycle = [
    ...[{ s: { Chasing: { target: 7, speed: 2 } } }, { s: { Running: { speed: 4 } } }],
    ...[{ s: { Cooling: 2.5 } }, { s: { Reloading: {} } }, { s: "Idle" }],
  ];
  const expected = [
    ...[{ "s.Chasing.target": 7, "s.Chasing.speed": 2 }, { "s.Running.speed": 4 }],
    ...[{ "s.Cooling": 2.5 }, { "s.Reloading.length": 0 }, { s: "Idle" }],
  ];
  const { fields, codes } = await fieldsOf(Array.from({ length: 8 }, () => cycle).flat());
  fields.forEach((one, i) => assert.deepEqual(one, expected[i % 5], `frame ${i}`));
  assert.deepEqual(codes, ["variants"]);
});

test("readStates() merges parts of an object, and notes where no row had two of them", async () => {
  const sure = await fieldsOf([{ p: { x: 1, y: 2 } }, { p: { x: 3 } }, { p: { y: 4 } }]);
  assert.deepEqual(sure.fields.at(-1), { "p.x": 3, "p.y": 4 });
  assert.deepEqual(sure.codes, []);
  const unsure = await fieldsOf([{ p: { x: 1 } }, { p: { y: 2 } }, { p: { x: 3 } }]);
  assert.deepEqual(unsure.fields.at(-1), { "p.x": 3, "p.y": 2 });
  assert.deepEqual(unsure.codes, ["merged-objects"]);
  const same = await fieldsOf([{ p: { x: 1 } }, { p: { x: 2 } }]);
  assert.deepEqual(same.codes, []);
});

test("readStates() merges an object that has several members, though it is a text as well", async () => {
  const rows = [{ p: "none" }, { p: { x: 1 } }, { p: { y: 2 } }, { p: { x: 3, y: 4 } }];
  const { fields, codes } = await fieldsOf([...rows, { p: { y: 5 } }]);
  assert.deepEqual(fields.slice(1), [
    ...[{ "p.x": 1 }, { "p.x": 1, "p.y": 2 }, { "p.x": 3, "p.y": 4 }, { "p.x": 3, "p.y": 5 }],
  ]);
  assert.deepEqual(codes, []);
});

test("readStates() keeps a field whose name begins with another's, where a row has both", async () => {
  const rows = [{ hp: 5, "hp.max": 10 }, { hp: 4 }, { "hp.max": 12 }, { hp: 3 }];
  const { fields } = await fieldsOf(rows);
  assert.deepEqual(fields.at(-1), { hp: 3, "hp.max": 12 });
});

test("readStates() ends nothing that a row leaves out where rows hold all", async () => {
  const rows = '{"f":0,"t":0,"id":1,"s":"a"}\n{"f":1,"t":50,"id":1,"s":{"b":1}}\n';
  const [, last] = await Array.fromAsync(readStates(new Blob([rows]).stream()));
  assert.deepEqual(last!.entities[0]!.fields, { "s.b": 1 });
});
