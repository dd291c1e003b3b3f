import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseExpression } from "./expression.ts";

const numbers: Readonly<Record<string, number>> = { ping: 60, interp: 25 };
const lookup = (name: string): number | undefined => numbers[name];

test("parseExpression computes by the usual precedence", () => {
  for (
    const [text, value] of [
      ["ping-13", 47],
      ["ping*0.5+50", 80],
      ["2+3*4", 14],
      ["(2+3)*4", 20],
      ["10-4-3", 3],
      ["100/10/2", 5],
      ["-ping + 100", 40],
      ["--5", 5],
      ["max(0, ping - 100)", 0],
      ["min(ping, interp, 7)", 7],
      ["floor(ping/25 + 0.5)", 2],
      ["round(2.5)", 3],
      ["ceil(.2)*abs(-3)", 3],
      ["1e2", 100],
    ] as const
  ) assert.equal(parseExpression(text).evaluate(lookup), value, text);
  assert.deepEqual(parseExpression("ping+ping*interp").names, ["ping", "interp"]);
});

test("parseExpression refuses what is no formula", () => {
  for (
    const text of [
      "",
      "ping-",
      "ping 3",
      "(ping",
      "ping)",
      "eval(1)",
      "constructor(1)",
      "ping.x",
      "a[0]",
      "1;2",
      "floor(1,2)",
      "x=1",
      "`1`",
      "1+".repeat(200) + "1",
      "(".repeat(40) + "1" + ")".repeat(40),
      "-".repeat(40) + "1",
    ]
  ) assert.throws(() => parseExpression(text), SyntaxError, text);
});

test("Expression.evaluate names a missing number and refuses infinities", () => {
  assert.throws(() => parseExpression("ping+jitter").evaluate(lookup), /needs jitter/);
  assert.throws(() => parseExpression("1/(ping-60)").evaluate(lookup), /not a finite number/);
});

test("parseExpression takes any text without harm", () => {
  fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => {
    try {
      parseExpression(text).evaluate(() => 1);
    } catch (error) {
      assert.ok(error instanceof SyntaxError || error instanceof RangeError);
    }
  }));
});
