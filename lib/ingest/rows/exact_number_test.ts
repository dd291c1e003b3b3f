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
    assert.equal(`${fault!.remedy}`, `send it as a text: "${literal}"`);
  }
  assert.match(inexactNumber(Infinity, "1e400")!.problem, /1e400 is beyond the range/);
});
