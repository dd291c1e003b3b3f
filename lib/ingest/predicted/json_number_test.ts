import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readNumber } from "./json_number.ts";

const into = new Float64Array(1);

/** The number that a text is read as, and where it ends; undefined when it is not read. */
function read(text: string): [value: number, end: number] | undefined {
  const end = readNumber(new TextEncoder().encode(`${text}\n`), 0, into, 0);
  return end < 0 ? undefined : [into[0]!, end];
}

function assertRead(text: string): void {
  const value = JSON.parse(text) as number;
  const isLost = value === 0 && /[1-9]/.test(text.split("e")[0]!);
  const expected = !isLost && Math.abs(value) < 2 ** 53 ? [value, text.length] : undefined;
  assert.deepEqual(read(text), expected, text);
}

const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: min, maxLength: max });

test("readNumber() reads what JSON.parse() reads, bit by bit", () => {
  const whole = fc.oneof(fc.constant("0"), digits(1, 20).map((text) => text.replace(/^0+/, "1")));
  const fraction = fc.oneof(fc.constant(""), digits(1, 25).map((text) => `.${text}`));
  const exponent = fc.oneof(
    fc.constant(""),
    fc.integer({ min: -330, max: 310 }).map((e) => `e${e}`),
  );
  const spelled = fc.tuple(fc.constantFrom("", "-"), whole, fraction, exponent);
  fc.assert(fc.property(spelled, (parts) => assertRead(parts.join(""))), { numRuns: 2000 });
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      assertRead(JSON.stringify(value));
    }),
    { numRuns: 1000 },
  );
});

test("readNumber() rounds the decimals next to the middle of two doubles as JSON.parse() does", () => {
  const bits = new BigUint64Array(1);
  const double = new Float64Array(bits.buffer);
  // Doubles below 1 with few bits have middles of few digits.
  fc.assert(fc.property(fc.nat(), fc.integer({ min: 1, max: 52 }), (seed, shift) => {
    double[0] = 2 ** -(shift % 8) * (1 + seed / 2 ** 31);
    const next = new Float64Array(BigUint64Array.of(bits[0]! + 1n).buffer)[0]!;
    for (const n of [15, 16, 17, 18]) {
      assertRead(((double[0] + next) / 2).toPrecision(n));
      assertRead(next.toPrecision(n));
    }
    assertRead(String(9007199254740991 / 2 ** (shift % 20)));
  }));
  for (const tie of ["0.5000000000000001", "4503599627370497.5", "2251799813685248.25"]) {
    assertRead(tie);
    assertRead(`-${tie}`);
  }
  assertRead("4503599627370496.5");
  assertRead("4503599627370499.50");
});

test("readNumber() refuses what is no JSON, and stops where a number ends", () => {
  for (const text of ["", "-", "01", "-01", ".5", "1.", "1.e5", "1e", "1e+", "+1", "NaN", "null"]) {
    assert.equal(read(text), undefined, text);
  }
  assert.deepEqual(read("12,3"), [12, 2]);
  assert.deepEqual(read("-0}"), [-0, 2]);
  assert.deepEqual(read("1.50]"), [1.5, 4]);
  assert.deepEqual(read("9007199254740991 "), [9007199254740991, 16]);
  assert.equal(read("9007199254740992"), undefined);
  assert.equal(read("1e400"), undefined);
  assert.equal(read("1e-400"), undefined);
  assert.equal(read(`0.${"0".repeat(400)}1`), undefined);
  assert.deepEqual(read("0.00e-400"), [0, 9]);
  assert.deepEqual(read("5e-324"), [5e-324, 6]);
});
