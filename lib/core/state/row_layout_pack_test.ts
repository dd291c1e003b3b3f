import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FieldValueError } from "./field_value_error.ts";
import { RowLayout } from "./row_layout.ts";
import { packerOf } from "./row_packer.ts";
import type { Field, FieldValue } from "./schema.ts";

const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  u8: [0, 255],
  i8: [-128, 127],
  u16: [0, 65535],
  i16: [-32768, 32767],
  u32: [0, 4294967295],
  i32: [-2147483648, 2147483647],
};
const TEXTS = ["", "red", "__proto__", "constructor"];
/** Steps: of inverses of integers the integer, else the step itself behind a 1. */
const SCALES = new Map<number, readonly [divisor: number, multiplier: number]>([
  [0.125, [8, 1]],
  [0.01, [100, 1]],
  [1, [1, 1]],
  [0.05, [20, 1]],
  [4, [1, 4]],
  [0.3, [1, 0.3]],
]);
const HOSTILE = ["__proto__", "constructor", "toString", "hasOwnProperty", "7", "", "a.b"];

const types: fc.Arbitrary<Omit<Field, "name">> = fc.oneof(
  fc.constantFrom("bool", "f32", "f64", "text", "u32", "i32").map((type) => ({ type } as Field)),
  fc.constantFrom(...Object.keys(RANGES)).map((type) => ({ type } as Field)),
  fc.constantFrom(...SCALES.keys()).map((step) => ({ type: "fixed" as const, step })),
  fc.constant({ type: "enum" as const, values: TEXTS }),
);
const tables = fc.oneof({ weight: 4, arbitrary: fc.nat(9) }, { weight: 1, arbitrary: fc.nat(64) })
  .chain((length) =>
    fc.array(fc.tuple(types, fc.boolean()), { minLength: length, maxLength: length })
  )
  .map((all) =>
    all.map(([type, optional], i): Field => ({ ...type, optional, name: HOSTILE[i] ?? `f${i}` }))
  );

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(-0, NaN, Infinity, -Infinity, 0.1, 0.005, 1.5, 1e39, 2 ** 24 + 1, 5e-324),
  fc.constantFrom(-1, 256, 65536, 2 ** 31, 2 ** 32, -129, -32769, -(2 ** 31) - 1, 268435456),
  fc.constantFrom(undefined, null, true, false, "1", "green", "x".repeat(70), ...TEXTS),
  fc.double(),
  fc.integer({ min: -1200, max: 1200 }).map((k) => k / 4),
);

/** A value that a field can hold, seldom any other; rounded ones where `round` asks for it. */
function valueOf(field: Field): fc.Arbitrary<unknown> {
  const { type, step } = field;
  const [min, max] = RANGES[type] ?? [-1000, 1000];
  const integer = fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max, 0));
  const good: fc.Arbitrary<unknown> = type === "bool"
    ? fc.boolean()
    : type === "enum" || type === "text"
    ? fc.constantFrom(...TEXTS)
    : type === "fixed"
    ? integer.map((k) => k / SCALES.get(step!)![0] * SCALES.get(step!)![1])
    : type === "f32"
    ? fc.float()
    : type === "f64"
    ? fc.double()
    : integer;
  return fc.oneof({ weight: 40, arbitrary: good }, { weight: 1, arbitrary: odd });
}

/** How a key lies in its object. */
type Place = "own" | "getter" | "hidden" | "inherited" | "none";
const places: fc.Arbitrary<Place> = fc.oneof(
  { weight: 60, arbitrary: fc.constant<Place>("own") },
  { weight: 2, arbitrary: fc.constantFrom<Place>("getter", "hidden", "inherited", "none") },
);
class Unit {
  get f1(): number {
    return 1;
  }
}
const PROTOTYPES = [Object.prototype, null, Unit.prototype];

/** An object of values of the fields, in any order, with other keys now and then. */
function objectOf(fields: readonly Field[]): fc.Arbitrary<object> {
  const entries = fc.tuple(
    ...fields.map((field) => fc.tuple(fc.constant(field.name), valueOf(field), places)),
  );
  return fc.record({
    entries: fc.oneof(
      entries,
      entries.chain((all) => fc.shuffledSubarray(all, { minLength: all.length })),
    ),
    prototype: fc.constantFrom(...PROTOTYPES),
    extra: fc.option(fc.constantFrom("extra", "valueOf"), { nil: undefined, freq: 12 }),
    extraPlace: places,
    hasSymbol: fc.boolean(),
  }).map(({ entries, prototype, extra, extraPlace, hasSymbol }) => {
    const base = Object.create(prototype);
    const isPlain = entries.every(([, , place]) => place !== "inherited");
    const object = Object.create(isPlain && extraPlace === "own" ? prototype : base);
    for (const [name, value, place] of entries) define(object, base, name, value, place);
    if (extra !== undefined) define(object, base, extra, 1, extraPlace);
    if (hasSymbol) object[Symbol("x")] = 1;
    return object;
  });
}

function define(object: object, base: object, name: string, value: unknown, place: Place): void {
  if (place === "none") return;
  const rest = { enumerable: place !== "hidden", configurable: true };
  Object.defineProperty(
    place === "inherited" ? base : object,
    name,
    place === "getter" ? { get: () => value, ...rest } : { value, writable: true, ...rest },
  );
}

/** What is expected of a value; undefined when it fits. */
function complaint({ type, step }: Field, value: unknown, round: boolean): string | undefined {
  const range = RANGES[type];
  if (range) {
    const [min, max] = range;
    if (round) {
      // A half goes up.
      const fits = typeof value === "number" && value >= min - 0.5 && value < max + 0.5;
      return fits ? undefined : `a number from ${min} to ${max}`;
    }
    const isInteger = typeof value === "number" && Number.isInteger(value) && !Object.is(value, -0);
    const fits = isInteger && value >= min && value <= max;
    return fits ? undefined : `an integer from ${min} to ${max}`;
  }
  if (type === "bool") return typeof value === "boolean" ? undefined : "true or false";
  if (type === "enum" || type === "text") {
    if (typeof value !== "string") return "a text";
    return type === "text" || TEXTS.includes(value)
      ? undefined
      : 'one of the field\'s values: "", "red", "__proto__", "constructor"';
  }
  if (typeof value !== "number") return "a number";
  if (type === "f32") {
    if (!round && !Object.is(Math.fround(value), value)) return "a binary32 number; f64 holds it";
    const isLost = Number.isFinite(value) && !Number.isFinite(Math.fround(value));
    return isLost ? "within binary32's range; f64 holds it" : undefined;
  }
  if (type === "fixed") {
    const [divisor, multiplier] = SCALES.get(step!)!;
    const k = Math.round(value * divisor / multiplier);
    if (!(k >= -2147483647 && k <= 2147483647)) {
      return `within ${2147483647 / divisor * multiplier}`;
    }
    const isStep = Object.is((k === 0 ? 0 : k) / divisor * multiplier, value);
    return round || isStep ? undefined : `a multiple of ${step}; f64 holds it`;
  }
}

/** Words of a value that fits. */
function wordsOf({ type, step }: Field, value: unknown, pool: string[]): number[] {
  const view = new DataView(new ArrayBuffer(8));
  if (type === "bool") return [value ? 1 : 0];
  if (type === "enum") return [TEXTS.indexOf(value as string)];
  if (type === "text") {
    if (!pool.includes(value as string)) pool.push(value as string);
    return [pool.indexOf(value as string)];
  }
  if (type === "f64") {
    view.setFloat64(0, value as number);
    return [view.getInt32(4), view.getInt32(0)];
  }
  if (type === "f32") view.setFloat32(0, value as number);
  else if (type === "fixed") {
    const [divisor, multiplier] = SCALES.get(step!)!;
    view.setInt32(0, Math.round(value as number * divisor / multiplier));
  } else view.setUint32(0, Math.floor(value as number + 0.5));
  return [view.getInt32(0)];
}

/** The row of an object, or the field and the reason of the error; texts are added to `pool`. */
function model(fields: readonly Field[], object: object, round: boolean, pool: string[]) {
  const values = object as Record<string, unknown>;
  const presence = [0, 0];
  const words: number[] = [];
  for (const [i, field] of fields.entries()) {
    const { name, optional } = field;
    const value = Object.getOwnPropertyNames(values).includes(name) ? values[name] : undefined;
    if (value === undefined) {
      if (!optional) return { name, reason: "it is missing and not optional" };
      words.push(...(field.type === "f64" ? [0, 0] : [0]));
      continue;
    }
    const expected = complaint(field, value, round);
    if (expected !== undefined) {
      const shown = typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : String(value);
      const text = Object.is(value, -0) ? "-0" : shown;
      const remedy = value === null ? "; leave out a value that is absent" : "";
      return { name, reason: `the value is ${text}, expected ${expected}${remedy}` };
    }
    words.push(...wordsOf(field, value, pool));
    if (optional) presence[i >> 5]! |= 1 << (i & 31);
  }
  for (const name in values) {
    if (!fields.some((field) => field.name === name)) {
      return { name, reason: "the kind has no such field" };
    }
  }
  if (fields.some((field) => field.optional)) {
    words.unshift(...presence.slice(0, fields.length > 32 ? 2 : 1));
  }
  while (words.length % 4 !== 0 || words.length === 0) words.push(0);
  return words;
}

test("RowPacker.pack() writes the words, or throws the error, of a plain reading of its rules", () => {
  const cases = tables.chain((fields) =>
    fc.record({
      fields: fc.constant(fields),
      objects: fc.array(fc.tuple(objectOf(fields), fc.boolean()), { minLength: 1, maxLength: 6 }),
    })
  );
  let packed = 0;
  let refused = 0;
  fc.assert(
    fc.property(cases, ({ fields, objects }) => {
      const layout = new RowLayout({ name: "unit", fields });
      const pool = [""];
      for (const [object, round] of objects) {
        const words = new Int32Array(layout.stride + 4).fill(-1);
        const expected = model(fields, object, round, pool);
        const pack = () =>
          packerOf(layout).pack(object as Readonly<Record<string, FieldValue>>, words, 2, round);
        if (Array.isArray(expected)) {
          packed++;
          pack();
          assert.deepEqual([...words], [-1, -1, ...expected, -1, -1]);
        } else {
          refused++;
          const { name, reason } = expected;
          assert.throws(pack, new FieldValueError("unit", name, reason));
        }
        assert.equal(layout.texts.size, pool.length);
      }
    }),
    { numRuns: 1000 },
  );
  assert.ok(packed > 200 && refused > 200, `${packed} packed, ${refused} refused`);
});

test("RowPacker.pack() takes no key from a prototype that all objects share", () => {
  const layout = new RowLayout({ name: "unit", fields: [{ name: "x", type: "u8" }] });
  const pack = (values: Record<string, FieldValue>) =>
    packerOf(layout).pack(values, new Int32Array(4), 0);
  const prototype = Object.prototype as unknown as Record<string, unknown>;
  try {
    prototype.x = 5;
    assert.throws(() => pack({}), /missing and not optional/);
    pack({ x: 1 });
    prototype.y = 5;
    assert.throws(() => pack({ x: 1 }), /no such field/);
  } finally {
    delete prototype.x;
    delete prototype.y;
  }
});

test("RowPacker.pack() stores no text of a row that it refuses after the first bad field", () => {
  const layout = new RowLayout({
    name: "unit",
    fields: [{ name: "a", type: "text" }, { name: "n", type: "u8" }, { name: "b", type: "text" }],
  });
  const words = new Int32Array(4);
  assert.throws(
    () => packerOf(layout).pack({ b: "second", a: "first", n: -1 }, words, 0),
    FieldValueError,
  );
  assert.equal(layout.texts.size, 2);
  packerOf(layout).pack({ b: "second", n: 1, a: "first" }, words, 0);
  assert.deepEqual([...words], [1, 1, 2, 0]);
  layout.texts.keepsAll = true;
  assert.throws(
    () => packerOf(layout).pack({ b: "x".repeat(2 ** 24), n: 1, a: "first" }, words, 0),
    (error: Error) => error instanceof FieldValueError && error.field === "b",
  );
});

test("RowPacker.pack() misses each field of 64 that an object lacks", () => {
  const names = Array.from({ length: 64 }, (_, i) => `f${i}`);
  const layout = new RowLayout({
    name: "unit",
    fields: names.map((name) => ({ name, type: "u8" })),
  });
  const words = new Int32Array(64);
  for (const field of names) {
    const values = Object.fromEntries(names.map((name) => [name, 1]));
    packerOf(layout).pack(values, words, 0);
    delete values[field];
    assert.throws(() => packerOf(layout).pack(values, words, 0), {
      name: "FieldValueError",
      field,
    });
  }
});
