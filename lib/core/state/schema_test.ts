import assert from "node:assert/strict";
import { test } from "node:test";
import { assertKind, assertSchema, type Field, FIELD_TYPES, fixedScale } from "./schema.ts";
import { type FieldType, type Kind, NAMES_MAX, SchemaError } from "./schema.ts";

function kindOf(...fields: Field[]): Kind {
  return { name: "player", fields };
}

/** Asserts a SchemaError whose message holds every text. */
function assertRefuses(use: () => unknown, ...texts: string[]): void {
  assert.throws(use, (error: Error) => {
    assert.ok(error instanceof SchemaError && error instanceof RangeError, String(error));
    assert.equal(error.name, "SchemaError");
    for (const text of texts) assert.ok(error.message.includes(text), error.message);
    return true;
  });
}

test("FIELD_TYPES are the thirteen types of the data model", () => {
  const types = [
    "bool",
    "u8",
    "i8",
    "u16",
    "i16",
    "u32",
    "i32",
    "u64",
    "f32",
    "f64",
    "enum",
    "fixed",
    "text",
  ];
  assert.deepEqual([...FIELD_TYPES].sort(), types.sort());
});

test("fixedScale() divides by the inverse of a step where that is an integer up to 2^50", () => {
  const divides = (step: number, divisor: number) =>
    assert.deepEqual(fixedScale(step), { multiplier: 1, divisor }, `${step}`);
  for (let power = 0; power <= 50; power++) divides(1 / 2 ** power, 2 ** power);
  const tens = [1, 0.1, 0.01, 0.001, 0.0001, 0.00001, 0.000001, 0.0000001, 0.00000001, 1e-9];
  tens.forEach((step, i) => divides(step, Number(`1e${i}`)));
  const others: [step: number, divisor: number][] = [
    ...[[0.2, 5], [0.05, 20], [0.004, 250], [0.025, 40], [1 / 3, 3]] as const,
    ...[[1 / 60, 60], [1e-10, 1e10], [1e-15, 1e15]] as const,
    // 49 * (1 / 49) is no 1 in binary64, and neither is the inverse of the quotient 49.
    ...[[1 / 49, 49], [1 / 98, 98], [1 / 103, 103], [1 / (2 ** 50 - 1), 2 ** 50 - 1]] as const,
  ].map(([step, divisor]) => [step, divisor]);
  for (const [step, divisor] of others) divides(step, divisor);
});

test("fixedScale() multiplies with every other step", () => {
  const steps = [2, 4, 16, 10, 100, 3, 7, 0.3, 0.15, 0.7, 2.5, 1.1, 0.75, 1 / 3 + 2 ** -54];
  const ends = [2 ** -51, 1e-16, 1e-300, 2 ** -1022, 1e298, 0.10000000000000002, 0.50001];
  for (const step of [...steps, ...ends]) {
    assert.deepEqual(fixedScale(step), { multiplier: step, divisor: 1 }, `${step}`);
  }
});

test("fixedScale() refuses a step that is not positive, whose multiples are not finite, or not of full precision", () => {
  const none = [undefined, 0, -0, -0.5, -4, NaN, Infinity, -Infinity, null, "4", 4n];
  const ends = [5e-324, 2 ** -1023, 2.2250738585072009e-308, 8.4e298, 1e300, Number.MAX_VALUE];
  for (const step of [...none, ...ends]) {
    const expected = "expected a positive number, 2.3e-308 to 8.3e298";
    assertRefuses(() => fixedScale(step as number), `Step is ${step}, ${expected}`);
  }
});

test("assertKind() takes 0 to 64 fields and refuses 65, with a remedy", () => {
  const fields = (count: number) =>
    Array.from({ length: count }, (_, i): Field => ({ name: `f${i}`, type: "u8" }));
  assertKind(kindOf());
  assertKind(kindOf(...fields(64)));
  assertRefuses(() => assertKind(kindOf(...fields(65))), '"player"', "65 fields", "64", "split");
});

test("assertKind() takes every type", () => {
  const extra: { [type in FieldType]?: Partial<Field> } = {
    fixed: { step: 0.125 },
    enum: { values: ["a", "b"] },
  };
  assertKind(kindOf(...FIELD_TYPES.map((type): Field => ({ name: type, type, ...extra[type] }))));
});

test("assertKind() refuses a name that occurs twice", () => {
  const twice = kindOf({ name: "x", type: "u8" }, { name: "x", type: "f32" });
  assertRefuses(() => assertKind(twice), '"player"', '"x"', "twice");
});

test("assertKind() takes names of Object's own properties, each once", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", ""];
  const fields = names.map((name): Field => ({ name, type: "u8" }));
  assertKind(kindOf(...fields));
  for (const field of fields) {
    assertRefuses(() => assertKind(kindOf(...fields, field)), JSON.stringify(field.name), "twice");
  }
});

test("assertKind() refuses types that it does not know, also names of Object's properties", () => {
  for (const type of ["u128", "F32", "", "constructor", "__proto__", "length", undefined, 3]) {
    const field = { name: "x", type: type as FieldType };
    assertRefuses(() => assertKind(kindOf(field)), '"player"', '"x"', "f32, f64");
  }
});

test("assertKind() refuses a fixed field without a step that can be used, naming it", () => {
  for (const step of [undefined, 0, -4, NaN]) {
    const field: Field = { name: "x", type: "fixed", step };
    assertRefuses(() => assertKind(kindOf(field)), '"player"', '"x"', `Step is ${step}`, "8.3e298");
  }
});

test("assertKind() refuses an enum without values, with too many, or with one twice", () => {
  const enumOf = (values?: string[]) => kindOf({ name: "team", type: "enum", values });
  const texts = Array.from({ length: 65537 }, (_, i) => `${i}`);
  assertKind(enumOf(texts.slice(1)));
  assertKind(enumOf([]));
  assertRefuses(() => assertKind(enumOf()), '"team"', "values");
  assertRefuses(() => assertKind(enumOf(texts)), '"team"', "65537", "65536");
  assertRefuses(() => assertKind(enumOf(["a", "b", "a"])), '"team"', "twice");
  assert.equal(NAMES_MAX, 65536);
});

test("assertSchema() refuses a kind that occurs twice, and bad kinds", () => {
  assertSchema({ kinds: [] });
  assertSchema({ kinds: [{ name: "a", fields: [] }, { name: "__proto__", fields: [] }] });
  const twice = [kindOf(), { name: "a", fields: [] }, kindOf()];
  assertRefuses(() => assertSchema({ kinds: twice }), '"player"', "twice");
  const bad = [kindOf({ name: "x", type: "fixed" })];
  assertRefuses(() => assertSchema({ kinds: bad }), '"x"');
});

test("assertSchema() takes 65 536 kinds and refuses one more", () => {
  const kinds = Array.from({ length: 65537 }, (_, i): Kind => ({ name: `${i}`, fields: [] }));
  assertSchema({ kinds: kinds.slice(1) });
  assertRefuses(() => assertSchema({ kinds }), "65537", "65536");
});
