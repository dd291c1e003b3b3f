import assert from "node:assert/strict";
import { test } from "node:test";
import { assertKind, assertSchema, type Field, FIELD_TYPES, fixedDenominator } from "./schema.ts";
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

test("fixedDenominator() inverts powers of two and of ten", () => {
  for (let power = 0; power <= 30; power++) {
    assert.equal(fixedDenominator(1 / 2 ** power), 2 ** power);
  }
  const tens = [1, 0.1, 0.01, 0.001, 0.0001, 0.00001, 0.000001, 0.0000001, 0.00000001, 1e-9];
  tens.forEach((step, i) => assert.equal(fixedDenominator(step), Number(`1e${i}`)));
});

test("fixedDenominator() refuses every other step", () => {
  const steps = [undefined, 0, -0, -0.5, 2, 10, 0.3, 0.05, 0.2, 1 / 3, 1 / 20, 2 ** -31, 1e-10];
  const odd = [NaN, Infinity, -Infinity, 5e-324, 0.10000000000000002, 0.50001];
  for (const step of [...steps, ...odd]) {
    assertRefuses(() => fixedDenominator(step), `Step is ${step}`);
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
  for (const step of [undefined, 0.3]) {
    const field: Field = { name: "x", type: "fixed", step };
    assertRefuses(() => assertKind(kindOf(field)), '"player"', '"x"', `Step is ${step}`, "0.01");
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
