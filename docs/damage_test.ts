import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { commandLine, hindcast, inFolder, shell, testdata } from "../cli/run_cli_test_helper.ts";

const PAGE = readFileSync(new URL("damage.md", import.meta.url), "utf8");
const COMMANDS = [...PAGE.matchAll(/```sh\n(.*?)```\n\n```text\n(.*?)```/gs)];

test("docs/damage.md prints what its commands print", {
  timeout: 120_000,
  // The bytes of a recording hang on the version of zstd, and so does where it is cut.
  skip: "Deno" in globalThis && process.platform !== "win32" ? false : "they are run on Deno",
}, () =>
  inFolder(async (cwd) => {
    assert.equal(COMMANDS.length, 4);
    assert.equal(COMMANDS.length, PAGE.split("```sh").length - 1);
    mkdirSync(join(cwd, "out"));
    const [states, events] = ["state", "events"].map((name) =>
      testdata(`duel/duel.${name}.ndjson.gz`)
    );
    const recorded = ["record", states!, "--events", events!, "-o", "out/duel.mcap"];
    assert.equal((await hindcast(recorded, { cwd })).code, 0);
    const words = commandLine("recover").slice(0, -1).map((word) => `'${word}'`).join(" ");
    for (const [, script, printed] of COMMANDS) {
      const named = `hindcast() { ${words} "$@"; }\n${script}`;
      const { stdout, stderr } = await shell(named, [], { cwd });
      assert.equal(stdout, printed, `${script}${stderr}`);
    }
  }));
