import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { commandText } from "./command_text.ts";

test("commandText() leaves plain words as they are, and quotes what a shell would change", () => {
  const words = ["report", "out/duel.mcap", "--net", "delay=50,loss=2%", "--interest=radius=8@x"];
  assert.equal(
    commandText(words),
    "report out/duel.mcap --net delay=50,loss=2% --interest=radius=8@x",
  );
  assert.equal(
    commandText(["a b", "it's", "", "$HOME", "~", "*", "=x", "#"]),
    "'a b' 'it'\\''s' '' '$HOME' '~' '*' '=x' '#'",
  );
});

test("commandText() is taken by a shell as the words that it was made of", {
  skip: existsSync("/bin/sh") ? false : "there is no /bin/sh",
}, () => {
  const words = [
    "a b",
    "it's",
    "",
    "$HOME `id` \\",
    "~",
    "*",
    "!x",
    "a\nb",
    '"',
    "ü€",
    "&;|<>()",
    "-n",
  ];
  const script = `for word in ${commandText(words)}; do printf '%s\\0' "$word"; done`;
  const output = execFileSync("/bin/sh", ["-c", script]).toString();
  assert.deepEqual(output.split("\0").slice(0, -1), words);
});
