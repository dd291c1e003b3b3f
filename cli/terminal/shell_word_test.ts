import assert from "node:assert/strict";
import { test } from "node:test";
import { shellPath, shellWord } from "./shell_word.ts";

test("shellWord() leaves what a shell takes as it is, and quotes all else", () => {
  assert.equal(shellWord("out/match-1.mcap"), "out/match-1.mcap");
  assert.equal(shellWord("my match"), "'my match'");
  assert.equal(shellWord("it's $HOME"), "'it'\\''s $HOME'");
  assert.equal(shellWord(""), "''");
});

test("shellPath() gives no path that is an option", () => {
  assert.equal(shellPath("-dash.keep"), "./-dash.keep");
  assert.equal(shellPath("a -b"), "'a -b'");
});
