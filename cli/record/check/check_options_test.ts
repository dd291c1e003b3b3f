import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Command } from "@commander-js/extra-typings";
import { hindcast, inFolder, ndjson } from "../../run_cli_test_helper.ts";
import { recordCommand } from "../../record.ts";

const ROWS = [0, 1, 2, 3].map((f) => ({ f, t: f * 10, id: 1, x: f, y: 2 }));
const EVENTS = [{ f: 1, ev2: "shot" }];

/** Options that a command keeps, as it prints them where that is another way. */
const KEPT: readonly (readonly [given: readonly string[], printed?: readonly string[]])[] = [
  [["--rotate", "1h30m,1.5GB"], ["--rotate", "90m,1500MB"]],
  [["--rotate", "1h", "--rotate", "20KiB"], ["--rotate", "1h,20KiB"]],
  [["--max-size", "2GB", "--preview"]],
  [["--keep", "10m", "--keep-size", "12345B", "--before", "1m", "--after", "1500ms"]],
  [["--keep", "90s", "--dump-on", "ev=shot,by.team=red", "--dump-on", "hits=2", "--after", "0"], [
    ...["--keep", "90s", "--dump-on", "ev=shot,by.team=red", "--dump-on", "hits=2"],
    ...["--after", "0ms"],
  ]],
  [["--flush-ms", "20", "--fsync"]],
  [["--max-line", "100", "--max-producers", "3", "--max-rate", "50"]],
  [["--events", "ev.ndjson", "--event-window", "70", "--event-key", "ev2"]],
  [["--schema", "schema.json"]],
  [[
    "--frame-key",
    "frame",
    "--time-key",
    "at",
    "--id-key",
    "key",
    "--kind-key",
    "sort",
    "--time-unit",
    "us",
  ]],
  [["--on-restart", "split", "--frame-bits", "16", "--frame-offset", "5"]],
  [["--sparse", "--every", "1", "--despawn-key", "gone"]],
  [["--rate", "20", "--skip-bad", "--ids-by-kind", "--generation-key", "y"]],
  [["--leave-out", "y", "--exclude", "entity.z*,w", "--format", "rows"]],
  [["--entities", "list", "--decimal", "point"]],
  [["--force"]],
];
/** Those that name the output, ask for the check, or are refused with it. */
const OTHERS = ["--output", "--check", "--json", "--listen", "--token", "--per-producer"];

test("record --check prints a command with all options that it was given", () =>
  inFolder(async (cwd) => {
    writeFileSync(join(cwd, "in"), ndjson(ROWS));
    writeFileSync(join(cwd, "ev.ndjson"), ndjson(EVENTS));
    const fields = [{ name: "x", type: "u8" }, { name: "y", type: "u8" }];
    writeFileSync(
      join(cwd, "schema.json"),
      JSON.stringify({ kinds: [{ name: "entity", fields }] }),
    );
    // Keys that are not the usual ones.
    const other = ROWS.map(({ f, t, id, x }) => ({
      frame: f,
      at: t * 1000,
      key: id,
      sort: "a",
      x,
    }));
    writeFileSync(join(cwd, "other"), ndjson(other));
    const lists = ROWS.map(({ f, t, id, x }) => ({ f, t, list: [{ id, x: `${x},5` }] }));
    writeFileSync(join(cwd, "lists"), ndjson(lists));
    for (const [given, printed = given] of KEPT) {
      const input = given.includes("--frame-key")
        ? "other"
        : given.includes("--entities")
        ? "lists"
        : "in";
      const words = ["record", input, "--check", "--json", "-o", "out.mcap", ...given];
      const { stdout, stderr } = await hindcast(words, { cwd });
      assert.notEqual(stdout, "", `${given.join(" ")}: ${stderr}`);
      const { command } = JSON.parse(stdout) as { command: string };
      const told = command.replaceAll("'", "").split(" ");
      for (const word of printed) {
        assert.ok(told.includes(word), `${word} of ${given.join(" ")}: ${command}`);
      }
      const flagsOf = (words: readonly string[]) => words.filter((word) => word.startsWith("--"));
      assert.equal(flagsOf(printed).length, flagsOf(told).length, command);
    }
  }));

test("record has no option that a command of --check is not tried with", () => {
  const tried = KEPT.flatMap(([given]) => given).concat(OTHERS);
  for (const { long } of recordCommand(new Command()).options) {
    assert.ok(tried.includes(long!), long);
  }
});

test("record --check refuses options that a recording refuses", () =>
  inFolder(async (cwd) => {
    writeFileSync(join(cwd, "in"), ndjson(ROWS));
    for (const given of [["--before", "1s"], ["--keep", "1m", "--rotate", "1h"]]) {
      const { code } = await hindcast(["record", "in", "--check", ...given], { cwd });
      assert.equal(code, 2, given.join(" "));
    }
    const { code } = await hindcast(["record", "in", "--check", "-o", "-", "--rotate", "1h"], {
      cwd,
    });
    assert.equal(code, 2);
  }));
