import assert from "node:assert/strict";
import { test } from "node:test";
import type { FieldValue } from "../../core/state/schema.ts";
import { compares, conditionText, parseConditions } from "./condition.ts";

function holds(text: string, value: FieldValue): boolean {
  const [{ operator, right }] = parseConditions(text) as [ReturnType<typeof parseConditions>[0]];
  return compares(operator, value, right as FieldValue);
}

test("compares() tells integers above 2^53 apart by all of their digits", () => {
  const value = 76561198000000001n * 100n;
  assert.equal(holds(`clan=${value}`, value), true);
  assert.equal(holds(`clan=${value}`, value + 1n), false);
  assert.equal(holds(`clan!=${value}`, value + 1n), true);
  assert.equal(holds(`clan>${value}`, value + 1n), true);
  assert.equal(holds("clan>5", value), true);
  assert.equal(holds("clan=true", value), true);
  assert.equal(holds(`clan=${value}`, String(value)), true);
  assert.equal(compares("=", value, value + 0n), true);
});

test("compares() takes a constant of many digits for the number it is beside numbers", () => {
  assert.equal(holds("x=100000000000000000000", 1e20), true);
  assert.equal(holds("x<76561198000000001", 3), true);
  assert.equal(holds("x>76561198000000001", 3), false);
});

test("conditionText() spells a constant above 2^53 as it was written", () => {
  const [condition] = parseConditions("clan=76561198000000001");
  assert.equal(conditionText(condition!), "clan=76561198000000001");
});

test("compares() holds an id that is a text of digits against a number, digit by digit", () => {
  // A double prints 2^60 as 1152921504606847000.
  assert.equal(compares("=", 2 ** 60, "1152921504606846976"), true);
  assert.equal(compares("=", "1152921504606846976", 2 ** 60), true);
  assert.equal(compares("=", 2 ** 60, "1152921504606847000"), false);
  assert.equal(compares("=", 17, "17"), true);
  assert.equal(compares("=", 0.5, "0.5"), true);
});

test("parseConditions() takes digits behind a 0 for a text, as ids have them", () => {
  assert.equal(holds("id=007", "007"), true);
  assert.equal(holds("id=007", 7), false);
  assert.equal(holds("hp=0", 0), true);
  assert.equal(holds("hp>0.5", 0.6), true);
});
