import assert from "node:assert/strict";
import { test } from "node:test";
import { inexactNumber, isSurelyExact } from "./exact_number.ts";

test("isSurelyExact() is false from 2^53 on", () => {
  assert.ok(isSurelyExact(9007199254740991));
  assert.ok(!isSurelyExact(9007199254740992));
  assert.ok(!isSurelyExact(-9007199254740992));
  assert.ok(!isSurelyExact(Infinity));
});

test("inexactNumber() compares an integer with its spelling", () => {
  for (const literal of ["9007199254740992", "-18014398509481984", "9007199254740994", "1e300"]) {
    assert.equal(inexactNumber(Number(literal), literal), undefined, literal);
  }
  for (const literal of ["9007199254740993", "-9007199254740993", "76561198000000001"]) {
    const fault = inexactNumber(Number(literal), literal);
    assert.match(fault!.problem, new RegExp(`${literal} does not fit a double`));
    assert.equal(`${fault!.remedy}`, "send the nearest number");
  }
  assert.match(inexactNumber(Infinity, "1e400")!.problem, /1e400 is beyond the range/);
  assert.match(inexactNumber(0, "-0.1e-400")!.problem, /-0.1e-400 is too small for a double/);
  for (const zero of ["0", "-0", "0.000", "0e5", "0e-999"]) {
    assert.equal(inexactNumber(Number(zero), zero), undefined);
  }
});

test("inexactNumber() takes the digits that a double is printed with, and no others", () => {
  // As %.17g, %f and JSON print them.
  for (
    const literal of [
      "1.7976931348623157e308",
      "1.7976931348623157081e+308",
      "7.0000000000000004e+22",
      "70000000000000004194304.000000",
      "9.007199254740992e15",
      "-9007199254740994.0",
      "1E23",
    ]
  ) assert.equal(inexactNumber(Number(literal), literal), undefined, literal);
  for (const literal of ["9007199254740993.0", "9.007199254740993e15", "9007199254740992.5"]) {
    assert.match(
      inexactNumber(Number(literal), literal)!.problem,
      /the nearest is 9007199254740992/,
    );
  }
});
