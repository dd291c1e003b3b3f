import assert from "node:assert/strict";
import { test } from "node:test";
import type { FieldValue } from "../core/state/schema.ts";
import { vectorOf } from "./kinds/text_vectors.ts";
import { ShapeFacts } from "./kinds/shape_facts.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

type Fields = Readonly<Record<string, FieldValue>>;

async function read(values: readonly unknown[], options: ReadStatesOptions = {}) {
  const lines = values.map((at, f) => JSON.stringify({ f, t: f, id: 1, at }));
  const fields: Fields[] = [];
  const notes: string[] = [];
  const frames = readStates(new Blob([lines.join("\n")]).stream(), {
    onNote: ({ code, problem }) => notes.push(`${code}: ${problem}`),
    ...options,
  });
  for await (const { entities } of frames) fields.push(entities[0]!.fields);
  return { fields, notes };
}

async function readTwice(values: readonly unknown[]) {
  const shapes = new ShapeFacts();
  await read(values, { shapes });
  return await read(values, { shapes });
}

test("vectorOf() takes the numbers that doubles hold as they are spelt, and no others", () => {
  assert.deepEqual(vectorOf("(0.5, -1, nan)"), { names: "0,1,2", numbers: [0.5, -1, NaN] });
  assert.deepEqual(vectorOf("X=1 Y=-2.5"), { names: "X,Y", numbers: [1, -2.5] });
  const others = ["(1, 9007199254740993)", "(1, 1e-400)", "(1, 1e400)", "X=1 Y=9007199254740993"];
  for (const text of others) assert.equal(vectorOf(text), undefined, text);
});

test("readStates() takes texts that all are vectors for their numbers, with one note", async () => {
  const { fields, notes } = await read(["(0.5, -1, 2)", null, "(1, 0, -0)", "(7, 8, 9)"]);
  assert.deepEqual(fields, [
    { "at.0": 0.5, "at.1": -1, "at.2": 2 },
    {},
    { "at.0": 1, "at.1": 0, "at.2": -0 },
    { "at.0": 7, "at.1": 8, "at.2": 9 },
  ]);
  assert.equal(notes.length, 2);
  assert.match(
    notes[1]!,
    /^text-vectors: "at" of "entity" \(such as "\(0\.5, -1, 2\)"\) is a text/,
  );
});

test("readStates() leaves texts of which one is no such vector texts, once it is known", async () => {
  for (const other of ["home", "(1, 2, 3)", "(1, 2) "]) {
    const values = ["(1, 2)", "(3, 4)", other, "(5, 6)"];
    const again = await readTwice(values);
    assert.deepEqual(again.fields, values.map((at) => ({ at })));
    const noteOf = (how: string) =>
      `text-vectors-mixed: "at" of "entity" (3 of 4 values are like "(1, 2)", line 3 has ${
        JSON.stringify(other)
      }) is recorded as ${how}, because not all values are vectors of one form`;
    assert.deepEqual(again.notes, [noteOf("texts, not as numbers")]);
    const { fields, notes } = await read(values);
    assert.equal(notes.at(-1), noteOf("numbers before that line and as texts from it on"));
    const [one, two] = [{ "at.0": 1, "at.1": 2 }, { "at.0": 3, "at.1": 4 }];
    assert.deepEqual(fields, [one, two, { at: other }, { at: "(5, 6)" }]);
  }
});

test("readStates() tells of texts among which there are as many vectors, and of no others", async () => {
  const { fields, notes } = await read(["none", "X=1 Y=2", "X=3 Y=4", "(5, 6)"]);
  assert.deepEqual(fields[1], { at: "X=1 Y=2" });
  assert.deepEqual(notes, [
    'text-vectors-mixed: "at" of "entity" (2 of 4 values are like "X=1 Y=2", line 1 has "none") is recorded as texts, not as numbers, because not all values are vectors of one form',
  ]);
  assert.deepEqual((await read(["hello", "(1, 2)", "no"])).notes, []);
  assert.deepEqual((await read(["a", "b", "b"])).notes, []);
});

test("readStates() takes vectors whose numbers have names for numbers of those names", async () => {
  const { fields, notes } = await read(["X=100.000 Y=-40.000 Z=92.150", "X=101.5 Y=-0 Z=1e2"]);
  assert.deepEqual(fields, [
    { "at.X": 100, "at.Y": -40, "at.Z": 92.15 },
    { "at.X": 101.5, "at.Y": -0, "at.Z": 100 },
  ]);
  assert.deepEqual(notes, [
    'text-vectors: "at" of "entity" (such as "X=100.000 Y=-40.000 Z=92.150") is a text of numbers, which is recorded as numbers: ".X", ".Y" and so on',
  ]);
  const rotations = ["P=0.000000 Y=90.000000 R=0.000000", "(P=1,Y=2,R=3)", "P=1, Y=2, R=4"];
  assert.deepEqual((await read(rotations)).fields, [
    { "at.P": 0, "at.Y": 90, "at.R": 0 },
    { "at.P": 1, "at.Y": 2, "at.R": 3 },
    { "at.P": 1, "at.Y": 2, "at.R": 4 },
  ]);
});

test("readStates() takes vectors without parentheses, and in angle brackets, for their numbers", async () => {
  for (const values of [["1, 2, 3", "1.5, -2, 3"], ["<1, 2, 3>", "<1.5, -2, 3>"]]) {
    const { fields, notes } = await read(values);
    assert.deepEqual(fields, [
      { "at.0": 1, "at.1": 2, "at.2": 3 },
      { "at.0": 1.5, "at.1": -2, "at.2": 3 },
    ]);
    assert.equal(notes.length, 1);
    assert.ok(notes[0]!.startsWith(
      `text-vectors: "at" of "entity" (such as ${JSON.stringify(values[0])}) is a text of numbers`,
    ));
  }
  for (const values of [["1,5", "2,5"], ["1, 2, 3", "3, 4"], ["1, 2", "home, 2"]]) {
    assert.deepEqual((await readTwice(values)).fields, values.map((at) => ({ at })));
  }
});

test("readStates() takes what is not finite in a vector for absence, with a note", async () => {
  const values = ["(0.5, -1, 2)", "(nan, nan, nan)", "(1, inf, 0)", "(-inf, 4, -nan)", "(7, 8, 9)"];
  const expected = [
    { "at.0": 0.5, "at.1": -1, "at.2": 2 },
    {},
    { "at.0": 1, "at.2": 0 },
    { "at.1": 4 },
    { "at.0": 7, "at.1": 8, "at.2": 9 },
  ];
  const once = await read(values);
  const twice = await readTwice(values);
  assert.deepEqual(once.fields, expected);
  assert.deepEqual(twice, once);
  assert.equal(once.notes.length, 3);
  assert.equal(
    once.notes[2],
    'vectors-not-finite: "at" of "entity" (3 values, "(nan, nan, nan)" in line 2) has words where a number is not finite, which is recorded as absent there',
  );
  const first = await read(["X=-nan(ind) Y=nan", "X=1 Y=2"]);
  assert.deepEqual(first.fields, [{}, { "at.X": 1, "at.Y": 2 }]);
  const sparse = await read(["(1, 2)", "(nan, 3)", undefined], { sparse: true });
  assert.deepEqual(sparse.fields, [{ "at.0": 1, "at.1": 2 }, { "at.1": 3 }, { "at.1": 3 }]);
});

test("readStates() tells nothing of vectors in lines that are refused", async () => {
  const text = [
    '{"f":0,"t":0,"id":1,"at":"(1, 2)","x":1}',
    '{"f":1,"t":1,"id":1,"at":"(nan, 2)","x":"?"}',
    '{"f":2,"t":2,"id":1,"at":"none","x":"?"}',
    '{"f":3,"t":3,"id":1,"at":"(3, 4)","x":1}',
  ].join("\n");
  const notes: string[] = [];
  const options = { skipBad: true, onNote: ({ code }: { code: string }) => notes.push(code) };
  const frames = await Array.fromAsync(readStates(new Blob([text]).stream(), options));
  assert.deepEqual(frames.map(({ entities }) => entities[0]!.fields), [
    { "at.0": 1, "at.1": 2, x: 1 },
    { "at.0": 3, "at.1": 4, x: 1 },
  ]);
  assert.deepEqual(notes, ["text-vectors"]);
});

test("readStates() in sparse input ends the numbers of a vector by a text", async () => {
  const { fields } = await read(["(1, 2)", undefined, "home", null], { sparse: true });
  const numbers = { "at.0": 1, "at.1": 2 };
  assert.deepEqual(fields, [numbers, numbers, { at: "home" }, {}]);
});

test("readStates() takes vectors as a schema declares them: as texts, or as numbers", async () => {
  const declared = (...fields: object[]) =>
    ({ schema: { kinds: [{ name: "entity", fields }] } }) as ReadStatesOptions;
  const text = await read(["(1, 2)"], declared({ name: "at", type: "text" }));
  assert.deepEqual(text, { fields: [{ at: "(1, 2)" }], notes: [] });
  const parts = ["at.0", "at.1"].map((name) => ({ name, type: "u8" }));
  assert.deepEqual((await read(["(1, 2)"], declared(...parts))).fields, [{ "at.0": 1, "at.1": 2 }]);
  await assert.rejects(read(["(1, 2, 3)"], declared(...parts)), /no field "at" by the schema/);
  await assert.rejects(read(["(1, nan)"], declared(...parts)), /lacks the field "at.1"/);
  const optional = parts.map((part) => ({ ...part, optional: true }));
  assert.deepEqual((await read(["(1, nan)"], declared(...optional))).fields, [{ "at.0": 1 }]);
  await assert.rejects(read(["(1, 256)"], declared(...parts)), /"at.1" does not fit the schema/);
});
