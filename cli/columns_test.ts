import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { textWidth } from "../lib/report.ts";
import { hindcast, inFolder, ndjson } from "./run_cli_test_helper.ts";

const LONG = "速度".repeat(20);
const KINDS = ["player", `kind of a very long name ${LONG}`, "third"];

/** Rows of a world with names and values that are hard to fit. */
function rows(step: number): object[] {
  return Array.from({ length: 40 }, (_, f) =>
    Array.from({ length: 12 }, (_, id) => ({
      ...{ f, t: f * 50, id: `${id} 🚀 ${id % 2 === 0 ? LONG : "b"}`, kind: KINDS[id % 3] },
      ...{ x: f * 10 + id * step, y: Math.sin(f + id) * 1e9, z: 0 },
      ...{ [`field ${LONG} ${"f".repeat(40)}`]: (f * id) % 7, text: `${LONG} ${f % 5} ${LONG}` },
      ...{ dead: 0, ping: 30 + (f % 3) },
    }))).flat();
}

const EVENTS = Array.from({ length: 30 }, (_, i) => ({
  ...{ f: 5 + i, ev: "shot", shooter: "1 🚀 b", sx: 0, sy: -5, sz: 0, ex: 300, ey: 5, ez: 0 },
  ...{ hit: i % 2 === 0 ? -1 : `2 🚀 ${LONG}`, ping: 30 + (i % 3) },
}));
const MAP = "shooter=shooter,from=sx,sy,sz,to=ex,ey,ez,verdict=hit,ping=ping";
const RUNS = [
  ...["--ack", "strict", "--ack", "append", "--history", "64", "--history", "128"],
  ...["--net", "delay=50,jitter=10,loss=2%,burst=8", "--net", "4g", "--consumers", "3"],
];
const REWIND = [
  ...["--shots", "shot", "--shot-map", MAP, "--shape", "player=sphere:5e8", "--alive", "dead=0"],
  ...["--shape", `${KINDS[2]}=sphere:50`],
];

/** Commands, and lines that may be longer: what is to be copied. */
const COMMANDS: readonly (readonly [words: readonly string[], long?: RegExp])[] = [
  [["info", "a.mcap"]],
  [["at", "a.mcap", "--frame", "7"]],
  [["verify", "a.mcap"]],
  [["diff", "a.mcap", "b.mcap"]],
  [["report", "a.mcap"]],
  [["report", "a.mcap", ...RUNS]],
  [["report", "a.mcap", "--net", "4g", "--frame", "12"]],
  [["report", "a.mcap", ...RUNS, "--compare", "old.json"]],
  [["report", "--list-nets"]],
  [["rewind", "a.mcap", ...REWIND, "--sweep", "0..50", "--by", "shooter"]],
  [["rewind", "a.mcap", ...REWIND, "--explain", "3"]],
  [["record", "bad.ndjson", "--check"], /^ {2}hindcast /],
];

test(
  "No line that a command prints to a pipe is wider than 80 cells",
  { timeout: 120_000 },
  () =>
    inFolder(async (cwd) => {
      for (const [name, step] of [["a", 1], ["b", 2]] as const) {
        writeFileSync(join(cwd, `${name}.ndjson`), ndjson(rows(step)));
        writeFileSync(join(cwd, "shots.ndjson"), ndjson(EVENTS));
        const words = [`${name}.ndjson`, "--events", "shots.ndjson", "-o", `${name}.mcap`];
        const { code, stderr } = await hindcast(["record", ...words], { cwd });
        assert.equal(code, 0, stderr);
      }
      writeFileSync(join(cwd, "bad.ndjson"), ndjson([...rows(1), { f: 41, t: "x", id: {} }]));
      const old = await hindcast(["report", "b.mcap", ...RUNS, "--json"], { cwd });
      writeFileSync(join(cwd, "old.json"), old.stdout);
      for (const [words, long] of COMMANDS) {
        const { code, stdout, stderr } = await hindcast(words, { cwd });
        assert.ok([0, 1, 3].includes(code!) && stdout.length > 30, words.join(" ") + stderr);
        for (const line of stdout.split("\n")) {
          if (long?.test(line)) continue;
          assert.ok(textWidth(line) <= 80, `${words.join(" ")}: ${line}`);
        }
      }
    }),
);
