import assert from "node:assert/strict";
import { test } from "node:test";
import type { FieldValue } from "../core/state/schema.ts";
import { readStates } from "./read_states.ts";
import { ShapeFacts } from "./kinds/shape_facts.ts";
import type { ReadStatesOptions } from "./states_options.ts";

type Fields = Readonly<Record<string, FieldValue>>;

/** Rows of an entity, one a frame, as lines. */
const lines = (rows: readonly object[]) =>
  rows.map((row, f) => JSON.stringify({ f, t: f, id: 1, ...row })).join("\n");

/** Fields of the first entity of each frame, and codes of the notes. */
async function read(
  rows: readonly object[] | string,
  options: ReadStatesOptions = {},
): Promise<{ fields: Fields[]; notes: string[]; problems: string[] }> {
  const notes: string[] = [];
  const problems: string[] = [];
  const fields: Fields[] = [];
  const text = typeof rows === "string" ? rows : lines(rows);
  const frames = readStates(new Blob([text]).stream(), {
    ...options,
    onNote: ({ code, problem }) => {
      notes.push(code);
      problems.push(problem);
    },
  });
  for await (const { entities } of frames) fields.push(entities[0]!.fields);
  return { fields, notes, problems };
}

/** As {@linkcode read}, of what is read again by what the first reading found. */
async function readTwice(rows: readonly object[], options: ReadStatesOptions = {}) {
  const shapes = new ShapeFacts();
  await read(rows, { ...options, shapes });
  const again = await read(rows, { ...options, shapes });
  assert.ok(!shapes.isLate);
  return again;
}

test("readStates() takes null and a missing key for absence, and fields that come later", async () => {
  const rows = [{ a: 1 }, { a: null, b: "x" }, { b: "y", c: true }, { a: 2, b: "z", c: null }];
  const { fields, notes, problems } = await read(rows);
  assert.deepEqual(fields, [{ a: 1 }, { b: "x" }, { b: "y", c: true }, { a: 2, b: "z" }]);
  assert.deepEqual(notes, ["optional-fields"]);
  assert.match(problems[0]!, /rows of "entity" have no "a", "b" and "c", which are recorded/);
});

test("readStates() takes null before a field has a value, and null alone, for no field", async () => {
  const { fields } = await read([{ a: null, b: 1, never: null }, { a: "x", b: 2, never: null }]);
  assert.deepEqual(fields, [{ b: 1 }, { a: "x", b: 2 }]);
});

test("readStates() gives an entity that lives a field that another one brings", async () => {
  const text = [
    '{"f":0,"t":0,"id":1,"a":"x"}',
    '{"f":0,"t":0,"id":2,"b":1,"c":2,"d":3,"e":4,"g":5,"h":"late"}',
    '{"f":1,"t":1,"id":1,"a":"x","h":"own","b":-0}',
    '{"f":2,"t":2,"id":1,"a":"x"}',
  ].join("\n");
  const { fields } = await read(text);
  assert.deepEqual(fields, [{ a: "x" }, { a: "x", h: "own", b: -0 }, { a: "x" }]);
});

test("readStates() leaves no trace of a field that only a bad row has", async () => {
  const text = [
    '{"f":0,"t":0,"id":1,"a":1}',
    '{"f":0,"t":0,"id":2,"a":"text","bad":1,"list":[1,2]}',
    '{"f":1,"t":1,"id":1,"a":2,"b":"x","list":[1]}',
    '{"f":1,"t":1,"entities":[{"id":3,"z":1},{"id":4,"a":true}]}',
    '{"f":2,"t":2,"id":1,"a":3,"z":"text"}',
  ].join("\n");
  const shapes = new ShapeFacts();
  const { fields, problems } = await read(text, { skipBad: true, shapes });
  assert.deepEqual(fields, [{ a: 1 }, { a: 2, b: "x", "list.0": 1 }, { a: 3, z: "text" }]);
  assert.match(problems[0]!, /rows of "entity" have no "b", "list.0" and "z", which/);
  assert.ok(!shapes.isLate);
});

test("readStates() in sparse input ends a field by null, and all of an object or list", async () => {
  const rows = [
    { a: 1, at: { x: 1, y: 2 }, inv: [1, 2, 3] },
    { a: null },
    { at: null },
    { inv: [9] },
    { a: 2, at: { y: 5 }, inv: null },
  ];
  const { fields } = await read(rows, { sparse: true });
  assert.deepEqual(fields, [
    { a: 1, "at.x": 1, "at.y": 2, "inv.0": 1, "inv.1": 2, "inv.2": 3 },
    { "at.x": 1, "at.y": 2, "inv.0": 1, "inv.1": 2, "inv.2": 3 },
    { "inv.0": 1, "inv.1": 2, "inv.2": 3 },
    { "inv.0": 9, "inv.length": 1 },
    { a: 2, "at.y": 5 },
  ]);
});

test("readStates() has the length of a list from where it differs, or from the start if it is known", async () => {
  const rows = [{ inv: ["a", "b"] }, { inv: ["a", "b", "c"] }, { inv: [] }, {}, {
    inv: ["d", "e"],
  }];
  const first = [
    { "inv.0": "a", "inv.1": "b", "inv.2": "c", "inv.length": 3 },
    { "inv.length": 0 },
    {},
    { "inv.0": "d", "inv.1": "e", "inv.length": 2 },
  ];
  assert.deepEqual((await read(rows)).fields, [{ "inv.0": "a", "inv.1": "b" }, ...first]);
  const { fields, notes } = await readTwice(rows);
  assert.deepEqual(fields, [{ "inv.0": "a", "inv.1": "b", "inv.length": 2 }, ...first]);
  assert.deepEqual(notes, []);
});

test("readStates() in sparse input has the length of a list that an entity keeps from before", async () => {
  const longer = '"inv":["b","c"],"at":{"p":[[1,2],[3,4]]}';
  const text = (second: string) =>
    [
      '{"f":0,"t":0,"id":1,"x":1,"inv":["a"],"at":{"p":[[1,2]]}}',
      second,
      '{"f":1,"t":1,"id":1,"x":3}',
      '{"f":1,"t":1,"id":5,"a":1,"b":2,"c":3,"d":4,"e":5}',
      '{"f":2,"t":2,"id":1,"at":{"p":null}}',
      '{"f":3,"t":3,"id":1,"inv":null}',
    ].join("\n");
  const kept = { "inv.0": "a", "at.p.0.0": 1, "at.p.0.1": 2 };
  const { fields } = await read(text(`{"f":0,"t":0,"id":2,"x":2,${longer}}`), { sparse: true });
  assert.deepEqual(fields, [
    { x: 1, ...kept },
    { x: 3, ...kept, "inv.length": 1, "at.p.length": 1 },
    { x: 3, "inv.0": "a", "inv.length": 1 },
    { x: 3 },
  ]);
  // What is refused tells nothing of lengths.
  const refused = `{"f":1,"t":1,"entities":[{"id":2,"x":2,${longer}},{"id":3,"x":true}]}`;
  const without = await read(text(refused), { sparse: true, skipBad: true });
  assert.deepEqual(without.fields, [
    { x: 1, ...kept },
    { x: 3, ...kept },
    { x: 3, "inv.0": "a" },
    { x: 3 },
  ]);
});

test("readStates() gives a list that always is as long no length, null elements included", async () => {
  const rows = [{ at: [1, 2.5, null] }, { at: [null, 3, 4] }, { at: null }, { at: [5, 6, 7] }];
  const { fields } = await readTwice(rows);
  assert.deepEqual(fields, [
    { "at.0": 1, "at.1": 2.5 },
    { "at.1": 3, "at.2": 4 },
    {},
    { "at.0": 5, "at.1": 6, "at.2": 7 },
  ]);
});

test("readStates() has lengths of lists inside lists and of lists of objects", async () => {
  const rows = [{ g: [[1], [2, 3]] }, { g: [[4]] }, { g: [[], [5, 6]] }, {
    p: [{ n: 1 }, { n: 2 }],
  }, {
    p: [{ n: 3 }],
  }];
  const { fields } = await readTwice(rows);
  assert.deepEqual(fields, [
    { "g.0.0": 1, "g.1.0": 2, "g.1.1": 3, "g.length": 2, "g.0.length": 1 },
    { "g.0.0": 4, "g.length": 1, "g.0.length": 1 },
    { "g.1.0": 5, "g.1.1": 6, "g.length": 2, "g.0.length": 0 },
    { "p.0.n": 1, "p.1.n": 2, "p.length": 2 },
    { "p.0.n": 3, "p.length": 1 },
  ]);
});

test("readStates() keeps an empty object as length 0, and a member called length as it is", async () => {
  const rows = [{ b: { haste: 2 } }, { b: {} }, { b: { haste: 1, slow: 3 } }, {
    b: {},
    c: { length: "x" },
  }];
  const { fields } = await read(rows);
  assert.deepEqual(fields, [
    { "b.haste": 2 },
    { "b.length": 0 },
    { "b.haste": 1, "b.slow": 3 },
    { "b.length": 0, "c.length": "x" },
  ]);
  const own = [{ b: {} }, { b: { length: 7 } }, { b: { length: 8 } }];
  const again = await readTwice(own);
  assert.deepEqual(again.fields, [{}, { "b.length": 7 }, { "b.length": 8 }]);
  assert.deepEqual(again.notes, ["optional-fields", "empty-object-with-length"]);
});

test("readStates() in sparse input ends an object by an empty one, and that by its members", async () => {
  const rows = [{ b: { haste: 2, slow: 1 } }, { b: {} }, { x: 1 }, { b: { slow: 3 } }, { x: 2 }];
  const { fields } = await read(rows, { sparse: true });
  assert.deepEqual(fields, [
    { "b.haste": 2, "b.slow": 1 },
    { "b.length": 0 },
    { "b.length": 0, x: 1 },
    { "b.slow": 3, x: 1 },
    { "b.slow": 3, x: 2 },
  ]);
});

test("readStates() with a schema records lengths that it declares, and no others", async () => {
  const kind = (...fields: object[]) =>
    ({ schema: { kinds: [{ name: "entity", fields }] } }) as ReadStatesOptions;
  const slots = ["0", "1"].map((n) => ({ name: `inv.${n}`, type: "u8", optional: true }));
  const rows = [{ inv: [1] }, { inv: [1, 2] }, { inv: [] }];
  const values = [{ "inv.0": 1 }, { "inv.0": 1, "inv.1": 2 }, {}];
  assert.deepEqual((await read(rows, kind(...slots))).fields, values);
  const { notes, problems } = await read(rows, kind(...slots));
  assert.deepEqual(notes, ["undeclared-length"]);
  assert.match(problems[0]!, /^"inv.length" of "entity" is not recorded, since the schema has no/);
  const object = kind({ name: "b.x", type: "u8", optional: true });
  assert.deepEqual((await read([{ b: { x: 1 } }, { b: {} }], object)).notes, ["undeclared-length"]);
  assert.deepEqual((await read([{ inv: [1, 2] }, { inv: [3, 4] }], kind(...slots))).notes, []);
  const length = { name: "inv.length", type: "u8" };
  assert.deepEqual((await read(rows, kind(...slots, length))).notes, []);
  assert.deepEqual(
    (await read(rows, kind(...slots, length))).fields,
    values.map((fields, i) => ({ ...fields, "inv.length": [1, 2, 0][i] })),
  );
});

test("readStates() refuses the row with which a kind has more than 64 fields", async () => {
  const many = (from: number, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${from + i}`, i]));
  await read([many(0, 40), many(40, 24)]);
  await assert.rejects(
    read([many(0, 40), many(40, 24), many(62, 7)]),
    /3:\d+: with "a64", "a65", "a66", "a67" and 1 more the kind "entity" has 69 fields, at most 64/,
  );
});

test("readStates() takes an empty cell of CSV for absence, in any row", async () => {
  const { fields } = await read("f,t,id,x,y\n0,0,1,5,\n1,1,1,,6\n2,2,1,7,8\n");
  assert.deepEqual(fields, [{ x: 5 }, { y: 6 }, { x: 7, y: 8 }]);
});
