import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder, ndjson } from "../run_cli_test_helper.ts";

const FRAMES = [0, 1].map((tick) => ({
  tick,
  now: tick * 50,
  phase: "play",
  players: { a: { x: tick } },
  tiles: Array.from({ length: 400 }, (_, i) => i),
}));

test("record --leave-out records what has too many fields otherwise, of a file and of a pipe", () =>
  inFolder(async (cwd) => {
    writeFileSync(join(cwd, "in.ndjson"), ndjson(FRAMES));
    const keys = ["--frame-key", "tick", "--time-key", "now", "-o", "o.mcap", "--force"];
    const refused = await hindcast(["record", "in.ndjson", ...keys], { cwd });
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /leave out what is not needed with --leave-out tiles, or name/);
    for (const input of ["in.ndjson", "-"]) {
      const options = { cwd, ...input === "-" ? { input: ndjson(FRAMES) } : {} };
      const words = ["record", input, ...keys, "--leave-out", "tiles"];
      const { code, stderr } = await hindcast(words, options);
      assert.equal(code, 0, stderr);
      assert.equal(stderr.match(/^note: left out: "tiles" 2 times$/gm)?.length, 1, stderr);
      const { stdout } = await hindcast(["cat", "o.mcap"], { cwd });
      assert.deepEqual(stdout.trimEnd().split("\n").map((line) => JSON.parse(line)), [
        { f: 0, t: 0, id: "a", kind: "players", x: 0 },
        { f: 0, t: 0, id: "frame", kind: "frame", phase: "play" },
        { f: 1, t: 50, id: "a", kind: "players", x: 1 },
        { f: 1, t: 50, id: "frame", kind: "frame", phase: "play" },
      ]);
    }
  }));

test("record --leave-out refuses a key that is needed, before anything is read", () =>
  inFolder(async (cwd) => {
    const words = ["record", "none.ndjson", "--frame-key", "head.tick", "-o", "o.mcap"];
    for (const path of ["head", "id", "x,t"]) {
      const { code, stderr } = await hindcast([...words, "--leave-out", path], { cwd });
      assert.equal(code, 2);
      assert.match(
        stderr,
        /^hindcast: --leave-out \w+ leaves out the key [\w.]+, which is needed\n$/,
      );
    }
  }));
