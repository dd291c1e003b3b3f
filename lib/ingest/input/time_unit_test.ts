import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fittingUnit, millisecondsOf, timeInUnit, type TimeUnit } from "./time_unit.ts";

const ms = (literal: string, unit: TimeUnit) =>
  millisecondsOf(Number(literal), unit, () => literal);

test("millisecondsOf() moves the decimal point and multiplies nothing", () => {
  assert.notEqual(1.001 * 1000, 1001);
  const times: readonly [literal: string, unit: TimeUnit, timeMs: number][] = [
    ["1.1", "s", 1100],
    ["1.001", "s", 1001],
    ["0.0166666666666666666", "s", 16.6666666666666666],
    ["1e-3", "s", 1],
    ["1.5E2", "s", 150_000],
    ["7", "s", 7000],
    ["0", "s", 0],
    ["12.5", "ms", 12.5],
    ["16667", "us", 16.667],
    ["0.1", "us", 0.0001],
    ["16666667", "ns", 16.666667],
    ["1764190000000000000", "ns", 1_764_190_000_000],
    ["1764190000123456789", "ns", 1_764_190_000_123.456789],
    ["9007199254740993", "us", 9_007_199_254_740.993],
    ["1764190000.123456789", "s", 1_764_190_000_123.456789],
  ];
  for (const [literal, unit, timeMs] of times) assert.equal(ms(literal, unit), timeMs, literal);
});

test("millisecondsOf() gives the double next to the decimal for every integer of nanoseconds", () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 18_446_744_073_709_000_000n }), (ns) => {
    const text = String(ns).padStart(7, "0");
    const expected = Number(`${text.slice(0, -6)}.${text.slice(-6)}`);
    assert.equal(ms(String(ns), "ns"), expected);
  }));
});

test("timeInUnit() and fittingUnit() speak of limits in the input's unit", () => {
  assert.equal(timeInUnit(18_446_744_073_709, "s"), 18_446_744_073.709);
  assert.equal(timeInUnit(16.5, "us"), 16_500);
  assert.equal(fittingUnit(1_764_190_000_000_000), "us");
  assert.equal(fittingUnit(1_764_190_000_000_000_000), "ns");
  assert.equal(fittingUnit(1e30), undefined);
});
