import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { float32FromBits, float64FromBits } from "../../core/bytes/bits.ts";
import { RowLayout } from "../../core/state/row_layout.ts";
import { packerOf } from "../../core/state/row_packer.ts";
import type { Field, FieldValue } from "../../core/state/schema.ts";
import { commonField } from "./common_field.ts";

const named = (field: Omit<Field, "name">): Field => ({ name: "x", ...field });

/** Steps whose values are products; those of all others here are quotients. */
const PRODUCTS = [4, 16, 0.3, 2.5];

const step = fc.oneof(
  fc.integer({ min: 0, max: 30 }).map((n) => 1 / 2 ** n),
  fc.integer({ min: 0, max: 9 }).map((n) => 1 / 10 ** n),
  fc.constantFrom(0.05, 0.2, 1 / 3),
  fc.constantFrom(...PRODUCTS),
);
const texts = fc.uniqueArray(fc.constantFrom("", "a", "b", "c", "\ud83d"), { minLength: 1 });

const numeric: fc.Arbitrary<Field> = fc.oneof(
  fc.constantFrom(...(["u8", "i8", "u16", "i16", "u32", "i32", "f32", "f64"] as const))
    .map((type) => named({ type })),
  step.map((step) => named({ type: "fixed", step })),
);
const textual: fc.Arbitrary<Field> = fc.oneof(
  texts.map((values) => named({ type: "enum", values })),
  fc.constant(named({ type: "text" })),
);
const boolean = fc.constant(named({ type: "bool" }));
const optional = (field: fc.Arbitrary<Field>) =>
  fc.tuple(field, fc.boolean()).map(([field, is]) => is ? { ...field, optional: true } : field);

const BITS: Readonly<Record<string, readonly [min: number, max: number]>> = {
  u8: [0, 2 ** 8 - 1],
  i8: [-(2 ** 7), 2 ** 7 - 1],
  u16: [0, 2 ** 16 - 1],
  i16: [-(2 ** 15), 2 ** 15 - 1],
  u32: [0, 2 ** 32 - 1],
  i32: [-(2 ** 31), 2 ** 31 - 1],
};

/** Any value that a field can hold, the ends of its range often. */
function valueOf(field: Field): fc.Arbitrary<FieldValue> {
  const integer = (min: number, max: number) =>
    fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
  switch (field.type) {
    case "bool":
      return fc.boolean();
    case "fixed":
      return integer(-0x7fffffff, 0x7fffffff).map((k) =>
        PRODUCTS.includes(field.step!) ? k * field.step! + 0 : k / Math.round(1 / field.step!)
      );
    case "f32":
      return fc.integer().map(float32FromBits);
    case "f64":
      return fc.tuple(fc.integer(), fc.integer()).map(([a, b]) => float64FromBits(a, b));
    case "enum":
      return fc.constantFrom(...field.values!);
    case "text":
      return fc.string({ unit: "binary" });
    default:
      return integer(...BITS[field.type]!);
  }
}

/** What a field gives back of a value. */
function stored(field: Field, value: FieldValue | undefined): FieldValue | undefined {
  const layout = new RowLayout({ name: "k", fields: [field] });
  const words = new Int32Array(layout.stride);
  packerOf(layout).set(words, 0, 0, value);
  return layout.get(words, 0, 0);
}

test("commonField() holds every value of either field, and absence where either may lack it", () => {
  const pair = fc.oneof(...[numeric, textual, boolean].map((one) => {
    const field = optional(one);
    return fc.tuple(field, field);
  }));
  fc.assert(
    fc.property(
      pair.chain(([a, b]) => fc.tuple(fc.constant([a, b] as const), valueOf(a), valueOf(b))),
      ([[a, b], ofA, ofB]) => {
        const common = commonField(a, b)!;
        for (const value of [ofA, ofB]) assert.ok(Object.is(stored(common, value), value));
        const isOptional = a.optional === true || b.optional === true;
        assert.equal(common.optional, isOptional ? true : undefined);
        if (isOptional) assert.equal(stored(common, undefined), undefined);
      },
    ),
    { numRuns: 1000 },
  );
});

test("commonField() of a field with itself is that field", () => {
  fc.assert(fc.property(optional(fc.oneof(numeric, textual, boolean)), (field) => {
    assert.deepEqual(commonField(field, field), field);
  }));
});

const TYPES: readonly [a: Omit<Field, "name">, b: Omit<Field, "name">, Omit<Field, "name">][] = [
  [{ type: "u8" }, { type: "i8" }, { type: "i16" }],
  [{ type: "u8" }, { type: "u16" }, { type: "u16" }],
  [{ type: "u16" }, { type: "i8" }, { type: "i32" }],
  [{ type: "u32" }, { type: "i8" }, { type: "f64" }],
  [{ type: "u16" }, { type: "fixed", step: 0.01 }, { type: "fixed", step: 0.01 }],
  [{ type: "u32" }, { type: "fixed", step: 0.01 }, { type: "f64" }],
  [{ type: "u8" }, { type: "fixed", step: 2 ** -20 }, { type: "fixed", step: 2 ** -20 }],
  [{ type: "u16" }, { type: "fixed", step: 2 ** -20 }, { type: "f64" }],
  [{ type: "fixed", step: 0.5 }, { type: "fixed", step: 0.01 }, { type: "f64" }],
  [{ type: "fixed", step: 4 }, { type: "fixed", step: 0.05 }, { type: "f64" }],
  [{ type: "u8" }, { type: "fixed", step: 4 }, { type: "f64" }],
  [{ type: "u16" }, { type: "fixed", step: 0.05 }, { type: "fixed", step: 0.05 }],
  [{ type: "u16" }, { type: "f32" }, { type: "f32" }],
  [{ type: "u32" }, { type: "f32" }, { type: "f64" }],
  [{ type: "fixed", step: 0.25 }, { type: "f32" }, { type: "f64" }],
  [{ type: "f32" }, { type: "f64" }, { type: "f64" }],
  [{ type: "u64" }, { type: "u64" }, { type: "u64" }],
  [{ type: "u64" }, { type: "u8" }, { type: "u64" }],
  [{ type: "u64" }, { type: "u32" }, { type: "u64" }],
  [
    { type: "enum", values: ["b", "a"] },
    { type: "enum", values: ["c", "a"] },
    { type: "enum", values: ["b", "a", "c"] },
  ],
  [{ type: "enum", values: ["a"] }, { type: "text" }, { type: "text" }],
];

test("commonField() is the narrowest, whichever field comes first", () => {
  for (const [a, b, common] of TYPES) {
    assert.deepEqual(commonField(named(a), named(b)), named(common));
    if (common.type !== "enum") assert.deepEqual(commonField(named(b), named(a)), named(common));
  }
});

test("commonField() makes enums a text when they have too many texts for one", () => {
  const many = (prefix: string, length: number) =>
    named({ type: "enum", values: Array.from({ length }, (_, i) => prefix + i) });
  assert.equal(commonField(many("a", 65_000), many("b", 536))!.values!.length, 65_536);
  assert.deepEqual(commonField(many("a", 65_000), many("b", 537)), named({ type: "text" }));
});

test("commonField() gives nothing for values of two sorts", () => {
  const sorts = [named({ type: "bool" }), named({ type: "u8" }), named({ type: "text" })];
  for (const a of sorts) {
    for (const b of sorts) assert.equal(commonField(a, b) !== undefined, a === b);
  }
});

test("commonField() gives nothing for u64 beside what is no unsigned integer", () => {
  const others: Omit<Field, "name">[] = [
    ...(["i8", "i32", "f32", "f64", "bool", "text"] as const).map((type) => ({ type })),
    { type: "fixed", step: 0.5 },
  ];
  for (const other of others) {
    assert.equal(commonField(named({ type: "u64" }), named(other)), undefined, other.type);
    assert.equal(commonField(named(other), named({ type: "u64" })), undefined, other.type);
  }
});
