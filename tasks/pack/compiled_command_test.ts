import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  hindcast,
  inFolder,
  SHORT_EVENTS,
  SHORT_STATES,
  testdata,
} from "../../cli/run_cli_test_helper.ts";
import { ROOT } from "./root.ts";
import { bunPath, outputOf } from "./run_process_test_helper.ts";

/** A binary of a hundred megabytes: once is enough, whichever runtime runs the tests. */
const once = {
  skip: "Deno" in globalThis ? false : "the binary is made by the tests on Deno",
  timeout: 120_000,
};

test(
  "a binary of bun build --compile records, and writes the pages of the sources",
  once,
  async () => {
    await inFolder(async (folder) => {
      const binary = join(folder, "hindcast");
      const build = ["build", "--compile", "cli/main.ts", "--outfile", binary];
      await outputOf([await bunPath(), ...build], { cwd: ROOT });
      // The same words in two folders: pages say by which command they were made.
      const [ourFolder, itsFolder] = [join(folder, "source"), join(folder, "binary")];
      mkdirSync(ourFolder);
      mkdirSync(itsFolder);
      const written = async (name: string, words: readonly string[]) => {
        const { code, stderr } = await hindcast(words, { cwd: ourFolder });
        assert.equal(code, 0, stderr);
        await outputOf([binary, ...words], { cwd: itsFolder });
        return [join(ourFolder, name), join(itsFolder, name)] as const;
      };
      const input = ["record", testdata(SHORT_STATES), "--events", testdata(SHORT_EVENTS)];
      const [ours, its] = await written("duel.mcap", [...input, "-o", "duel.mcap"]);
      const rows = (await hindcast(["cat", ours])).stdout;
      assert.equal(rows.split("\n").length, 220 + 87 + 1);
      assert.ok(
        (await hindcast(["cat", its])).stdout === rows,
        "what the binary recorded is other",
      );
      const rewind = ["rewind", ours, "--shots", "lg_shot", "--shot-map", "quakeworld"];
      for (const words of [["report", ours], rewind]) {
        const name = `${words[0]}.html`;
        const pages = await written(name, [...words, "--html", name]);
        const [page, other] = pages.map((path) => readFileSync(path, "utf8"));
        assert.match(page!, /^<!DOCTYPE html>/);
        assert.ok(page === other, `${words[0]} --html of the binary is another page`);
      }
    });
  },
);
