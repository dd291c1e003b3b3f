import assert from "node:assert/strict";
import { test } from "node:test";
import { NetSpecError, quote } from "./net_spec_error.ts";

test("quote() escapes what could steer a terminal and cuts what is long", () => {
  assert.equal(quote('a"b\\'), '"a\\"b\\\\"');
  assert.equal(quote("\u001b[31m\n\u202e\u2028"), '"\\u{1b}[31m\\u{a}\\u{202e}\\u{2028}"');
  assert.equal(quote("\ud800"), '"\\u{d800}"');
  assert.equal(quote("é日"), '"é日"');
  assert.equal(quote("x".repeat(100)), `"${"x".repeat(60)}..."`);
});

test("NetSpecError says what, where, why and what to do in one line", () => {
  const error = new NetSpecError('"4g"', "loss", "too much", "use less");
  assert.equal(error.message, 'Cannot read network "4g" at loss: too much; use less');
  assert.ok(error instanceof SyntaxError);
  assert.deepEqual([error.name, error.where], ["NetSpecError", "loss"]);
  assert.deepEqual([error.input, error.reason, error.remedy], ['"4g"', "too much", "use less"]);
});
