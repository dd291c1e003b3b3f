import assert from "node:assert/strict";
import { test } from "node:test";
import { CommandError, EXIT } from "../exit_code.ts";
import { readTolerances } from "./diff_flags.ts";

test("readTolerances() takes a field and a number, whatever the field is called", () => {
  assert.deepEqual(readTolerances(["x=0.5", "player.x=0", "*=1e-3", "a=b=2", "__proto__=4"]), {
    x: 0.5,
    "player.x": 0,
    "*": 0.001,
    "a=b": 2,
    ["__proto__"]: 4,
  });
  assert.deepEqual(readTolerances([]), {});
});

test("readTolerances() refuses what is none, and a field twice", () => {
  for (const texts of [["x"], ["x="], ["=1"], ["x=-1"], ["x=NaN"], ["x=1e999"], ["x=1", "x=1"]]) {
    assert.throws(() => readTolerances(texts), (error) => {
      return error instanceof CommandError && error.exitCode === EXIT.usage &&
        error.message.startsWith("--tolerance ");
    });
  }
});
