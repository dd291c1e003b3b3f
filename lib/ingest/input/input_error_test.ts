import assert from "node:assert/strict";
import { test } from "node:test";
import { excerpt, InputSyntaxError, oneLine, shorten } from "./input_error.ts";

test("InputSyntaxError says what, where, why and what to do on one line", () => {
  const place = { source: "a\nb.ndjson", line: 3, column: 8 };
  const error = new InputSyntaxError(place, "it is \u001b[31mred", "paint it");
  assert.equal(error.message, "Cannot read a\\u000ab.ndjson:3:8: it is \\u001b[31mred; paint it");
  assert.ok(error instanceof SyntaxError);
  assert.equal(error.name, "InputSyntaxError");
  assert.deepEqual([error.source, error.line, error.column], ["a\nb.ndjson", 3, 8]);
  assert.deepEqual([error.reason, error.remedy], ["it is \u001b[31mred", "paint it"]);
  const whole = new InputSyntaxError({ source: "a" }, "why", "what");
  assert.equal(whole.message, "Cannot read a: why; what");
});

test("oneLine() escapes what breaks a line or steers a terminal", () => {
  assert.equal(oneLine("a\u2028\u202e\u0085\u007fé…"), "a\\u2028\\u202e\\u0085\\u007fé…");
});

test("excerpt() shortens", () => {
  assert.equal(excerpt("x".repeat(70)), `"${"x".repeat(60)}…"`);
  assert.equal(shorten("x".repeat(60)), "x".repeat(60));
  assert.deepEqual([-0, 1e21, true, null, [1], {}].map(excerpt), [
    "-0",
    "1e+21",
    "true",
    "null",
    "an array",
    "an object",
  ]);
});
