import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
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
      const written = async (name: string, words: (path: string) => readonly string[]) => {
        const [ours, its] = [join(folder, `source-${name}`), join(folder, `binary-${name}`)];
        const { code, stderr } = await hindcast(words(ours));
        assert.equal(code, 0, stderr);
        await outputOf([binary, ...words(its)], { cwd: folder });
        return [ours, its] as const;
      };
      const input = ["record", testdata(SHORT_STATES), "--events", testdata(SHORT_EVENTS)];
      const [ours, its] = await written("duel.mcap", (path) => [...input, "-o", path]);
      const rows = (await hindcast(["cat", ours])).stdout;
      assert.equal(rows.split("\n").length, 220 + 87 + 1);
      assert.ok(
        (await hindcast(["cat", its])).stdout === rows,
        "what the binary recorded is other",
      );
      const rewind = ["rewind", ours, "--shots", "lg_shot", "--shot-map", "quakeworld"];
      for (const words of [["report", ours], rewind]) {
        const pages = await written(`${words[0]}.html`, (path) => [...words, "--html", path]);
        const [page, other] = pages.map((path) => readFileSync(path, "utf8"));
        assert.match(page!, /^<!DOCTYPE html>/);
        assert.ok(page === other, `${words[0]} --html of the binary is another page`);
      }
    });
  },
);
