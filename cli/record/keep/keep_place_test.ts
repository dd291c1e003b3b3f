import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder, ndjson } from "../../run_cli_test_helper.ts";
import { match } from "./keep_test_helper.ts";
import { contentOf } from "../outputs/recorded_content_test_helper.ts";

const SLOW = { timeout: 60_000 };
const disputed = { ev: "disputed" };

test(
  "record --keep makes the folder of its output, as a recording does, and removes it empty",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const record = (events: Readonly<Record<number, object>>) =>
        hindcast([
          "record",
          "-",
          "-o",
          "a/b/match.mcap",
          "--keep",
          "5s",
          "--dump-on",
          "ev=disputed",
        ], {
          cwd,
          input: ndjson(match(20, events)),
        });
      assert.equal((await record({})).code, 0);
      assert.equal(existsSync(join(cwd, "a")), false);
      const { code, stderr } = await record({ 10: disputed });
      assert.equal(code, 0, stderr);
      assert.deepEqual(readdirSync(join(cwd, "a", "b")), ["match-10.mcap"]);
    }),
);

test("record --keep --before 0 dumps from the trigger on", SLOW, () =>
  inFolder(async (cwd) => {
    const words = ["record", "-", "-o", "match.mcap", "--keep", "5s", "--dump-on", "ev=disputed"];
    for (const [after, last] of [["0", 10], ["500ms", 15]] as const) {
      const { code, stderr } = await hindcast([...words, "--before", "0", "--after", after], {
        cwd,
        input: ndjson(match(40, { 10: disputed })),
      });
      assert.equal(code, 0, stderr);
      const name = after === "0" ? "match-10.mcap" : "match-10-2.mcap";
      const { frames, events } = await contentOf(join(cwd, name));
      const numbers = frames.map((text) => Number(text.split(" ")[0]));
      assert.deepEqual(numbers, Array.from({ length: last - 9 }, (_, i) => 10 + i));
      assert.deepEqual(events, ["disputed@10"]);
    }
  }));
