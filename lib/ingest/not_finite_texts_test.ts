import assert from "node:assert/strict";
import { test } from "node:test";
import { ShapeFacts } from "./kinds/shape_facts.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

async function read(values: readonly unknown[], options: ReadStatesOptions = {}) {
  const lines = values.map((x, f) => JSON.stringify({ f, t: f, id: 1, x }));
  const notes: string[] = [];
  const frames = await Array.fromAsync(readStates(new Blob([lines.join("\n")]).stream(), {
    onNote: ({ code, problem }) => notes.push(`${code}: ${problem}`),
    ...options,
  }));
  return { values: frames.map(({ entities }) => entities[0]!.fields.x), notes };
}

test("readStates() takes NaN and Infinity as texts among numbers for absence, with a note", async () => {
  const x = [1.5, "NaN", 2, "Infinity", "-Infinity", -3];
  const { values, notes } = await read(x);
  assert.deepEqual(values, [1.5, undefined, 2, undefined, undefined, -3]);
  assert.equal(
    notes.at(-1),
    'not-finite-texts: "x" of "entity" (3 values, "NaN" in line 2): texts in place of numbers that are not finite are recorded as absent',
  );
  assert.deepEqual((await read([1, "NaN", 3])).values, [1, undefined, 3]);
  assert.deepEqual((await read([1, "-nan", "inf", "1.#QNAN"])).values, [1, ...Array(3)]);
  const wide = await read(["NaN", 1].reverse(), { sparse: true });
  assert.deepEqual(wide.values, [1, undefined]);
});

test("readStates() takes such texts before the first number for absence once that is known", async () => {
  const shapes = new ShapeFacts();
  const x = ["NaN", "-Infinity", 2.5, "NaN"];
  await assert.rejects(read(x, { shapes }), /"x" is 2.5, but a text by line 1.*optional f64/s);
  assert.ok(shapes.isLate);
  const { values, notes } = await read(x, { shapes });
  assert.deepEqual(values, [undefined, undefined, 2.5, undefined]);
  assert.match(notes.at(-1)!, /^not-finite-texts: "x" of "entity" \(3 values, "NaN" in line 1\)/);
  assert.ok(!shapes.isLate);
});

test("readStates() leaves such texts texts where there are no numbers, or other texts", async () => {
  for (const x of [["NaN", "NaN"], ["NaN", "home", "Infinity"], ["home", "NaN"]]) {
    assert.deepEqual(await read(x), { values: x, notes: [] });
  }
  const shapes = new ShapeFacts();
  await assert.rejects(read(["NaN", "home", 1], { shapes }), /but a text by line 1/);
  assert.ok(!shapes.isLate);
  await assert.rejects(read([1, "nano"]), /but a number by line 1/);
  await assert.rejects(read([true, "NaN"]), /but a boolean by line 1/);
});

test("readStates() takes such texts for absence where a schema declares an optional number", async () => {
  const declared = (optional: boolean) =>
    ({
      schema: { kinds: [{ name: "entity", fields: [{ name: "x", type: "f64", optional }] }] },
    }) as ReadStatesOptions;
  assert.deepEqual((await read(["NaN", 1], declared(true))).values, [undefined, 1]);
  await assert.rejects(read(["NaN", 1], declared(false)), /"x"/);
});
