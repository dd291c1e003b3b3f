import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { NumberRange, rangeFor, SteppedRange } from "./number_range.ts";
import { RowLayout } from "../core/state/row_layout.ts";
import { packerOf } from "../core/state/row_packer.ts";
import type { Field } from "../core/state/schema.ts";

function rangeOf(values: readonly number[]): NumberRange {
  const range = new NumberRange();
  for (const value of values) range.add(value);
  return range;
}

/** Range of numbers that were held against the step of a field one by one. */
function watchedRangeOf(field: Field, values: readonly number[]): NumberRange {
  const range = rangeFor(field);
  for (const value of values) range.add(value);
  return range;
}

function typeOf(values: readonly number[]): string {
  const { type, step } = rangeOf(values).narrowest("x");
  return step === undefined ? type : `${type} ${step}`;
}

test("NumberRange.step is the same in whatever order numbers come, however large", () => {
  const numbers = [1.3948519339025666e41, 0.1, 1e308, -2e15, 0.25];
  const steps = numbers.map((_, first) => {
    const range = new NumberRange();
    for (let i = 0; i < numbers.length; i++) range.add(numbers[(first + i) % numbers.length]!);
    return range.step;
  });
  assert.deepEqual(new Set(steps), new Set([0.01]));
});

test("NumberRange.add() takes -0 for less than 0, whichever comes first", () => {
  for (const numbers of [[0, -0], [-0, 0], [-0, 0, -0]]) {
    const range = new NumberRange();
    for (const number of numbers) range.add(number);
    assert.deepEqual([range.min, range.max], [-0, 0]);
  }
});

test("NumberRange.narrowest() picks the narrowest lossless type", () => {
  const cases: [values: number[], type: string][] = [
    [[0, 255], "u8"],
    [[-1, 127], "i8"],
    [[-128], "i8"],
    [[128, -1], "i16"],
    [[256], "u16"],
    [[65535], "u16"],
    [[-129], "i16"],
    [[65535, -1], "i32"],
    [[65536], "u32"],
    [[4294967295], "u32"],
    [[4294967295, -1], "f64"],
    [[-2147483648], "i32"],
    [[-2147483649], "f64"],
    [[4294967296], "f64"],
    [[2 ** 53], "f64"],
    [[0.5], "fixed 0.5"],
    [[0.125, 3], "fixed 0.125"],
    [[1 / 4096], "fixed 0.000244140625"],
    [[1 / 8192], "f32"],
    [[0.1], "fixed 0.1"],
    [[0.1, 0.25], "fixed 0.01"],
    [[0.000000001], "fixed 1e-9"],
    [[0.0000000001], "f64"],
    [[-25.8508, 13.9966], "fixed 0.0001"],
    [[214748.3647], "fixed 0.0001"],
    [[214748.3648], "f64"],
    [[2147483647.5], "f64"],
    [[1073741823.5], "fixed 0.5"],
    [[16777216.5, 2 ** 31], "f64"],
    [[1.1, Math.fround(1.1)], "f64"],
    [[Math.fround(1.1)], "f32"],
    [[-0], "f32"],
    [[-0, 1, 2.5], "f32"],
    [[-0, 0.1], "f64"],
    [[NaN], "f32"],
    [[Infinity, 0.5], "f32"],
    [[0.1, NaN], "f64"],
    [[1e300], "f64"],
    [[], "u8"],
  ];
  for (const [values, type] of cases) assert.equal(typeOf(values), type, `[${values}]`);
});

const NUMBERS = fc.array(
  fc.oneof(
    fc.integer({ min: -300, max: 300 }),
    fc.integer(),
    fc.integer({ min: -(2 ** 40), max: 2 ** 40 }).map((k) => k / 1024),
    fc.tuple(fc.integer({ min: -(2 ** 35), max: 2 ** 35 }), fc.integer({ min: 0, max: 10 }))
      .map(([k, n]) => k / 10 ** n),
    fc.float(),
    fc.double(),
  ),
  { minLength: 1, maxLength: 6 },
);

const CANDIDATES: Field[] = [
  ...(["u8", "i8", "u16", "i16", "u32", "i32"] as const).map((type) => ({ name: "x", type })),
  ...Array.from({ length: 12 }, (_, i) => 1 / 2 ** (i + 1)).map(fixed),
  ...Array.from({ length: 9 }, (_, i) => 1 / 10 ** (i + 1)).map(fixed),
  { name: "x", type: "f32" },
  { name: "x", type: "f64" },
];

function fixed(step: number): Field {
  return { name: "x", type: "fixed", step };
}

/** Whether a row of the core gives every value back. */
function holds(field: Field, values: readonly number[]): boolean {
  const layout = new RowLayout({ name: "k", fields: [field] });
  const words = new Int32Array(layout.stride);
  return values.every((value) => {
    try {
      packerOf(layout).set(words, 0, 0, value);
    } catch {
      return false;
    }
    return Object.is(layout.get(words, 0, 0), value);
  });
}

test("NumberRange.narrowest() is the first of all types that a row gives back exactly", () => {
  fc.assert(
    fc.property(NUMBERS, (values) => {
      const range = rangeOf(values);
      // Integers above 32 bits stay numbers of 53 bits, though some of them fit a float.
      const first = range.binaryDigits === 0
        ? CANDIDATES.find((field) => !/^f/.test(field.type) && holds(field, values))
        : CANDIDATES.find((field) => holds(field, values));
      assert.deepEqual(range.narrowest("x"), first ?? { name: "x", type: "f64" }, `[${values}]`);
    }),
    { numRuns: 2000 },
  );
});

test("NumberRange.fits() agrees with what a row gives back", () => {
  const fields = fc.constantFrom(...CANDIDATES, fixed(1), fixed(2 ** -20), fixed(2 ** -30));
  fc.assert(
    fc.property(NUMBERS, fields, (values, field) => {
      assert.equal(rangeOf(values).fits(field), holds(field, values), `${field.type} [${values}]`);
    }),
    { numRuns: 2000 },
  );
});

/** Steps that are none of 2^-n and 10^-n, each with what a value of k steps is, by hand. */
const OTHER_STEPS: readonly [step: number, valueOf: (k: number) => number][] = [
  ...[4, 16, 2, 3, 0.3, 2.5, 1.1, 1000, 1e-12 * 3].map((step): (typeof OTHER_STEPS)[number] => [
    step,
    (k) => k * step,
  ]),
  ...([[0.05, 20], [0.2, 5], [1 / 3, 3], [1 / 49, 49], [0.004, 250], [2 ** -40, 2 ** 40]] as const)
    .map(([step, divisor]): (typeof OTHER_STEPS)[number] => [step, (k) => k / divisor]),
];
const K_MAX = 2147483647;

/** A field of such a step, with numbers most of which are its multiples. */
const STEPPED = fc.constantFrom(...OTHER_STEPS).chain(([step, valueOf]) => {
  const multiple = fc.oneof(
    fc.integer({ min: -300, max: 300 }),
    fc.integer({ min: -K_MAX, max: K_MAX }),
    fc.constantFrom(-K_MAX, K_MAX, K_MAX + 1),
  ).map((k) => valueOf(k) + 0);
  const other = fc.oneof(
    fc.integer({ min: -50, max: 50 }).map((k) => k / 10),
    fc.constantFrom(-0, NaN, Infinity, 1e300),
    fc.double(),
  );
  const values = fc.array(fc.oneof({ weight: 9, arbitrary: multiple }, other), {
    minLength: 1,
    maxLength: 6,
  });
  return fc.tuple(fc.constant(fixed(step)), values);
});

test("SteppedRange.fits() agrees with what a row of its step gives back, and no range takes more than that", () => {
  let held = 0;
  fc.assert(
    fc.property(STEPPED, ([field, values]) => {
      const doesHold = holds(field, values);
      if (doesHold) held++;
      const watched = watchedRangeOf(field, values);
      assert.ok(watched instanceof SteppedRange);
      assert.equal(watched.fits(field), doesHold, `${field.step} [${values}]`);
      if (rangeOf(values).fits(field)) assert.ok(doesHold, `${field.step} [${values}]`);
      // All else is as of a range that watches nothing.
      for (const other of CANDIDATES) {
        assert.equal(watched.fits(other), rangeOf(values).fits(other), `${other.type} [${values}]`);
      }
      assert.deepEqual(watched.narrowest("x"), rangeOf(values).narrowest("x"));
      assert.equal(watched.step, rangeOf(values).step);
    }),
    { numRuns: 3000 },
  );
  assert.ok(held > 300, `${held} held`);
});

test("NumberRange.fits() knows by digits that inverses of integers hold integers and coarser decimals", () => {
  assert.ok(rangeOf([-7, 1000]).fits(fixed(1 / 3)));
  assert.ok(rangeOf([0.5, 2.1]).fits(fixed(0.05)));
  assert.ok(rangeOf([0.25]).fits(fixed(0.05)));
  assert.ok(!rangeOf([0.01]).fits(fixed(0.05)));
  assert.ok(!rangeOf([107374182.4]).fits(fixed(0.05)));
  assert.ok(rangeOf([]).fits(fixed(0.3)));
});

test("NumberRange.of() covers every number of a field of any step, and is fitted by it", () => {
  const tenth = fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 0, max: 5 }))
    .map(([m, n]) => [m / 10 ** n] as const);
  const steps = fc.oneof(
    tenth,
    fc.constantFrom(...OTHER_STEPS).map(([step]) => [step] as const),
    fc.double({ min: 1e-9, max: 1e9, noNaN: true }).map((step) => [step] as const),
  );
  const ks = fc.array(fc.integer({ min: -K_MAX, max: K_MAX }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(steps, ks, ([step], ks) => {
      const field = fixed(step);
      const all = NumberRange.of(field);
      assert.ok(all.fits(field));
      const layout = new RowLayout({ name: "k", fields: [field] });
      const words = new Int32Array(layout.stride);
      const values = [...ks, K_MAX, -K_MAX].map((k) => {
        words[0] = k;
        return layout.get(words, 0, 0) as number;
      });
      const seen = rangeOf(values);
      assert.ok(all.min <= seen.min && all.max >= seen.max);
      assert.ok(all.binaryDigits >= seen.binaryDigits, `${step} [${values}]`);
      // Decimals above 2^31 are no integers of 32 bits over anything: none takes them for one.
      const small = rangeOf(values.filter((value) => Math.abs(value) * 1e9 <= K_MAX));
      assert.ok(all.decimalDigits >= small.decimalDigits, `${step} [${values}]`);
      for (const other of CANDIDATES) if (all.fits(other)) assert.ok(holds(other, values));
    }),
    { numRuns: 2000 },
  );
  const digits = (step: number) => {
    const { binaryDigits, decimalDigits } = NumberRange.of(fixed(step));
    return [binaryDigits, decimalDigits];
  };
  assert.deepEqual([4, 2.5, 0.05, 0.3, 1 / 3].map(digits), [[0, 0], [1, 1], [31, 2], [31, 10], [
    31,
    10,
  ]]);
});

test("SteppedRange.unite() keeps to a step that both have, and to no other", () => {
  const range = (step: number, ...values: number[]) => {
    const made = new SteppedRange(step);
    for (const value of values) made.add(value);
    return made;
  };
  const four = fixed(4);
  assert.ok(range(4, 8).unite(range(4, -12)).fits(four));
  assert.ok(range(4, 8).unite(new NumberRange()).fits(four));
  assert.ok(!range(4, 8).unite(range(4, -12, 3)).fits(four));
  assert.ok(!range(4, 8).unite(range(8, 16)).fits(four));
  assert.ok(range(0.05, 0.15).unite(rangeOf([-7, 2.1])).fits(fixed(0.05)));
  assert.ok(!range(0.05, 0.15).unite(rangeOf([2.1, 2 ** 31])).fits(fixed(0.05)));
  assert.ok(!range(4, 8).unite(rangeOf([3])).fits(four));
});

test("rangeFor() watches a step where digits do not tell, and no other", () => {
  for (const step of [1, 0.5, 2 ** -30, 0.1, 1e-9]) {
    assert.ok(!(rangeFor(fixed(step)) instanceof SteppedRange), `${step}`);
  }
  for (const step of [2, 4, 0.3, 0.05, 2 ** -31, 1e-10, 1 / 3]) {
    assert.ok(rangeFor(fixed(step)) instanceof SteppedRange, `${step}`);
  }
  assert.ok(!(rangeFor({ name: "x", type: "u8" }) instanceof SteppedRange));
});

test("NumberRange.of() is fitted by its own field and by none narrower", () => {
  for (const field of CANDIDATES) {
    assert.ok(NumberRange.of(field).fits(field), field.type);
    if (field.type !== "f32") {
      assert.ok(!NumberRange.of(field).fits({ name: "x", type: "f32" }) || /8|16/.test(field.type));
    }
  }
  assert.ok(!NumberRange.of(fixed(0.5)).fits({ name: "x", type: "i32" }));
  assert.ok(!NumberRange.of(fixed(0.01)).fits(fixed(0.1)));
});

test("NumberRange.step is the coarsest step of all numbers", () => {
  const cases: [values: number[], step: number | undefined][] = [
    [[], undefined],
    [[4, 8], 1],
    [[0.5, 0.75], 0.25],
    [[0.1, 0.02], 0.01],
    [[1e-10], undefined],
    [[-0], undefined],
  ];
  for (const [values, step] of cases) assert.equal(rangeOf(values).step, step, `[${values}]`);
});
