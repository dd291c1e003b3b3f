import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import process from "node:process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { hindcast, inFolder, SHORT_STATES, testdata } from "./run_cli_test_helper.ts";

test("--help of every command prints on standard output and exits with 0", async () => {
  for (const words of [[], ["record"], ["info"], ["at"], ["cat"], ["report"]]) {
    const { code, stdout, stderr } = await hindcast([...words, "--help"]);
    assert.equal(code, 0);
    assert.equal(stderr, "");
    assert.ok(stdout.startsWith(`Usage: hindcast ${words.join("")}`), stdout);
  }
  const { stdout } = await hindcast(["help", "at"]);
  assert.ok(stdout.startsWith("Usage: hindcast at"));
});

test("--help names the exit codes", async () => {
  const { stdout } = await hindcast(["--help"]);
  assert.match(stdout, /0 done, 1 .*, 2 usage, 3 .*, 4 done with data lost/);
});

test("--version prints the version of the package", async () => {
  const { code, stdout } = await hindcast(["--version"]);
  assert.equal(code, 0);
  const { default: { version } } = await import("../deno.json", { with: { type: "json" } });
  assert.equal(stdout, `${version}\n`);
});

test(
  "the sources run as they are, as users run them",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      const main = fileURLToPath(new URL("./main.ts", import.meta.url));
      const before = "Deno" in globalThis ? ["run", "-A"] : [];
      const record = [...before, main, "record", testdata(SHORT_STATES), "-o", "o.mcap"];
      const { status, stderr } = spawnSync(process.execPath, record, { cwd, encoding: "utf8" });
      assert.equal(status, 0, stderr);
      assert.match(stderr, /^recorded 100 frames, 220 states to o\.mcap[^\n]*\n$/m);
    }),
);

/** Typos, and what is suggested. */
const TYPOS: readonly [args: readonly string[], message: RegExp][] = [
  [["recrod"], /unknown command 'recrod' \(Did you mean record\?\)/],
  [["repord", "x"], /unknown command 'repord' \(Did you mean (record|report|one of .*)\?\)/],
  [["record", "--sprase", "-o", "x"], /unknown option '--sprase' \(Did you mean --sparse\?\)/],
  [
    ["report", "x", "--consumrs", "3"],
    /unknown option '--consumrs' \(Did you mean (--consumers|one of --consumer, --consumers)\?\)/,
  ],
  [
    ["report", "x", "--consumer", "3"],
    /--consumer needs --frame, which packet of it is meant; --consumers says how many there are/,
  ],
  [["info"], /missing required argument 'recording'/],
  [["record", "x"], /required option '-o, --output <file>' not specified/],
  [["report"], /Name the recording to report on/],
  [["info", "a", "b"], /too many arguments/],
];

test("a typo is told in one line with a suggestion and exit code 2", async () => {
  await Promise.all(TYPOS.map(async ([args, message]) => {
    const { code, stdout, stderr } = await hindcast(args);
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /^hindcast: [^\n]*\n$/);
    assert.match(stderr, message);
  }));
});
