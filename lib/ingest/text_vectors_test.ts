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

test("vectorOf() reads two or more numbers in parentheses, with one separator", () => {
  assert.deepEqual(vectorOf("(0.5, -1, 2)"), [0.5, -1, 2]);
  assert.deepEqual(vectorOf("(1,2)"), [1, 2]);
  assert.deepEqual(vectorOf("(-0.00, 1e-7)"), [-0, 1e-7]);
  for (
    const text of [
      "(1)",
      "()",
      "(1, 2",
      "1, 2",
      "(1, 2) ",
      "(1; 2)",
      "(0,50, -1,00)",
      "(0,5, -1,25)",
      "(1, nan)",
      "(1, inf)",
      "(01, 2)",
      "(1, 9007199254740993)",
      "(1, 1e-400)",
      "(a, b)",
      "[1, 2]",
      `(1${", 2".repeat(99)})`,
    ]
  ) assert.equal(vectorOf(text), undefined, text);
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
    assert.deepEqual(again.notes, []);
    const { fields } = await read(values);
    const [one, two] = [{ "at.0": 1, "at.1": 2 }, { "at.0": 3, "at.1": 4 }];
    assert.deepEqual(fields, [one, two, { at: other }, { at: "(5, 6)" }]);
  }
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
  await assert.rejects(read(["(1, 256)"], declared(...parts)), /"at.1" does not fit the schema/);
});
