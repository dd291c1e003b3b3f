import assert from "node:assert/strict";
import { test } from "node:test";
import { SchemaInference } from "./infer.ts";
import type { FieldValue } from "../core/state/schema.ts";

/** Frames of entities that each have one text; undefined where an entity is not there. */
function inferred(...frames: readonly (readonly (string | undefined)[])[]): SchemaInference {
  const inference = new SchemaInference();
  frames.forEach((texts, frame) => {
    const entities = texts.flatMap((s, id) =>
      s === undefined ? [] : [{ id, kind: "k", fields: { s } as Record<string, FieldValue> }]
    );
    inference.observe({ frame, timeMs: frame, entities });
  });
  return inference;
}

const typeOf = (inference: SchemaInference) => inference.schema().kinds[0]!.fields[0]!.type;

test("SchemaInference takes texts that come new again and again for text", () => {
  const ever = Array.from({ length: 6 }, (_, i) => [`status ${i}`]);
  assert.equal(typeOf(inferred(...ever)), "text");
  // Beside nine entities that never change: sixteen that came are enough.
  const long = Array.from({ length: 17 }, (_, i) => [`status ${i}`]);
  const resting = Array.from({ length: 9 }, (_, i) => `rest ${i}`);
  assert.equal(typeOf(inferred(...long.map((texts) => [...texts, ...resting]))), "text");
  // They stay for a while, and their entity moves.
  const slow = new SchemaInference();
  for (let frame = 0; frame < 170; frame++) {
    const fields = { s: `order ${Math.floor(frame / 10)}`, x: frame };
    slow.observe({ frame, timeMs: frame, entities: [{ id: 1, kind: "k", fields }] });
  }
  assert.equal(typeOf(slow), "text");
  // Each is said once, then silence.
  const said = Array.from({ length: 12 }, (_, i) => [i % 2 === 0 ? "" : `line ${i}`]);
  assert.equal(typeOf(inferred(...said)), "text");
  // Every entity that comes has a name of its own.
  const coming = Array.from(
    { length: 6 },
    (_, i) => [..."ooooooo"].map((_, id) => id === i ? `shell ${i}` : undefined),
  );
  assert.equal(typeOf(inferred(...coming)), "text");
});

test("SchemaInference takes texts that repeat, or never change, for an enum", () => {
  const names = Array.from({ length: 30 }, () => ["ada", "bob", "eve", "joe", "kim", "lea"]);
  assert.equal(typeOf(inferred(...names)), "enum");
  const arms = ["axe", "sg", "ssg", "ng", "sng", "gl", "rl", "lg"];
  const turns = Array.from({ length: 64 }, (_, i) => [arms[(i * 5 + (i >> 3)) % 8]]);
  assert.equal(typeOf(inferred(...turns)), "enum");
  // One of two goes through its arms, four frames each.
  const tour = Array.from({ length: 48 }, (_, i) => [arms[(i >> 2) % 8], "axe"]);
  const moving = new SchemaInference();
  tour.forEach((texts, frame) => {
    const entities = texts.map((s, id) => ({ id, kind: "k", fields: { s: s!, x: frame } }));
    moving.observe({ frame, timeMs: frame, entities });
  });
  assert.equal(typeOf(moving), "enum");
  // Too few to tell: three new ones after the first frame.
  assert.equal(typeOf(inferred(["a"], ["b"], ["c"], ["d"])), "enum");
});

test("SchemaInference takes more texts than an enum can list for text", () => {
  const inference = new SchemaInference();
  // In the first frame, where nothing has come yet.
  const entities = Array.from({ length: 65537 }, (_, id) => ({
    id,
    kind: "k",
    fields: { s: `n${id}` },
  }));
  inference.observe({ frame: 0, timeMs: 0, entities });
  assert.deepEqual(inference.schema().kinds[0]!.fields, [{ name: "s", type: "text" }]);
  const [facts] = inference.facts()[0]!.fields;
  assert.equal(facts!.distinct, 65537);
  assert.equal(facts!.isDistinctExact, false);
});

test("SchemaInference keeps other enums when one field's texts use up the memory for them", () => {
  const inference = new SchemaInference();
  const long = "x".repeat(4000);
  for (let frame = 0; frame < 6000; frame++) {
    const fields = { big: `${long}${frame}`, small: frame % 3 === 0 ? "a" : "b" };
    inference.observe({ frame, timeMs: frame, entities: [{ id: 1, kind: "k", fields }] });
  }
  const [big, small] = inference.schema().kinds[0]!.fields;
  assert.equal(big!.type, "text");
  assert.deepEqual(small, { name: "small", type: "enum", values: ["a", "b"] });
});

test("SchemaInference.widen() makes text of an enum once its texts hardly repeat, and keeps text", () => {
  const fields = [{ name: "s", type: "enum" as const, values: ["a"] }];
  const earlier = { kinds: [{ name: "k", fields }] };
  const ever = inferred(...Array.from({ length: 6 }, (_, i) => [`status ${i}`]));
  const text = { kinds: [{ name: "k", fields: [{ name: "s", type: "text" }] }] };
  assert.deepEqual(ever.widen(earlier), text);
  // A list that has them all stays, however seldom they repeat.
  const values = Array.from({ length: 6 }, (_, i) => `status ${i}`);
  const all = { kinds: [{ name: "k", fields: [{ name: "s", type: "enum" as const, values }] }] };
  assert.equal(ever.widen(all), all);
  assert.equal(inferred(["a"], ["a"]).widen(text as never), text);
  // An enum that a schema file leaves open stays one: its author has decided.
  const open = { kinds: [{ name: "k", fields: [{ name: "s", type: "enum" as const }] }] };
  assert.equal(ever.widen(open).kinds[0]!.fields[0]!.values!.length, 6);
});
