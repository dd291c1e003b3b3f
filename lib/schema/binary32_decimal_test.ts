import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { binary32Digits, isBinary32Decimal } from "./binary32_decimal.ts";

/** A binary32 with n digits where a tie goes to the even one, as C and Python print. */
function toEven(single: number, n: number): number {
  const [digits, exponent] = single.toExponential(99).split("e") as [string, string];
  const cut = digits.replace(/^(-?\d)\./, "$1").replace("-", "");
  const isTie = /^50*$/.test(cut.slice(n)) && Number(cut[n - 1]) % 2 === 0;
  const kept = `${cut[0]}.${cut.slice(1, n)}e${exponent}`;
  return isTie ? Math.sign(single) * Number(kept) : Number(single.toPrecision(n));
}

/** The definition, by printing. */
function isPrinted(value: number): boolean {
  const single = Math.fround(value);
  if (single === value) return true;
  if (!Number.isFinite(single)) return false;
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return false;
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].some((n) =>
    Number(single.toPrecision(n)) === value || toEven(single, n) === value
  );
}

test("binary32Digits() counts the digits of decimals that binary32 finds again", () => {
  const digits: readonly [value: number, digits: number][] = [
    [0.5, 6],
    [0.1, 6],
    [-0.1, 6],
    [3.1415927, 8],
    [1234.567, 7],
    [0.33333334, 8],
    [1.00000012, 9],
    [1e-40, 6],
    [3.4e38, 6],
    [3.4028235e38, 8],
    [76_561_198_000_000_000, 0],
    [Math.PI, 0],
    [0.123456789012, 0],
    [0.3333333, 7],
    // 49142.8125 with a tie to the even digit and away from zero.
    [49142.812, 8],
    [49142.813, 8],
    [3.14159265, 0],
    [1 / 3, 0],
    [16_777_217, 0],
    [123_456_790, 0],
    [1e39, 0],
    [Infinity, 6],
  ];
  for (const [value, expected] of digits) assert.equal(binary32Digits(value), expected, `${value}`);
});

test("binary32Digits() takes just what printing takes", () => {
  const printed = fc.tuple(fc.float({ noNaN: true }), fc.integer({ min: 1, max: 11 }))
    .map(([single, n]) => Number(single.toPrecision(n)));
  const decimals = fc.tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.nat(12))
    .map(([k, places]) => Number(`${k}e-${places}`));
  for (const values of [printed, decimals, fc.double({ noNaN: true })]) {
    fc.assert(
      fc.property(values, (value) => {
        assert.equal(binary32Digits(value) > 0, isPrinted(value), `${value}`);
        assert.equal(isBinary32Decimal(value), isPrinted(value), `${value}`);
      }),
      { numRuns: 3000 },
    );
  }
});

test("binary32Digits() asks no logarithm, of which engines may differ in the last bit", () => {
  const { log10 } = Math;
  try {
    Math.log10 = () => assert.fail("asked");
    for (let n = -37; n <= 38; n++) {
      for (const [digits, expected] of [["1", 6], ["1.00001", 6], ["9.99999", 6]] as const) {
        const value = Number(`${digits}e${n}`);
        if (Number.isInteger(value) || value > 3e38) continue;
        assert.equal(binary32Digits(value), expected, `${value}`);
      }
    }
  } finally {
    Math.log10 = log10;
  }
});
