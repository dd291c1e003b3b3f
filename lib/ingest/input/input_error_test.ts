import assert from "node:assert/strict";
import { test } from "node:test";
import { optionKey, remedy } from "../../core/remedy.ts";
import { excerpt, shorten } from "./excerpt.ts";
import { InputSyntaxError } from "./input_error.ts";

test("InputSyntaxError says what, where, why and what to do on one line", () => {
  const place = { source: "a\nb.ndjson", line: 3, column: 8 };
  const error = new InputSyntaxError(place, "it is \u001b[31mred", remedy`paint it`);
  assert.equal(error.message, "Cannot read a\\u{a}b.ndjson:3:8: it is \\u{1b}[31mred; paint it");
  assert.ok(error instanceof SyntaxError);
  assert.equal(error.name, "InputSyntaxError");
  assert.deepEqual(error.place, place);
  assert.deepEqual([error.problem, `${error.remedy}`], ["it is \u001b[31mred", "paint it"]);
  const whole = new InputSyntaxError({ source: "a" }, "why", remedy`what`);
  assert.equal(whole.message, "Cannot read a: why; what");
});

test("InputSyntaxError.messageWith() names options as its reader knows them", () => {
  const advice = remedy`name its key with ${optionKey("idKey")}`;
  const error = new InputSyntaxError({ source: "a\u2028\u202e\u0085\u007fé…" }, "why", advice);
  const place = "Cannot read a\\u{2028}\\u{202e}\\u{85}\\u{7f}é…: why; ";
  assert.equal(error.message, `${place}name its key with idKey`);
  assert.equal(error.messageWith(() => "--id-key"), `${place}name its key with --id-key`);
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
