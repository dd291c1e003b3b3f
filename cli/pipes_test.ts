import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { hindcast, inFolder, ndjson, recordRows, shell } from "./run_cli_test_helper.ts";

const skip = process.platform === "win32" && "this needs a shell";
const noFullDisk = !existsSync("/dev/full") && "there is no /dev/full";

/** A world whose `info`, `at` and `report` are each above the 64 KiB that a pipe holds. */
const LARGE = Array.from({ length: 1500 }, (_, i) => ({
  f: 0,
  t: 0,
  id: i,
  kind: `kind number ${i}`,
  ...Object.fromEntries(Array.from({ length: 4 }, (_, k) => [`field number ${k}`, i + k])),
}));

/** Commands that print much; RECORDING stands for a recording. */
const PRINTING_MUCH: readonly string[][] = [
  ["info", "RECORDING"],
  ["at", "RECORDING", "--frame", "0", "--json"],
  ["cat", "RECORDING"],
  ["report", "RECORDING", "--json"],
];

/** All that print. */
const PRINTING: readonly string[][] = [
  ...PRINTING_MUCH,
  ["info", "RECORDING", "--schema"],
  ["info", "RECORDING", "--checksums"],
  ["diff", "RECORDING", "RECORDING"],
  ["at", "RECORDING", "--frame", "0"],
  ["report", "RECORDING"],
  ["report", "RECORDING", "--csv", "-"],
  ["report", "--list-nets"],
  ["--help"],
  ["--version"],
];

test("a closed output pipe ends every command with exit code 0 and silence", {
  skip,
  timeout: 60_000,
}, () =>
  inFolder(async (folder) => {
    const recording = await recordRows(folder, LARGE);
    const cases = [
      ...PRINTING_MUCH.map((args) => ({ args, reader: "head -n 1" })),
      ...PRINTING.map((args) => ({ args, reader: "true" })),
    ];
    await Promise.all(cases.map(async ({ args, reader }, i) => {
      const code = join(folder, `code${i}`);
      const { stderr } = await shell(
        `{ "$@"; echo $? > "$CODE"; } | ${reader} > /dev/null`,
        args.map((arg) => arg === "RECORDING" ? recording : arg),
        { env: { CODE: code } },
      );
      assert.equal(stderr, "", args.join(" "));
      assert.equal(readFileSync(code, "utf8"), "0\n", args.join(" "));
    }));
  }));

test(
  "record into a closed pipe ends with exit code 0 and silence",
  { skip },
  () =>
    inFolder(async (folder) => {
      const input = join(folder, "in");
      writeFileSync(input, ndjson(LARGE));
      const code = join(folder, "code");
      const { stderr } = await shell(
        `{ "$@"; echo $? > "$CODE"; } | true`,
        ["record", input, "-o", "-"],
        { env: { CODE: code } },
      );
      assert.equal(stderr, "");
      assert.equal(readFileSync(code, "utf8"), "0\n");
    }),
);

test("a full standard output is told in one line with exit code 1", {
  skip: skip || noFullDisk,
  timeout: 60_000,
}, () =>
  inFolder(async (folder) => {
    const recording = await recordRows(folder, LARGE.slice(0, 5));
    const cases = [PRINTING[0]!, ["--help"], ["record", join(folder, "in"), "-o", "-"]];
    writeFileSync(join(folder, "in"), ndjson(LARGE.slice(0, 5)));
    await Promise.all(cases.map(async (args) => {
      const { code, stderr } = await shell(
        '"$@" > /dev/full',
        args.map((arg) => arg === "RECORDING" ? recording : arg),
      );
      assert.equal(code, 1, args.join(" "));
      assert.match(stderr, /^hindcast: Cannot write standard output: .*[Nn]o space|disk is full/);
      assert.equal(stderr.indexOf("\n"), stderr.length - 1, stderr);
    }));
  }));

test(
  "a large answer reaches a slow reader whole",
  { skip, timeout: 60_000 },
  () =>
    inFolder(async (folder) => {
      const recording = await recordRows(folder, LARGE);
      const { stdout } = await shell('"$@" | { sleep 1; cat; }', [
        "at",
        recording,
        "--frame",
        "0",
        "--json",
      ]);
      assert.equal(JSON.parse(stdout).entities.length, LARGE.length);
    }),
);

test(
  "no command writes escape codes into a pipe",
  { timeout: 60_000 },
  () =>
    inFolder(async (folder) => {
      const recording = await recordRows(folder, LARGE.slice(0, 5));
      const args = PRINTING.map((words) =>
        words.map((arg) => arg === "RECORDING" ? recording : arg)
      );
      const outcomes = await Promise.all(
        [...args, ["--hlep"], ["info", folder]].map((words, i) =>
          hindcast(words, { env: i % 2 === 0 ? { NO_COLOR: "1" } : { TERM: "xterm-256color" } })
        ),
      );
      for (const { stdout, stderr } of outcomes) assert.ok(!(stdout + stderr).includes("\u001b"));
    }),
);
