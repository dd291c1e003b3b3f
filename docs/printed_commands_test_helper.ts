import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { commandLine, hindcast, inFolder, shell, testdata } from "../cli/run_cli_test_helper.ts";

/** Why the commands of a page are not run here; false where they are. */
export const NOT_PRINTED: string | false = "Deno" in globalThis && process.platform !== "win32"
  ? false
  : "they are run on Deno";

/** A command of a page, and what the page says that it prints. */
export type PrintedCommand = readonly [script: string, printed: string];

/** Every block of commands of a page that has a block of text behind it. */
export function printedCommands(page: string): PrintedCommand[] {
  return [...page.matchAll(/```sh\n(.*?)```\n\n```text\n(.*?)```/gs)]
    .map(([, script, printed]): PrintedCommand => [script!, printed!]);
}

/** Runs commands in a folder with the recorded duel, and compares what they print. */
export function assertPrinted(commands: readonly PrintedCommand[]): Promise<void> {
  return inFolder(async (cwd) => {
    mkdirSync(join(cwd, "out"));
    const [states, events] = ["state", "events"].map((name) =>
      testdata(`duel/duel.${name}.ndjson.gz`)
    );
    const recorded = ["record", states!, "--events", events!, "-o", "out/duel.mcap"];
    assert.equal((await hindcast(recorded, { cwd })).code, 0);
    const words = commandLine("recover").slice(0, -1).map((word) => `'${word}'`).join(" ");
    for (const [script, printed] of commands) {
      const named = `hindcast() { ${words} "$@"; }\n${script}`;
      const { stdout, stderr } = await shell(named, [], { cwd });
      assert.equal(stdout, printed, `${script}${stderr}`);
    }
  });
}
