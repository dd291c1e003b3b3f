import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SchemaInference } from "./infer.ts";
import { type Field, type FieldValue, type Schema, SchemaError } from "../core/state/schema.ts";
import { Snapshot } from "../core/state/snapshot.ts";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { EntityState, FieldValues, StateFrame } from "../core/state/state.ts";

/** Frames of one entity of kind `k`, one state each. */
function observed(...states: FieldValues[]): SchemaInference {
  const inference = new SchemaInference();
  states.forEach((fields, frame) =>
    inference.observe(frameOf(frame, [{ id: 1, kind: "k", fields }]))
  );
  return inference;
}

function frameOf(frame: number, entities: EntityState[]): StateFrame {
  return { frame, timeMs: frame, entities };
}

const fieldsOf = (schema: Schema) => schema.kinds[0]!.fields;
const kindOf = (...fields: Field[]): Schema => ({ kinds: [{ name: "k", fields }] });

test("SchemaInference.schema() types truth values, texts and numbers in order of appearance", () => {
  const inference = new SchemaInference();
  inference.observe(frameOf(0, [
    { id: 1, kind: "car", fields: { on: true, gear: "n", x: 0.5 } },
    { id: 2, kind: "ball", fields: { hp: -1 } },
  ]));
  inference.observe(frameOf(1, [
    { id: 1, kind: "car", fields: { gear: "r", x: 3, on: false, late: 300 } },
    { id: 2, kind: "ball", fields: { hp: 200 } },
  ]));
  inference.observe(frameOf(2, [{ id: 1, kind: "car", fields: { gear: "n", x: 3, on: true } }]));
  assert.deepEqual(inference.schema(), {
    kinds: [
      {
        name: "car",
        fields: [
          { name: "on", type: "bool" },
          { name: "gear", type: "enum", values: ["n", "r"] },
          { name: "x", type: "fixed", step: 0.5 },
          { name: "late", type: "u16", optional: true },
        ],
      },
      { name: "ball", fields: [{ name: "hp", type: "i16" }] },
    ],
  });
});

test("SchemaInference.schema() marks a field that a later state lacks", () => {
  assert.deepEqual(fieldsOf(observed({ a: 1, b: 2 }, { b: 3 }).schema()), [
    { name: "a", type: "u8", optional: true },
    { name: "b", type: "u8" },
  ]);
  assert.deepEqual(fieldsOf(observed({}).schema()), []);
});

test("SchemaInference.schema() holds every state that was seen, bit for bit", () => {
  const value = fc.oneof(fc.integer(), fc.float(), fc.double(), fc.constantFrom(0, -0, 0.1, 2.5));
  const state = fc.record({
    id: fc.nat({ max: 5 }),
    kind: fc.constantFrom("a", "b"),
    fields: fc.record(
      { __proto__: value, x: value, y: value, on: fc.boolean(), text: fc.string({ maxLength: 2 }) },
      { requiredKeys: ["x"], noNullPrototype: true },
    ),
  });
  const frames = fc.array(fc.uniqueArray(state, { selector: ({ id }) => id }), { minLength: 1 });
  fc.assert(fc.property(frames, (lists) => {
    const inference = new SchemaInference();
    const all = lists.map((list, f) =>
      frameOf(f, list.toSorted((a, b) => a.id - b.id) as EntityState[])
    );
    for (const frame of all) inference.observe(frame);
    const schema = inference.schema();
    const layout = new SnapshotLayout(schema);
    for (const frame of all) {
      for (const [i, entity] of Snapshot.of(layout, frame).toFrame().entities.entries()) {
        const { fields } = frame.entities[i]!;
        assert.equal(Object.keys(entity.fields).length, Object.keys(fields).length);
        for (const [name, value] of Object.entries(fields)) {
          assert.ok(Object.is(entity.fields[name], value));
        }
      }
    }
    assert.equal(inference.widen(schema), schema);
  }));
});

test("SchemaInference.observe() counts an unchanged state without looking at it", () => {
  const inference = new SchemaInference();
  let reads = 0;
  const fields = {
    get x() {
      reads++;
      return 1;
    },
  };
  const state = { id: 7, kind: "k", fields };
  const other = { id: 3, kind: "k", fields: { x: 2 } };
  inference.observe(frameOf(0, [state]));
  const readsOnce = reads;
  inference.observe(frameOf(1, [other, state]));
  inference.observe(frameOf(2, [state]));
  assert.equal(reads, readsOnce);
  const [kind] = inference.facts();
  assert.deepEqual([kind!.rows, kind!.entities], [4, 2]);
});

test("SchemaInference.facts() counts and bounds what was seen", () => {
  const inference = observed(
    { hp: 5, x: 0.5, on: true, s: "b", z: -0 },
    { hp: -3, x: 0.25, on: true, s: "a" },
    { hp: 5, x: 7, on: true, s: "b" },
  );
  const common = { optional: false, isDistinctExact: true };
  const none = { min: undefined, max: undefined, step: undefined };
  assert.deepEqual(inference.facts(), [{
    name: "k",
    entities: 1,
    rows: 3,
    fields: [
      { ...common, name: "hp", type: "i8", min: -3, max: 5, distinct: 2, step: 1 },
      { ...common, name: "x", type: "fixed", min: 0.25, max: 7, distinct: 3, step: 0.25 },
      { ...common, ...none, name: "on", type: "bool", distinct: 1 },
      { ...common, ...none, name: "s", type: "enum", distinct: 2 },
      {
        ...common,
        ...none,
        name: "z",
        type: "f32",
        min: -0,
        max: -0,
        distinct: 1,
        optional: true,
      },
    ],
  }]);
});

test("SchemaInference.facts() says when it stopped counting", () => {
  const inference = new SchemaInference();
  for (let f = 0; f < 65540; f++) {
    inference.observe(frameOf(f, [{ id: 1, kind: "k", fields: { x: f } }]));
  }
  const [field] = inference.facts()[0]!.fields;
  assert.deepEqual([field!.distinct, field!.isDistinctExact, field!.max], [65536, false, 65539]);
});

test("SchemaInference.widen() keeps a schema that holds what was seen", () => {
  const schema = kindOf(
    { name: "a", type: "u16" },
    { name: "b", type: "f64", optional: true },
    { name: "c", type: "enum", values: ["x", "y"] },
    { name: "d", type: "fixed", step: 2 ** -20 },
    { name: "e", type: "bool", optional: false },
  );
  assert.equal(observed({ a: 5, c: "y", d: 0.5, e: true }).widen(schema), schema);
  assert.equal(new SchemaInference().widen(schema), schema);
});

test("SchemaInference.widen() picks the narrowest field that holds both", () => {
  const name = "x";
  const cases: [earlier: Field, seen: number[], widened: Field][] = [
    [{ name, type: "u8" }, [256], { name, type: "u16" }],
    [{ name, type: "u8" }, [-1], { name, type: "i16" }],
    [{ name, type: "u16" }, [-1], { name, type: "i32" }],
    [{ name, type: "i8" }, [200], { name, type: "i16" }],
    [{ name, type: "i32" }, [2 ** 31], { name, type: "u32" }],
    [{ name, type: "u8" }, [0.5], { name, type: "fixed", step: 0.5 }],
    [{ name, type: "u8" }, [0.1], { name, type: "fixed", step: 0.1 }],
    [{ name, type: "u8" }, [Math.fround(0.1)], { name, type: "f32" }],
    [{ name, type: "i32" }, [7, 0.5], { name, type: "fixed", step: 0.5 }],
    [{ name, type: "fixed", step: 0.5 }, [0.125], { name, type: "fixed", step: 0.125 }],
    [{ name, type: "fixed", step: 0.125 }, [0.1], { name, type: "fixed", step: 0.001 }],
    [{ name, type: "fixed", step: 0.01 }, [1e9 + 0.01], { name, type: "f64" }],
    [{ name, type: "fixed", step: 0.5 }, [Math.fround(0.1)], { name, type: "f32" }],
    [{ name, type: "f32" }, [0.1], { name, type: "f64" }],
    [{ name, type: "u8", optional: true }, [256], { name, type: "u16", optional: true }],
  ];
  for (const [earlier, seen, widened] of cases) {
    const inference = observed(...seen.map((x) => ({ x })));
    assert.deepEqual(
      fieldsOf(inference.widen(kindOf(earlier))),
      [widened],
      `${earlier.type} ${seen}`,
    );
  }
});

test("SchemaInference.widen() keeps any step that was declared, as long as it holds what was seen", () => {
  const x = (step: number): Field => ({ name: "x", type: "fixed", step });
  const cases: [step: number, seen: number[], widened: Field | undefined][] = [
    [4, [8, -400, 0], undefined],
    [0.3, [0.8999999999999999, 0.3], undefined],
    [0.05, [0.15, 3, -2.85], undefined],
    [1 / 3, [1 / 3, 7], undefined],
    [4, [8, 2], { name: "x", type: "u8" }],
    [4, [8, 8589934596], { name: "x", type: "f64" }],
    [0.05, [0.15, 0.01], { name: "x", type: "fixed", step: 0.01 }],
    [0.3, [0.9], { name: "x", type: "f64" }],
    [2.5, [2.5, -0], { name: "x", type: "f32" }],
  ];
  for (const [step, seen, widened] of cases) {
    const declared = kindOf(x(step));
    const inference = new SchemaInference({ counts: false, declared });
    seen.forEach((x, frame) => {
      inference.observe(frameOf(frame, [{ id: 1, kind: "k", fields: { x } }]));
    });
    const schema = inference.widen(declared);
    if (widened === undefined) assert.equal(schema, declared, `${step} [${seen}]`);
    else assert.deepEqual(fieldsOf(schema), [widened], `${step} [${seen}]`);
  }
});

test("SchemaInference.widen() loses no number where a step was not declared", () => {
  const schema = kindOf({ name: "x", type: "fixed", step: 4 });
  assert.deepEqual(fieldsOf(observed({ x: 8 }, { x: -400 }).widen(schema)), [
    { name: "x", type: "i16" },
  ]);
});

test("SchemaInference.widen() adds texts, fields and kinds after the earlier ones", () => {
  const inference = observed({ b: 1, s: "new" }, { b: 1, s: "old" });
  inference.observe(frameOf(9, [{ id: 1, kind: "other", fields: { y: 1 } }]));
  const earlier: Schema = {
    kinds: [
      { name: "gone", fields: [{ name: "open", type: "enum" }] },
      {
        name: "k",
        fields: [
          { name: "s", type: "enum", values: ["old", "odd"] },
          { name: "a", type: "u8" },
        ],
      },
    ],
  };
  assert.deepEqual(inference.widen(earlier), {
    kinds: [
      { name: "gone", fields: [{ name: "open", type: "enum", values: [] }] },
      {
        name: "k",
        fields: [
          { name: "s", type: "enum", values: ["old", "odd", "new"] },
          { name: "a", type: "u8", optional: true },
          { name: "b", type: "u8", optional: true },
        ],
      },
      { name: "other", fields: [{ name: "y", type: "u8" }] },
    ],
  });
  const open = kindOf({ name: "s", type: "enum" });
  assert.deepEqual(fieldsOf(observed({ s: "v" }).widen(open)), [
    { name: "s", type: "enum", values: ["v"] },
  ]);
});

test("SchemaInference refuses what no schema can hold", () => {
  assert.throws(() => observed({ x: 1 }, { x: "a" }), /"x" is a text after it was a number/);
  assert.throws(() => observed({ x: true }, { x: 1 }), /"x" is a number after it was a boolean/);
  const fields = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`f${i}`, i]));
  assert.throws(() => observed(fields), /Kind "k" has more than 64 fields; split it/);
  assert.throws(
    () => observed({ x: 1 }).widen(kindOf({ name: "x", type: "bool" })),
    /Cannot widen field "x" of type bool to hold a number/,
  );
});

test("SchemaInference without counts finds the same schema and refuses facts", () => {
  const entities = [{ id: 3, kind: "player", fields: { hp: 100, x: -0.5, weapon: "rl" } }];
  const inference = new SchemaInference({ counts: false });
  inference.observe({ frame: 0, timeMs: 0, entities });
  assert.deepEqual(inference.schema().kinds[0]!.fields, [
    { name: "hp", type: "u8" },
    { name: "x", type: "fixed", step: 0.5 },
    { name: "weapon", type: "enum", values: ["rl"] },
  ]);
  assert.throws(() => inference.facts(), TypeError);
});

const U64_MAX = 18446744073709551615n;

test("SchemaInference makes u64 of a field with a bigint, in whatever order its integers come", () => {
  const u64 = { name: "x", type: "u64" } as const;
  const cases: FieldValue[][] = [[3n], [0, 2n ** 60n], [2n ** 60n, 9007199254740991, 7], [U64_MAX]];
  for (const values of cases) {
    const schema = observed(...values.map((x) => ({ x }))).schema();
    assert.deepEqual(fieldsOf(schema), [u64], `[${values}]`);
  }
  assert.deepEqual(fieldsOf(observed({ x: 1, y: 5n }, { x: 2 }).schema()), [
    { name: "x", type: "u8" },
    { name: "y", type: "u64", optional: true },
  ]);
});

test("SchemaInference refuses bigints beside what u64 cannot hold, whichever comes first", () => {
  const cases: [FieldValue, RegExp][] = [
    [-1, /"x" holds -1 beside bigints; u64 holds integers from 0 to 18446744073709551615$/],
    [0.5, /"x" holds a number that is no integer \(a fraction, -0 or NaN\) beside bigints/],
    [-0, /no integer/],
    [NaN, /no integer/],
    [2 ** 53, /"x" holds 9007199254740992 as a number beside bigints/],
    [-1n, /"x" holds -1 beside bigints/],
    [2n ** 64n, /"x" holds 18446744073709551616 beside bigints/],
    ["a", /"x" is a/],
    [true, /"x" is a/],
  ];
  for (const counts of [true, false]) {
    for (const [x, message] of cases) {
      for (const states of [[{ x: 2n ** 53n }, { x }], [{ x }, { x: 7n }]]) {
        const inference = new SchemaInference({ counts });
        assert.throws(
          () =>
            states.forEach((fields, f) => {
              inference.observe(frameOf(f, [{ id: 1, kind: "k", fields }]));
            }),
          (error: Error) => error instanceof SchemaError && message.test(error.message),
          String(x),
        );
      }
    }
  }
});

test("SchemaInference.facts() bounds a field of bigints by bigints and counts each integer once", () => {
  const facts = (...values: FieldValue[]) => {
    const [field] = observed(...values.map((x) => ({ x }))).facts()[0]!.fields;
    const { type, min, max, distinct, isDistinctExact, step } = field!;
    return [type, min, max, distinct, isDistinctExact, step];
  };
  assert.deepEqual(facts(5, 5n, 2n ** 53n - 1n), ["u64", 5n, 9007199254740991n, 2, true, 1]);
  assert.deepEqual(facts(U64_MAX, 2n ** 53n, U64_MAX), ["u64", 2n ** 53n, U64_MAX, 2, true, 1]);
  assert.deepEqual(facts(U64_MAX - 1n, 0n, U64_MAX), ["u64", 0n, U64_MAX, 3, true, 1]);
});

test("SchemaInference.rowsOf() observes digits as the bigints they are", () => {
  const inference = new SchemaInference();
  inference.startFrame();
  const rows = inference.rowsOf("k", [{ name: "x", category: "integer64" }]);
  const values = {
    numbers: Float64Array.of(2 ** 60, 2 ** 60, 2 ** 60),
    texts: ["1152921504606846976", "1152921504606846977", "1152921504606846976"],
  };
  rows.add(values, 0, -1, 1);
  rows.add(values, 1, 0, 2);
  rows.add(values, 2, 1, 3);
  const [field] = inference.facts()[0]!.fields;
  assert.deepEqual([field!.type, field!.min, field!.max, field!.distinct, field!.optional], [
    "u64",
    1152921504606846976n,
    1152921504606846977n,
    2,
    false,
  ]);
});

test("SchemaInference.widen() makes u64 of earlier numbers, of signed and broken ones by what was seen", () => {
  const name = "x";
  const earlier: Field[] = [
    { name, type: "u8" },
    { name, type: "i32" },
    { name, type: "f64" },
    { name, type: "fixed", step: 0.5 },
  ];
  for (const field of earlier) {
    const widened = observed({ x: 3 }, { x: 2n ** 60n }).widen(kindOf(field));
    assert.deepEqual(fieldsOf(widened), [{ name, type: "u64" }], field.type);
  }
  const u64 = kindOf({ name, type: "u64" });
  assert.equal(observed({ x: 3 }, { x: 5n }).widen(u64), u64);
  assert.equal(observed({ x: 9007199254740991 }).widen(u64), u64);
  assert.deepEqual(fieldsOf(observed({ x: -1 }).widen(u64)), [{ name, type: "i8" }]);
  assert.throws(
    () => observed({ x: 2n ** 60n }).widen(kindOf({ name, type: "text" })),
    /Cannot widen field "x" of type text/,
  );
});
