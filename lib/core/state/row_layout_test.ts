import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Mask } from "../bytes/mask.ts";
import { FieldValueError } from "./field_value_error.ts";
import { integerRange } from "./field_range.ts";
import { diffRows, RowLayout } from "./row_layout.ts";
import { packerOf } from "./row_packer.ts";
import { type Field, type FieldType, type FieldValue, SchemaError } from "./schema.ts";

type Values = Record<string, FieldValue>;

/** Steps, each with what a value of k steps is, by hand. */
const STEPS: readonly [step: number, valueOf: (k: number) => number][] = [
  ...([[1, 1], [0.5, 2], [0.125, 8], [1 / 1073741824, 1073741824]] as const).map(over),
  ...([[0.1, 10], [0.01, 100], [0.001, 1000], [0.000000001, 1e9]] as const).map(over),
  ...([[0.2, 5], [0.05, 20], [0.004, 250], [1 / 3, 3], [1 / 49, 49]] as const).map(over),
  ...[2, 4, 16, 0.3, 2.5, 1.1, 1e-17, 1e290].map((step): (typeof STEPS)[number] => [
    step,
    (k) => k * step,
  ]),
];
const TEXTS = ["", "red", "__proto__", "constructor", "\u{1F3AF}", "blue"];
const HOSTILE = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "", "a.b"];
const K_MAX = 2147483647;
const U64_MAX = 18446744073709551615n;

function over([step, divisor]: readonly [number, number]): (typeof STEPS)[number] {
  return [step, (k) => k / divisor];
}

function integers(min: number, max: number): fc.Arbitrary<FieldValue> {
  return fc.oneof(fc.constantFrom(min, max, 0, 1), fc.integer({ min, max }));
}

/** A field with values that it can hold. */
interface Column {
  field: Omit<Field, "name">;
  values: fc.Arbitrary<FieldValue>;
}

const columns: fc.Arbitrary<Column> = fc.oneof(
  fc.constantFrom<Column>(
    { field: { type: "bool" }, values: fc.boolean() },
    { field: { type: "u8" }, values: integers(0, 255) },
    { field: { type: "i8" }, values: integers(-128, 127) },
    { field: { type: "u16" }, values: integers(0, 65535) },
    { field: { type: "i16" }, values: integers(-32768, 32767) },
    { field: { type: "u32" }, values: integers(0, 4294967295) },
    { field: { type: "i32" }, values: integers(-2147483648, 2147483647) },
    { field: { type: "f32" }, values: fc.oneof(fc.float(), fc.constantFrom(0, -0, NaN)) },
    { field: { type: "f64" }, values: fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN)) },
    { field: { type: "enum", values: TEXTS }, values: fc.constantFrom(...TEXTS) },
    {
      field: { type: "u64" },
      values: fc.oneof(
        fc.bigInt({ min: 0n, max: U64_MAX }),
        fc.constantFrom(0n, 1n, 0xffffffffn, 2n ** 32n, 2n ** 53n, U64_MAX),
      ),
    },
  ),
  fc.constantFrom(...STEPS).map(([step, valueOf]) => ({
    field: { type: "fixed" as const, step },
    values: fc.oneof(fc.integer({ min: -K_MAX, max: K_MAX }), fc.constantFrom(-K_MAX, 0, K_MAX))
      .map((k) => valueOf(k) + 0),
  })),
);

/** A layout with two rows of values, of which some fields are equal; undefined is absent. */
const cases = fc.array(fc.record({ column: columns, optional: fc.boolean() }), { maxLength: 64 })
  .chain((all) => {
    const rows = all.map(({ column, optional }) => {
      const value = optional
        ? fc.option(column.values, { nil: undefined, freq: 3 })
        : column.values as fc.Arbitrary<FieldValue | undefined>;
      return fc.oneof(fc.tuple(value, value), value.map((same) => [same, same] as const));
    });
    return fc.tuple(fc.constant(all), fc.tuple(...rows));
  })
  .map(([all, pairs]) => {
    const fields = all.map(({ column, optional }, i): Field => ({
      name: HOSTILE[i] ?? `f${i}`,
      ...column.field,
      optional,
    }));
    return { fields, a: pairs.map((pair) => pair[0]), b: pairs.map((pair) => pair[1]) };
  });

function objectOf(fields: readonly Field[], values: readonly (FieldValue | undefined)[]): Values {
  const entries = fields.map((field, i) => [field.name, values[i]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Values;
}

function layoutOf(...fields: Field[]): RowLayout {
  return new RowLayout({ name: "player", fields });
}

function diffOf(layout: RowLayout, words: Int32Array, at: number, baseAt: number): Mask {
  const mask = new Mask();
  diffRows(layout, words, at, words, baseAt, mask);
  return mask;
}

test("diffRows() marks exactly the fields whose values Object.is() tells apart", () => {
  fc.assert(fc.property(cases, ({ fields, a, b }) => {
    const layout = layoutOf(...fields);
    const [at, baseAt] = [4, 4 + layout.stride];
    const words = new Int32Array(4 + 2 * layout.stride);
    packerOf(layout).pack(objectOf(fields, a), words, at);
    packerOf(layout).pack(objectOf(fields, b), words, baseAt);
    const changed = fields.flatMap((_, i) => Object.is(a[i], b[i]) ? [] : [i]);
    assert.deepEqual([...diffOf(layout, words, at, baseAt)], changed);
    assert.deepEqual([...diffOf(layout, words, baseAt, at)], changed);
    assert.deepEqual([...diffOf(layout, words, at, at)], []);
  }));
});

test("RowLayout.unpack() gives back what pack() took, over whatever the row held", () => {
  fc.assert(fc.property(cases, ({ fields, a, b }) => {
    const layout = layoutOf(...fields);
    const words = new Int32Array(3 + layout.stride + 3).fill(-1);
    for (const values of [a, b]) {
      packerOf(layout).pack(objectOf(fields, values), words, 3);
      const object = layout.unpack(words, 3);
      assert.deepEqual(Object.entries(object), Object.entries(objectOf(fields, values)));
      assert.equal(Object.getPrototypeOf(object), Object.prototype);
      fields.forEach((field, i) => {
        assert.ok(Object.is(layout.get(words, 3, i), values[i]), field.type);
        assert.equal(layout.isPresent(words, 3, i), values[i] !== undefined);
      });
    }
    for (const i of [0, 1, 2]) {
      assert.equal(words[i], -1);
      assert.equal(words[3 + layout.stride + i], -1);
    }
  }));
});

test("RowPacker.pack() writes equal rows for equal values, whatever the row held", () => {
  fc.assert(fc.property(cases, ({ fields, a, b }) => {
    const layout = layoutOf(...fields);
    const fresh = new Int32Array(layout.stride);
    const used = new Int32Array(layout.stride).fill(-1);
    packerOf(layout).pack(objectOf(fields, a), used, 0);
    packerOf(layout).pack(objectOf(fields, b), used, 0);
    packerOf(layout).pack(objectOf(fields, b), fresh, 0);
    assert.deepEqual(used, fresh);
  }));
});

test("RowLayout gives a row the words of the text: presence, fields in order, padding to 4", () => {
  const plain = layoutOf(
    { name: "x", type: "f32" },
    { name: "t", type: "f64" },
    { name: "hp", type: "u8" },
    { name: "on", type: "bool" },
  );
  assert.deepEqual([plain.stride, plain.presenceWords], [8, 0]);
  assert.deepEqual([...plain.wordOf], [0, 1, 3, 4]);
  assert.deepEqual([...plain.wordsOf], [1, 2, 1, 1]);
  const words = new Int32Array(8);
  packerOf(plain).pack({ x: -0, t: 0.1, hp: 200, on: true }, words, 0);
  assert.deepEqual([...words], [-2147483648, 0x9999999a | 0, 0x3fb99999, 200, 1, 0, 0, 0]);

  const optional = layoutOf(
    { name: "a", type: "u8" },
    { name: "b", type: "i32", optional: true },
    { name: "c", type: "enum", values: ["no", "yes"], optional: true },
  );
  assert.deepEqual([optional.stride, optional.presenceWords], [4, 1]);
  assert.deepEqual([...optional.wordOf], [1, 2, 3]);
  packerOf(optional).pack({ a: 7, c: "yes" }, words, 0);
  assert.deepEqual([...words.subarray(0, 4)], [0b100, 7, 0, 1]);
});

test("RowLayout has a stride of at least 4 and two presence words above 32 fields", () => {
  assert.equal(layoutOf().stride, 4);
  const fields = (count: number, optional: boolean, type: FieldType = "u8") =>
    Array.from({ length: count }, (_, i): Field => ({ name: `f${i}`, type, optional }));
  assert.equal(layoutOf(...fields(4, false)).stride, 4);
  assert.equal(layoutOf(...fields(4, true)).stride, 8);
  assert.equal(layoutOf(...fields(32, true)).presenceWords, 1);
  assert.equal(layoutOf(...fields(33, true)).presenceWords, 2);
  assert.equal(layoutOf(...fields(64, true, "f64")).stride, 132);
});

test("diffRows() tells an absent field from one that is zero", () => {
  for (const field of [0, 31, 32, 63]) {
    const layout = layoutOf(...Array.from({ length: 64 }, (_, i): Field => ({
      name: `f${i}`,
      type: "u8",
      optional: true,
    })));
    const words = new Int32Array(2 * layout.stride);
    packerOf(layout).set(words, layout.stride, field, 0);
    assert.deepEqual([...diffOf(layout, words, 0, layout.stride)], [field]);
    assert.deepEqual(layout.unpack(words, 0), {});
    assert.deepEqual(layout.unpack(words, layout.stride), { [`f${field}`]: 0 });
  }
});

test("diffRows() compares NaN payloads as bits", () => {
  const layout = layoutOf({ name: "x", type: "f32" }, { name: "y", type: "f64" });
  const words = Int32Array.of(0x7fc00001, 1, 0x7ff80000, 0, 0x7fc00002, 2, 0x7ff80000, 0);
  assert.deepEqual([...diffOf(layout, words, 0, 4)], [0, 1]);
  assert.deepEqual([...diffOf(layout, words.slice(0, 4), 0, 0)], []);
});

test("diffRows() adds to the mask and leaves what it held", () => {
  const layout = layoutOf({ name: "x", type: "u8" }, { name: "y", type: "u8" });
  const mask = new Mask().set(0).set(50);
  diffRows(layout, Int32Array.of(0, 1, 0, 0), 0, new Int32Array(4), 0, mask);
  assert.deepEqual([...mask], [0, 1, 50]);
});

test("RowLayout.setPresent() with false keeps the other bits", () => {
  const layout = layoutOf(
    { name: "x", type: "u8", optional: true },
    { name: "y", type: "u8", optional: true },
  );
  const words = new Int32Array(4);
  packerOf(layout).pack({ x: 1, y: 2 }, words, 0);
  layout.setPresent(words, 0, 0, false);
  assert.deepEqual(layout.unpack(words, 0), { y: 2 });
  layout.setPresent(words, 0, 0, true);
  assert.deepEqual(layout.unpack(words, 0), { x: 1, y: 2 });
});

test("integerRange() gives the limits of two's complement", () => {
  assert.deepEqual(integerRange("u8"), [0, 255]);
  assert.deepEqual(integerRange("i8"), [-128, 127]);
  assert.deepEqual(integerRange("u16"), [0, 65535]);
  assert.deepEqual(integerRange("i16"), [-32768, 32767]);
  assert.deepEqual(integerRange("u32"), [0, 4294967295]);
  assert.deepEqual(integerRange("i32"), [-2147483648, 2147483647]);
  for (const type of ["bool", "u64", "f32", "f64", "fixed", "enum"] as const) {
    assert.equal(integerRange(type), undefined);
  }
});

const REFUSED: readonly [field: Omit<Field, "name">, values: unknown[], expected: string][] = [
  [{ type: "bool" }, [0, 1, "true", null, NaN], "true or false"],
  [{ type: "u8" }, [-1, 256, 1.5, NaN, Infinity, -0, "1", true, null, 5n, -1n], "from 0 to 255"],
  [{ type: "i8" }, [-129, 128, 0.5, -0], "from -128 to 127"],
  [{ type: "u16" }, [-1, 65536], "from 0 to 65535"],
  [{ type: "i16" }, [-32769, 32768, -0.5], "from -32768 to 32767"],
  [{ type: "u32" }, [-1, 4294967296, -0], "from 0 to 4294967295"],
  [{ type: "i32" }, [-2147483649, 2147483648, -0], "from -2147483648 to 2147483647"],
  [
    { type: "u64" },
    [-1, 0.5, -0, NaN, 2 ** 53, Infinity, -1n, 2n ** 64n, "1", true, null],
    "an integer from 0 to 18446744073709551615",
  ],
  [{ type: "f32" }, [0.1, 16777217, 1e39, "1", false, null], ""],
  [{ type: "f64" }, ["1", "NaN", true, null, 2n ** 53n], "a number"],
  [{ type: "fixed", step: 0.125 }, [0.1, NaN, Infinity, 268435456, -0, "1", true], ""],
  [{ type: "fixed", step: 0.01 }, [0.005, 21474836.48, 0.1 + 0.2, -0], ""],
  [{ type: "fixed", step: 4 }, [1, 2, -2, 4.000000000000001, 0.1, -0], "a multiple of 4; f64"],
  [
    { type: "fixed", step: 4 },
    [8589934592, -8589934592, 1e300, NaN, Infinity],
    "within 8589934588",
  ],
  // Three steps of 0.3 are 0.8999999999999999 in binary64, and 0.9 is beside it.
  [{ type: "fixed", step: 0.3 }, [0.9, 0.1, 1, -0], "a multiple of 0.3; f64"],
  [{ type: "fixed", step: 1 / 3 }, [0.333, 0.6666666666666667, -0], "a multiple of 0.33333"],
  [{ type: "fixed", step: 1e298 }, [Infinity, 5e297, NaN], ""],
  [{ type: "enum", values: ["a"] }, ["b", "", "constructor", "__proto__", 0, true, null], ""],
];

describe("RowPacker.set() refuses, naming kind, field and value:", () => {
  for (const [field, values, expected] of REFUSED) {
    test(`${field.type}${field.step ? ` of ${field.step}` : ""}`, () => {
      const layout = layoutOf({ name: "hp", ...field });
      for (const value of values) {
        const words = Int32Array.of(5, 6, 7, 8);
        assert.throws(
          () => packerOf(layout).set(words, 0, 0, value as FieldValue),
          (error: Error) => {
            assert.ok(error instanceof FieldValueError && error instanceof RangeError);
            assert.deepEqual([error.name, error.kind, error.field], [
              "FieldValueError",
              "player",
              "hp",
            ]);
            const text = typeof value === "string"
              ? JSON.stringify(value)
              : Object.is(value, -0)
              ? "-0"
              : typeof value === "bigint"
              ? `the bigint ${value}`
              : String(value);
            assert.ok(error.message.includes(`the value is ${text}, expected `), error.message);
            assert.ok(error.message.includes(expected), error.message);
            return true;
          },
        );
        assert.deepEqual([...words], [5, 6, 7, 8]);
      }
    });
  }
});

test("RowPacker takes bigints and safe integers for u64, and RowLayout gives a bigint always", () => {
  const layout = layoutOf({ name: "n", type: "u64" }, { name: "m", type: "u64", optional: true });
  const words = new Int32Array(8).fill(-1);
  // Presence, low and high half of n, those of m, padding.
  packerOf(layout).pack({ n: 0x1234567_89abcdefn, m: 7 }, words, 0);
  assert.deepEqual([...words.map((word) => word | 0)], [
    2,
    0x89abcdef | 0,
    0x1234567,
    7,
    0,
    0,
    0,
    0,
  ]);
  assert.deepEqual(layout.unpack(words, 0), { n: 0x1234567_89abcdefn, m: 7n });
  packerOf(layout).pack({ n: Number.MAX_SAFE_INTEGER }, words, 0);
  assert.deepEqual([...words], [0, -1, 0x1fffff, 0, 0, 0, 0, 0]);
  assert.deepEqual(layout.unpack(words, 0), { n: 9007199254740991n });
});

test("RowPacker.set() rounds a bigint to the nearest number that another field holds", () => {
  const set = (type: FieldType, value: bigint, round: boolean) => {
    const layout = layoutOf({ name: "x", type });
    const words = new Int32Array(4);
    packerOf(layout).set(words, 0, 0, value, round);
    return layout.get(words, 0, 0);
  };
  assert.equal(set("u8", 255n, true), 255);
  assert.equal(set("f64", 2n ** 53n + 1n, true), 2 ** 53);
  assert.throws(() => set("u8", 255n, false), /the value is the bigint 255, expected an integer/);
  assert.throws(() => set("u8", 256n, true), FieldValueError);
  assert.throws(() => set("bool", 1n, true), FieldValueError);
});

test("RowPacker.set() rounds a number to the nearest integer of u64, and none that is out of range", () => {
  const layout = layoutOf({ name: "x", type: "u64" });
  const words = new Int32Array(4);
  packerOf(layout).set(words, 0, 0, 4294967296.5, true);
  assert.deepEqual([...words], [1, 1, 0, 0]);
  packerOf(layout).set(words, 0, 0, -0.4, true);
  assert.deepEqual([...words], [0, 0, 0, 0]);
  for (const value of [-0.6, NaN, 2 ** 53, 2n ** 64n]) {
    assert.throws(() => packerOf(layout).set(words, 0, 0, value, true), FieldValueError);
  }
  assert.throws(
    () => packerOf(layout).set(words, 0, 0, 2 ** 53),
    /expected an integer from 0 to 18446744073709551615, above 9007199254740991 as a bigint/,
  );
});

test("RowPacker.set() refuses to leave out a field that is not optional", () => {
  const layout = layoutOf({ name: "x", type: "u8" }, { name: "y", type: "u8", optional: true });
  assert.throws(() => packerOf(layout).set(new Int32Array(4), 0, 0, undefined), FieldValueError);
  assert.throws(() => packerOf(layout).pack({ y: 1 }, new Int32Array(4), 0), {
    name: "FieldValueError",
    field: "x",
  });
  packerOf(layout).pack({ x: 1 }, new Int32Array(4), 0);
});

test("RowPacker.pack() refuses keys that are no fields, also names of Object's properties", () => {
  const layout = layoutOf({ name: "x", type: "u8" });
  for (const key of ["y", "__proto__", "constructor", "toString", ""]) {
    const values = JSON.parse(`{"x":1,${JSON.stringify(key)}:1}`);
    assert.throws(() => packerOf(layout).pack(values, new Int32Array(4), 0), {
      name: "FieldValueError",
      field: key,
    });
  }
});

test("RowPacker.pack() never takes a value that an object only inherits", () => {
  for (const name of HOSTILE) {
    const layout = layoutOf({ name, type: "u8" });
    assert.throws(
      () => packerOf(layout).pack({}, new Int32Array(4), 0),
      /missing and not optional/,
    );
    assert.throws(
      () => packerOf(layout).pack(Object.create({ [name]: 1 }), new Int32Array(4), 0),
      /missing and not optional/,
    );
  }
});

test("RowPacker.set() zeroes every word of a field that it makes absent", () => {
  const layout = layoutOf({ name: "x", type: "f64", optional: true });
  const words = new Int32Array(4);
  packerOf(layout).set(words, 0, 0, 0.1);
  packerOf(layout).set(words, 0, 0, undefined);
  assert.deepEqual([...words], [0, 0, 0, 0]);
});

test("RowPacker.set() rounds numbers to what the field holds when it is told to", () => {
  const layout = layoutOf(
    { name: "x", type: "fixed", step: 0.25 },
    { name: "y", type: "fixed", step: 0.01 },
    { name: "z", type: "f32" },
    { name: "n", type: "u8" },
  );
  const words = new Int32Array(4);
  packerOf(layout).pack({ x: 1.3, y: -0.126, z: 0.1, n: 8.5 }, words, 0, true);
  assert.deepEqual([...words], [5, -13, 0x3dcccccd, 9]);
  packerOf(layout).set(words, 0, 3, -0.4, true);
  assert.equal(words[3], 0);
  packerOf(layout).pack({ x: -0.1, y: -0.001, z: 16777217, n: 9 }, words, 0, true);
  assert.deepEqual(layout.unpack(words, 0), { x: 0, y: 0, z: 16777216, n: 9 });
});

test("RowPacker.set() refuses to round what stays out of range", () => {
  const set = (field: Omit<Field, "name">, value: FieldValue) =>
    packerOf(layoutOf({ name: "x", ...field })).set(new Int32Array(4), 0, 0, value, true);
  assert.throws(() => set({ type: "f32" }, 1e39), FieldValueError);
  assert.throws(() => set({ type: "f32" }, -1e300), FieldValueError);
  assert.throws(() => set({ type: "fixed", step: 0.5 }, 1073741824), FieldValueError);
  assert.throws(() => set({ type: "fixed", step: 0.5 }, NaN), FieldValueError);
  assert.throws(() => set({ type: "u8" }, 255.5), FieldValueError);
  assert.throws(() => set({ type: "u32" }, NaN), FieldValueError);
  assert.throws(() => set({ type: "u32" }, -0.6), FieldValueError);
  assert.throws(() => set({ type: "i32" }, 2147483647.5), FieldValueError);
  set({ type: "i32" }, 2147483647.4);
  set({ type: "u32" }, 4294967295.4);
  set({ type: "f32" }, Infinity);
  set({ type: "f32" }, NaN);
});

test("RowLayout decodes a decimal step as a quotient, never as a product", () => {
  const layout = layoutOf({ name: "x", type: "fixed", step: 0.01 });
  const words = new Int32Array(4);
  for (const value of [0.07, 0.29, 1.13, 21474836.47, -0.57]) {
    packerOf(layout).pack({ x: value }, words, 0);
    assert.equal(layout.get(words, 0, 0), value);
  }
});

/** Any step that a field can have, those of games more often than others. */
const anyStep = fc.oneof(
  fc.constantFrom(...STEPS.map(([step]) => step)),
  fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
  fc.double({ min: 2 ** -1022, max: 1e298, noNaN: true }),
  fc.integer({ min: 1, max: 2 ** 31 - 1 }).map((divisor) => 1 / divisor),
  fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 12 }))
    .map(([m, n]) => m / 10 ** n),
);
const counts = fc.oneof(fc.integer({ min: -K_MAX, max: K_MAX }), fc.constantFrom(-K_MAX, K_MAX));

test("RowPacker takes what RowLayout gives of any count of any step, rounding or not", () => {
  fc.assert(
    fc.property(anyStep, fc.array(counts, { maxLength: 8 }), (step, ks) => {
      const layout = layoutOf({ name: "x", type: "fixed", step });
      const [words, again] = [new Int32Array(4), new Int32Array(4)];
      for (const k of [...ks, 0, 1, -1, K_MAX]) {
        words[0] = k;
        const value = layout.get(words, 0, 0) as number;
        // Within two roundings of the product, whichever way it is had.
        assert.ok(Math.abs(value - k * step) <= Math.abs(k * step) * 2 ** -51, `${k} of ${step}`);
        for (const round of [false, true]) {
          again.fill(7);
          packerOf(layout).set(again, 0, 0, value, round);
          assert.equal(again[0], k, `${k} of ${step}`);
          again.fill(7);
          packerOf(layout).pack({ x: value }, again, 0, round);
          assert.deepEqual([...again], [k, 0, 0, 0]);
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test("RowLayout gives of a step of m over 10^n whose inverse is whole just the decimals", () => {
  const layout = layoutOf({ name: "x", type: "fixed", step: 0.05 });
  const words = new Int32Array(4);
  for (const [k, value] of [[3, 0.15], [6, 0.3], [7, 0.35], [-57, -2.85], [20, 1]] as const) {
    words[0] = k;
    assert.equal(layout.get(words, 0, 0), value);
  }
  // A step without such an inverse is a binary64 that is multiplied: 3 times 0.3 is just below 0.9.
  const product = layoutOf({ name: "x", type: "fixed", step: 0.3 });
  words[0] = 3;
  assert.equal(product.get(words, 0, 0), 0.8999999999999999);
});

test("RowPacker.set() rounds to the nearest multiple, a half up, and half the step is the largest error", () => {
  const words = new Int32Array(4);
  for (const step of [1, 4, 16]) {
    const layout = layoutOf({ name: "x", type: "fixed", step });
    let [most, ties] = [0, 0];
    for (let eighths = -800; eighths <= 800; eighths++) {
      const value = eighths / 8;
      packerOf(layout).set(words, 0, 0, value, true);
      const kept = layout.get(words, 0, 0) as number;
      assert.equal(Math.abs(kept % step), 0);
      const error = kept - value;
      most = Math.max(most, Math.abs(error));
      assert.ok(Math.abs(error) <= step / 2);
      if (Math.abs(error) !== step / 2) continue;
      ties++;
      assert.equal(error, step / 2);
    }
    assert.equal(most, step / 2);
    assert.ok(ties > 0);
  }
});

test("RowPacker.set() rounds to a multiple of any step that no other is nearer than", () => {
  const near = fc.double({ min: -1e5, max: 1e5, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), near, (step, value) => {
      const layout = layoutOf({ name: "x", type: "fixed", step });
      const words = new Int32Array(4);
      packerOf(layout).set(words, 0, 0, value, true);
      const k = words[0]!;
      const distance = (count: number) => {
        words[0] = count;
        return Math.abs(layout.get(words, 0, 0) as number - value);
      };
      const slack = Math.abs(value) * 2 ** -50;
      for (const other of [k - 1, k + 1]) assert.ok(distance(k) <= distance(other) + slack);
    }),
  );
});

test("RowLayout refuses a field table that cannot be used", () => {
  assert.throws(() => layoutOf({ name: "x", type: "fixed", step: 0 }), SchemaError);
  assert.throws(
    () => layoutOf({ name: "x", type: "u8" }, { name: "x", type: "u8" }),
    SchemaError,
  );
});
